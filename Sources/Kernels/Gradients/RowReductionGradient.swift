import CKernels

/// The backward passes of reductions of one block of rows, on the calling thread.
///
/// Determinism class: the same bits on every instruction set.
package enum RowReductionGradient {
    /// Turns the gradient of softmax weights into that of the scores under the softmax, times `scale`.
    ///
    /// Shapes: both [T, K].
    package static func softmax(_ gradient: MatrixView, weights: MatrixView, scale: Float) {
        precondition(gradient.rowCount == weights.rowCount && gradient.columnCount == weights.columnCount)
        KernelProfile.measure(.softmax) {
            ck_gradients().pointee.softmax_backward(
                weights.base, Int64(weights.rowStride), gradient.base, Int64(gradient.rowStride), scale,
                Int64(weights.rowCount), Int64(weights.columnCount))
        }
    }

    /// `logits[r][c] = factors[r] · exp(logits[r][c] - logSums[r])`: probabilities, each row times its factor.
    package static func scaledProbabilities(
        _ logits: MatrixView, logSums: UnsafePointer<Float>, factors: UnsafePointer<Float>
    ) {
        KernelProfile.measure(.logitReduction) {
            ck_gradients().pointee.scaled_probabilities(
                logits.base, Int64(logits.rowStride), logSums, factors, Int64(logits.rowCount),
                Int64(logits.columnCount))
        }
    }
}
