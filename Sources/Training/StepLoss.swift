package import LanguageModels
package import Optimizers
import RandomStreams
package import Tasks

/// The batch of each step and the loss on it, for tasks, for bare shapes and for one batch again and again.
package struct StepLoss {
    private enum Source {
        case task(TrialData, BatchOrder)
        case shape(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64)
        case fixed([EncodedExample], Objective)
    }

    private let source: Source

    /// Batches of a task's training examples, shuffled by the noise seed.
    package init(data: TrialData, batchSize: Int, noiseSeed: UInt64) {
        source = .task(
            data, BatchOrder(exampleCount: data.train.count, batchSize: batchSize, noiseSeed: noiseSeed))
    }

    /// Batches of uniformly random token ids, new in each step.
    package init(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64) {
        source = .shape(
            batchSize: batchSize, tokens: tokens, vocabularySize: vocabularySize, noiseSeed: noiseSeed)
    }

    /// The same batch in every step; at least one example.
    package init(batch: [EncodedExample], objective: Objective) {
        source = .fixed(batch, objective)
    }

    /// The losses of step `step` on a model.
    ///
    /// The batch is drawn once, however often the step asks.
    package func losses(step: Int, model: any CausalLanguageModel) -> StepLosses {
        let (rows, loss) = batch(step: step)
        return StepLosses(
            present: { loss(try model.scoredLogProbabilities(rows, layout: .reference)) },
            probed: { probe, pending in
                let scores = try model.probedLogProbabilities(rows, probe: probe, after: pending)
                return ProbedLosses(
                    plus: loss(scores.plus), minus: loss(scores.minus),
                    perturbNanoseconds: scores.perturbNanoseconds,
                    updateNanoseconds: scores.updateNanoseconds)
            })
    }

    /// The rows of a step's batch, and the loss from the log-probabilities of their scored tokens.
    private func batch(step: Int) -> (rows: [ScoredSequence], loss: ([[Float]]) -> Float) {
        switch source {
        case .task(let data, let order):
            return Self.batch(order.indices(ofStep: step).map { data.train[$0] }, data.objective)
        case .fixed(let examples, let objective):
            return Self.batch(examples, objective)
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
            return (rows, { Float(-$0.reduce(0.0) { $0 + mean($1) } / Double(batchSize)) })
        }
    }

    private static func batch(
        _ examples: [EncodedExample], _ objective: Objective
    ) -> (rows: [ScoredSequence], loss: ([[Float]]) -> Float) {
        (objective.rows(of: examples), { objective.loss(of: examples, rowLogProbabilities: $0) })
    }
}
