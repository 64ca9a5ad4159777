import Tasks
import Training

/// What timed steps compute their loss on.
package enum StepWork: Sendable, Hashable {
    /// Random token ids: `batchSize` rows of `tokens` tokens, the last one scored.
    case shape(batchSize: Int, tokens: Int)
    /// One batch of examples with their options and their real lengths.
    case batch(OptionBatch)

    /// How reports name it, such as `16 x 64`.
    package var label: String {
        switch self {
        case .shape(let batchSize, let tokens): "\(batchSize) x \(tokens)"
        case .batch(let batch): batch.name
        }
    }

    /// The losses of steps on a model of these sizes.
    func stepLoss(vocabularySize: Int, noiseSeed: UInt64) -> StepLoss {
        switch self {
        case .shape(let batchSize, let tokens):
            StepLoss(
                batchSize: batchSize, tokens: tokens, vocabularySize: vocabularySize, noiseSeed: noiseSeed)
        case .batch(let batch):
            StepLoss(batch: batch.examples, objective: batch.objective)
        }
    }
}
