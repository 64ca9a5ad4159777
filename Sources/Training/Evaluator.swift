import LanguageModels
import Tasks
import Tokenization

/// Scores a model on drawn examples: every option's mean log-probability, or the text it generates.
///
/// Batches are formed from lengths alone, so an evaluation depends on neither time nor threads. They are packed on
/// every execution plan: plans are about steps.
struct Evaluator {
    /// Token rows that one scoring batch may hold if it has several examples; bounds the memory of activations.
    private static let rowsInBatch = 2048
    /// Prompts that generate together.
    private static let promptsInBatch = 16
    /// Tokens that a generation may add, as in the published code.
    private static let maximumNewTokens = 50

    let data: TrialData
    let model: any CausalLanguageModel
    /// Asked before each batch; an evaluation that is given up is done anew when the trial goes on.
    let stopIsRequested: () -> Bool

    /// Evaluates the parameters as they stand after `step` steps.
    func evaluate(step: Int, split: EvaluationSplit) throws -> EvaluationRecord {
        let clock = ContinuousClock()
        let start = clock.now
        let examples = split == .dev ? data.dev : data.test
        let optionScores = try logProbabilitiesOfOptions(examples)
        let losses = zip(examples, optionScores).map { example, options in
            data.objective.exampleLoss(goldIndex: example.goldIndex, optionLogProbabilities: options)
        }
        let predictions =
            data.task.kind == .generation
            ? try generatedPredictions(examples)
            : zip(examples, optionScores).map(choice)
        let count = Double(examples.count)
        return EvaluationRecord(
            step: step, split: split, loss: losses.reduce(0, +) / count, metric: data.task.metricName,
            value: predictions.reduce(0) { $0 + $1.score } / count,
            nanoseconds: (clock.now - start).wholeNanoseconds, predictions: predictions)
    }

    /// For each example the option-token log-probabilities of all its options.
    private func logProbabilitiesOfOptions(_ examples: [EncodedExample]) throws -> [[[Float]]] {
        // An example's options stay together, since they share their prompt.
        let options = examples.map { $0.options.map(ScoredSequence.init(option:)) }
        var results: [[[Float]]] = []
        for batch in Self.batches(rowCounts: options.map(BatchLayout.packed.rowCount)) {
            if stopIsRequested() { throw StopRequested() }
            let sequences = options[batch].flatMap { $0 }
            var values = try model.scoredLogProbabilities(sequences, layout: .packed)[...]
            for example in options[batch] {
                results.append(Array(values.prefix(example.count)))
                values = values.dropFirst(example.count)
            }
        }
        return results
    }

    /// Runs of examples with at most `rowsInBatch` token rows, or of one example.
    private static func batches(rowCounts: [Int]) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var rows = 0
        for (example, rowCount) in rowCounts.enumerated() {
            rows += rowCount
            if let last = batches.last, rows <= rowsInBatch {
                batches[batches.count - 1] = last.lowerBound..<example + 1
            } else {
                batches.append(example..<example + 1)
                rows = rowCount
            }
        }
        return batches
    }

    /// The option with the highest mean log-probability; the first one on a tie, as NumPy's argmax has it.
    private func choice(of example: EncodedExample, options: [[Float]]) -> Prediction {
        let scores = options.map { Float(mean($0)) }
        let chosen = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
        return Prediction(
            exampleID: example.id, chosenOption: chosen, goldOption: example.goldIndex, optionScores: scores,
            text: nil, score: chosen == example.goldIndex ? 1 : 0)
    }

    private func generatedPredictions(_ examples: [EncodedExample]) throws -> [Prediction] {
        let stopTokens = Self.stopTokens(of: data)
        let ascending = examples.indices.sorted {
            (examples[$0].promptTokens.count, $0) < (examples[$1].promptTokens.count, $1)
        }
        var texts = [String](repeating: "", count: examples.count)
        for start in stride(from: 0, to: ascending.count, by: Self.promptsInBatch) {
            if stopIsRequested() { throw StopRequested() }
            let batch = ascending[start..<min(start + Self.promptsInBatch, ascending.count)]
            let continuations = try model.generate(
                prompts: batch.map { examples[$0].promptTokens }, maximumNewTokens: Self.maximumNewTokens,
                stopTokens: stopTokens)
            for (index, tokens) in zip(batch, continuations) {
                let text = data.tokenizer.decode(tokens, skippingSpecialTokens: true)
                texts[index] = text.trimmingWhiteSpace()
            }
        }
        return zip(examples, texts).map { example, text in
            Prediction(
                exampleID: example.id, chosenOption: nil, goldOption: nil, optionScores: [], text: text,
                score: AnswerScore.f1(prediction: text, goldAnswers: example.goldAnswers))
        }
    }

    /// The last token of an encoded newline and the end of text, where the published code stops.
    private static func stopTokens(of data: TrialData) -> Set<Int32> {
        var tokens: Set<Int32> = []
        if let newline = data.tokenizer.encode("\n").last { tokens.insert(newline) }
        if let end = data.tokenizer.definition.endOfTextToken { tokens.insert(end) }
        return tokens
    }
}

/// Somebody asked to stop in the middle of work that need not be finished.
struct StopRequested: Error {}

extension String {
    /// The text without leading and trailing white space.
    fileprivate func trimmingWhiteSpace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Duration {
    /// The duration in nanoseconds, the rest cut off.
    var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
