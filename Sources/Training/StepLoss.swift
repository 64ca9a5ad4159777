import LanguageModels
import RandomStreams
import Tasks

/// The batch of each step and the loss on it, for tasks and for bare shapes.
struct StepLoss {
    private enum Source {
        case task(TrialData, BatchOrder)
        case shape(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64)
    }

    private let source: Source

    /// Batches of a task's training examples, shuffled by the noise seed.
    init(data: TrialData, batchSize: Int, noiseSeed: UInt64) {
        source = .task(
            data, BatchOrder(exampleCount: data.train.count, batchSize: batchSize, noiseSeed: noiseSeed))
    }

    /// Batches of uniformly random token ids, new in each step.
    init(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64) {
        source = .shape(
            batchSize: batchSize, tokens: tokens, vocabularySize: vocabularySize, noiseSeed: noiseSeed)
    }

    /// A function that computes the loss of step `step` with the model's present parameters.
    ///
    /// The batch is laid out once; a step calls the function twice.
    func closure(step: Int, model: any CausalLanguageModel) -> () throws -> Float {
        switch source {
        case .task(let data, let order):
            let batch = order.indices(ofStep: step).map { data.train[$0] }
            let rows = data.objective.rows(of: batch)
            return {
                let logProbabilities = try model.scoredLogProbabilities(rows, layout: .reference)
                return data.objective.loss(of: batch, rowLogProbabilities: logProbabilities)
            }
        case .shape(let batchSize, let tokens, let vocabularySize, let noiseSeed):
            var integers = UniformIntegers(
                seed: SeedDerivation.seed(
                    .syntheticTokens, index: UInt64(bitPattern: Int64(step)), parent: noiseSeed),
                purpose: .syntheticTokens)
            let rows = (0..<batchSize).map { _ in
                ScoredSequence(
                    tokens: (0..<tokens).map { _ in Int32(integers.next(below: vocabularySize)) },
                    scoredCount: 1)
            }
            return {
                let logProbabilities = try model.scoredLogProbabilities(rows, layout: .reference)
                let total = logProbabilities.reduce(0.0) { $0 + mean($1) }
                return Float(-total / Double(batchSize))
            }
        }
    }
}
