import LanguageModels
import Tasks

/// Linear probing.
extension TrialExecution {
    /// Fits a probe to the training examples, writes it to the head, and evaluates.
    ///
    /// Each token of a right option is a row: what the head reads before it, and the token as its class. The rows of the
    /// head that belong to these tokens are then replaced, as in the published code; where head and embeddings are one,
    /// the embeddings of these tokens change with them.
    func probe(bench: Workbench, data: TrialData, evaluator: Evaluator) throws -> TrialEvent {
        let model = bench.model
        guard data.task.kind == .classification else {
            throw TrainingError.nothingToProbe(task: data.task.name)
        }
        guard model.parameters.format == .float32 else {
            throw LanguageModelError.gradientNeedsFloat32(storage: model.parameters.format)
        }
        let rows = data.train.map { ScoredSequence(option: $0.options[$0.goldIndex]) }
        let tokens = rows.flatMap { $0.tokens.suffix($0.scoredCount) }
        let classes = Set(tokens).sorted()
        let counts = classes.map { token in tokens.count { $0 == token } }
        guard classes.count > 1, (counts.max() ?? 0) >= LinearProbe.foldCount else {
            throw TrainingError.tooFewToProbe(
                task: data.task.name, examples: data.train.count, needed: LinearProbe.foldCount)
        }
        let probe = LinearProbe(
            features: try features(rows, model: model),
            labels: tokens.map { token in classes.firstIndex(of: token) ?? 0 }, classCount: classes.count,
            team: team)
        let head = model.parameters.elements(of: model.headWeight)
        for (token, row) in zip(classes, probe.headRows) {
            for (index, value) in row.enumerated() { head[Int(token) * row.count + index] = value }
        }
        for split in [EvaluationSplit.dev, .test] where split == .test || !data.dev.isEmpty {
            try evaluate(evaluator, step: 0, split: split)
        }
        return .finished(summary(steps: 0, bestStep: 0, bench: bench))
    }

    private func features(_ rows: [ScoredSequence], model: any CausalLanguageModel) throws -> FeatureRows {
        let features = try FeatureRows(
            count: rows.reduce(0) { $0 + $1.scoredCount }, width: model.headWeight.shape[1])
        var filledCount = 0
        var rest = rows.map { [$0] }[...]
        while !rest.isEmpty {
            if stopIsRequested() { throw StopRequested() }
            let batch = Evaluator.batch(from: rest)
            rest = rest.dropFirst(batch.count)
            let inputs = try model.headInputs(batch.flatMap { $0 })
            features.fill(with: inputs, from: filledCount)
            filledCount += inputs.count
        }
        return features
    }
}
