import LanguageModels
import Optimizers
import Tasks

/// The loop of a trial: steps, evaluations on the way, and the test of the best of them.
extension TrialExecution {
    mutating func train(
        bench: Workbench, data: TrialData, progress: TrialProgress
    ) throws -> TrialEvent {
        let evaluator = Evaluator(data: data, model: bench.model, stopIsRequested: stopIsRequested)
        if cell.method.takesSteps, data.train.isEmpty || data.dev.isEmpty {
            throw TrainingError.nothingAskedFor(
                task: data.task.name, split: data.train.isEmpty ? "training" : "dev")
        }
        switch cell.method {
        case .zeroShot, .inContext:
            for split in [EvaluationSplit.dev, .test] where split == .test || !data.dev.isEmpty {
                try evaluate(evaluator, step: 0, split: split)
            }
            return .finished(summary(steps: 0, bestStep: 0, bench: bench))
        case .linearProbe: return try probe(bench: bench, data: data, evaluator: evaluator)
        case .zerothOrder(let settings):
            return try optimize(settings, bench: bench, data: data, evaluator: evaluator, progress: progress)
        case .firstOrder(let settings):
            return try fineTune(settings, bench: bench, data: data, evaluator: evaluator)
        }
    }

    private mutating func optimize(
        _ settings: ZerothOrderSettings, bench: Workbench, data: TrialData, evaluator: Evaluator,
        progress: TrialProgress
    ) throws -> TrialEvent {
        let optimizer = try makeOptimizer(settings, bench: bench)
        let losses = try stepLoss(data: data, model: bench.model)
        var records = progress.steps
        var devEvaluations = progress.devEvaluations
        stepsDone = records.count
        try replay(records, with: optimizer)

        // A child may have been stopped between a step and the evaluation due after it.
        for step in records.count...max(records.count, cell.schedule.steps) {
            if step > records.count {
                if stopIsRequested() { return .interrupted(step: records.count) }
                let record = try optimizer.step(
                    number: step, losses: losses.losses(step: step, model: bench.model))
                records.append(record)
                stepsDone = step
                try send(.step(record))
            }
            if isEvaluated(after: step), !devEvaluations.contains(where: { $0.step == step }) {
                optimizer.flush()
                let evaluation = try evaluate(evaluator, step: step, split: .dev)
                devEvaluations.append(
                    .init(step: step, loss: evaluation.loss, value: evaluation.value))
            }
        }
        return try test(
            bench: bench, evaluator: evaluator, optimizer: optimizer, records: records,
            devEvaluations: devEvaluations)
    }

    /// Measures drift, goes back to the checkpoint that is best on dev and tests that one.
    private func test(
        bench: Workbench, evaluator: Evaluator, optimizer: ZerothOrderOptimizer, records: [StepRecord],
        devEvaluations: [TrialProgress.KnownEvaluation]
    ) throws -> TrialEvent {
        optimizer.flush()
        if let last = records.last { try send(.drift(optimizer.restoreDrift(seed: last.seed))) }
        if optimizer.arena.format != .float32 { try send(.updateLoss(optimizer.updateLoss)) }
        let bestStep = bestEvaluation(of: devEvaluations)?.step ?? records.count
        var end = summary(steps: records.count, bestStep: bestStep, bench: bench)
        if bestStep < records.count {
            try bench.reset(team: team)
            try replay(Array(records.prefix(bestStep)), with: optimizer)
        }
        try evaluate(evaluator, step: bestStep, split: .test)
        end.measureMemory()
        return .finished(end)
    }

    /// The evaluation whose parameters are tested: the earliest of equals, as a comparison with "<" in the published
    /// trainer keeps it.
    func bestEvaluation(
        of evaluations: [TrialProgress.KnownEvaluation]
    ) -> TrialProgress.KnownEvaluation? {
        cell.schedule.checkpointRule.indexOfBest(of: evaluations) { ($0.step, $0.loss, $0.value) }
            .map { evaluations[$0] }
    }

    /// Evaluates, reports and returns what was found; a loss that is not finite ends the trial.
    @discardableResult
    func evaluate(
        _ evaluator: Evaluator, step: Int, split: EvaluationSplit
    ) throws -> EvaluationRecord {
        let evaluation = try evaluator.evaluate(step: step, split: split)
        guard evaluation.loss.isFinite else {
            throw NonFiniteEvaluation(step: step, split: split, loss: evaluation.loss)
        }
        try send(.evaluation(evaluation))
        return evaluation
    }

    func isEvaluated(after step: Int) -> Bool {
        step > 0 && (step % cell.schedule.evaluateEvery == 0 || step == cell.schedule.steps)
    }

    private func replay(_ records: [StepRecord], with optimizer: ZerothOrderOptimizer) throws {
        try optimizer.replay(records[...], stopIsRequested: stopIsRequested)
    }
}
