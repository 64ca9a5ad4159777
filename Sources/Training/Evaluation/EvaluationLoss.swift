package import Tasks

extension Objective {
    /// Examples of one of the published code's evaluation batches: `per_device_eval_batch_size` of Hugging Face's
    /// `TrainingArguments`, which the published scripts leave at its default.
    private static let publishedEvaluationBatch = 8

    /// The loss of evaluated examples, by which checkpoints are chosen, as the published trainer computes it.
    ///
    /// Where the options are compared it is the mean of the examples' losses. Of gold tokens it is the mean over all
    /// option tokens of a batch of eight examples, taken in their order, of which the last may have fewer; these means
    /// count once for each example of their batch. So within a batch an example weighs as much as it has option tokens.
    /// Source: `forward_wrap_with_option_len` in `utils.py` of MeZO's large-model code, whose labels are -100 for all but
    /// option tokens, and `evaluation_loop` in `trainer.py` of transformers 4.28.
    ///
    /// - Parameters:
    ///   - examples: At least one, in the order drawn.
    ///   - optionLogProbabilities: For each example the log-probabilities of all its options' tokens.
    package func evaluationLoss(
        of examples: [EncodedExample], optionLogProbabilities: [[[Float]]]
    ) -> Double {
        var total = 0.0
        for start in stride(from: 0, to: examples.count, by: Self.publishedEvaluationBatch) {
            let batch = start..<min(start + Self.publishedEvaluationBatch, examples.count)
            switch self {
            case .goldTokenCrossEntropy:
                let gold = batch.map { optionLogProbabilities[$0][examples[$0].goldIndex] }
                let tokens = gold.reduce(0) { $0 + $1.count }
                let mean = -gold.reduce(0.0) { $0 + sum($1) } / Double(tokens)
                total += mean * Double(batch.count)
            case .optionCrossEntropy, .negativeAccuracy:
                for index in batch {
                    total += exampleLoss(
                        of: examples[index], optionLogProbabilities: optionLogProbabilities[index])
                }
            }
        }
        return total / Double(examples.count)
    }
}
