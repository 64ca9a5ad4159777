import LanguageModels
import Tasks

/// Scores a model on drawn examples: every option's log-probabilities, or the text it generates.
///
/// Batches are formed from lengths and tokens alone, so an evaluation depends on neither time nor threads. They are
/// packed on every execution plan: plans are about steps.
struct Evaluator {
    /// Token rows that one scoring batch may hold if it has several examples; bounds the memory of activations.
    private static let rowsInBatch = 2048

    let data: TrialData
    let model: any CausalLanguageModel
    /// Asked before each batch; an evaluation that is given up is done anew when the trial goes on.
    let stopIsRequested: () -> Bool

    /// Evaluates the parameters as they stand after `step` steps.
    func evaluate(step: Int, split: EvaluationSplit) throws -> EvaluationRecord {
        let clock = ContinuousClock()
        let start = clock.now
        let examples = split == .dev ? data.dev : data.test
        let optionScores = try logProbabilities(ofOptions: examples.map(\.options))
        let predictions =
            data.task.kind == .generation
            ? try generatedPredictions(examples) : try chosenPredictions(examples, optionScores)
        let count = Double(examples.count)
        let exactMatches = predictions.compactMap(\.exactMatch)
        return EvaluationRecord(
            step: step, split: split,
            loss: data.objective.evaluationLoss(of: examples, optionLogProbabilities: optionScores),
            metric: data.task.metricName, value: predictions.reduce(0) { $0 + $1.score } / count,
            exactMatch: exactMatches.isEmpty ? nil : exactMatches.reduce(0, +) / count,
            nanoseconds: (clock.now - start).wholeNanoseconds, predictions: predictions)
    }

    // MARK: Options

    /// For each example the option-token log-probabilities of all its options.
    private func logProbabilities(ofOptions options: [[EncodedOption]]) throws -> [[[Float]]] {
        // An example's options stay together, since they share their prompt.
        let sequences = options.map { $0.map(ScoredSequence.init(option:)) }
        var results: [[[Float]]] = []
        var rest = sequences[...]
        while !rest.isEmpty {
            if stopIsRequested() { throw StopRequested() }
            let batch = Self.batch(from: rest)
            rest = rest.dropFirst(batch.count)
            var values = try model.scoredLogProbabilities(batch.flatMap { $0 }, layout: .packed)[...]
            for example in batch {
                results.append(Array(values.prefix(example.count)))
                values = values.dropFirst(example.count)
            }
        }
        return results
    }

    /// The next example and as many after it as fit into `rowsInBatch` token rows, shared prompts counted once.
    static func batch(from examples: ArraySlice<[ScoredSequence]>) -> ArraySlice<[ScoredSequence]> {
        var together: [ScoredSequence] = []
        for (count, example) in examples.enumerated() {
            together += example
            if count > 0, BatchLayout.packed.rowCount(of: together) > rowsInBatch {
                return examples.prefix(count)
            }
        }
        return examples
    }

    private func chosenPredictions(
        _ examples: [EncodedExample], _ logProbabilities: [[[Float]]]
    ) throws -> [Prediction] {
        let isCalibrated = examples.contains { !$0.calibrationOptions.isEmpty }
        let withoutContext = isCalibrated ? try self.logProbabilities(withoutContext: examples) : []
        return examples.indices.map { index in
            let example = examples[index]
            let scores =
                isCalibrated
                ? OptionScores(
                    calibrating: logProbabilities[index], withoutContext: withoutContext[index])
                : OptionScores(means: logProbabilities[index])
            return Prediction(
                exampleID: example.id, chosenOption: scores.chosen, goldOption: example.goldIndex,
                goldOptions: example.goldIndices, optionScores: scores.values, text: nil,
                score: scores.isRight(for: example) ? 1 : 0)
        }
    }

    /// For each example the log-probabilities of its options' tokens without what they are about.
    ///
    /// Each text is scored once, however many examples have it; one without a scored token has none.
    private func logProbabilities(withoutContext examples: [EncodedExample]) throws -> [[[Float]]] {
        var places: [EncodedOption: Int] = [:]
        var distinct: [EncodedOption] = []
        for option in examples.flatMap(\.calibrationOptions) where option.optionTokenCount > 0 {
            guard places[option] == nil else { continue }
            places[option] = distinct.count
            distinct.append(option)
        }
        let values = try logProbabilities(ofOptions: distinct.map { [$0] })
        return examples.map { example in
            example.calibrationOptions.map { option in places[option].map { values[$0][0] } ?? [] }
        }
    }

    // MARK: Generation

    private func generatedPredictions(_ examples: [EncodedExample]) throws -> [Prediction] {
        let answers = try AnswerGeneration(data).answers(
            to: examples.map(\.promptTokens), by: model,
            willGenerate: { if stopIsRequested() { throw StopRequested() } })
        return zip(examples, answers).map { example, text in
            Prediction(
                exampleID: example.id, chosenOption: nil, goldOption: nil, optionScores: [], text: text,
                score: AnswerScore.f1(prediction: text, goldAnswers: example.goldAnswers),
                exactMatch: AnswerScore.exactMatch(prediction: text, goldAnswers: example.goldAnswers))
        }
    }
}

/// Somebody asked to stop in the middle of work that need not be finished.
struct StopRequested: Error {}

extension Duration {
    /// The duration in nanoseconds, the rest cut off.
    var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
