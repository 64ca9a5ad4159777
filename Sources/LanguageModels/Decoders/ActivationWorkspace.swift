import Kernels

/// The memory that a model computes in, kept between calls so that a step allocates nothing.
///
/// One buffer for each use, grown when a larger batch comes and shared by all layers: a model's memory is its
/// weights and the activations of one layer of one batch.
final class ActivationWorkspace {
    /// What a buffer holds.
    enum Slot: Int, CaseIterable {
        /// The residual stream, [T, C].
        case residual
        /// A layer's normalized input, then its attention's context, [T, C].
        case normalized
        /// Queries, keys and values of a layer, then the inside of its feed-forward block.
        case wide
        /// One block of attention weights for each thread.
        case attentionWeights
        /// The rows of the residual stream that the end of the last layer and the head read.
        case keptRows
        /// Normalized input of those rows.
        case keptInput
        /// Queries of those rows.
        case keptQueries
        /// Both sides of one tile of weights for each thread.
        case tiles
        /// One block of logits for each thread.
        case logits
        /// Each row's partial maxima, sums and targets over the blocks of the vocabulary.
        case partialSums
        /// Both sides of all adapters.
        case adapters
        /// The inside of a low-rank adapter, [T, r].
        case lowRank
        /// The gradient of the residual stream, [T, C]; this and the rest only in backward passes.
        case residualGradient
        /// The gradient of a block's input, [T, C].
        case inputGradient
        /// The gradient of what a norm gave, before it goes through the norm, [T, C].
        case normGradient
        /// The gradient of an attention's context, [T, C].
        case contextGradient
        /// The gradient of queries, keys and values of a layer, then of the inside of its feed-forward block.
        case wideGradient
        /// One block of gradients of attention weights for each thread.
        case attentionGradient
        /// What the head reads of the kept rows.
        case headInput
        /// The gradient of what the head reads.
        case headGradient
        /// The gradient of the kept rows.
        case keptGradient
        /// The gradient of the inside of a low-rank adapter.
        case lowRankGradient
        /// The gradient of some rows' logits.
        case logitGradient

        /// Scratch has the size of a block; everything else grows with the tokens of a batch.
        fileprivate var purpose: MemoryPurpose {
            switch self {
            case .attentionWeights, .attentionGradient, .tiles, .logits, .partialSums, .logitGradient:
                .workspace
            default: .activations
            }
        }
    }

    private var buffers = [AlignedBuffer<Float>?](repeating: nil, count: Slot.allCases.count)

    /// The bytes held now.
    var bytes: Int {
        buffers.reduce(0) { $0 + ($1?.count ?? 0) } * MemoryLayout<Float>.stride
    }

    /// A matrix in the slot's buffer, its rows without gaps; what the buffer held before is lost.
    func matrix(_ slot: Slot, rows: Int, columns: Int) throws(LanguageModelError) -> MatrixView {
        MatrixView(
            base: try floats(slot, count: rows * columns), rowCount: rows, columnCount: columns)
    }

    /// At least `count` floats in the slot's buffer, page-aligned.
    func floats(_ slot: Slot, count: Int) throws(LanguageModelError) -> UnsafeMutablePointer<Float> {
        if let buffer = buffers[slot.rawValue], buffer.count >= count { return buffer.base }
        // The old buffer goes first, so that the two never exist together.
        buffers[slot.rawValue] = nil
        do {
            let buffer = try AlignedBuffer<Float>(count: count, purpose: slot.purpose)
            buffers[slot.rawValue] = buffer
            return buffer.base
        } catch {
            throw .outOfMemory(error)
        }
    }
}
