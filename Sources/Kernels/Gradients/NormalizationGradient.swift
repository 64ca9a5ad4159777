import CKernels

/// The backward passes of LayerNorm and RMSNorm.
///
/// Means and deviations are computed anew from the input. Determinism class: the same bits on every instruction set and
/// for any number of threads.
package enum NormalizationGradient {
    /// Adds the gradient of LayerNorm's input to `result`; `gradient`, that of its output, is used up.
    ///
    /// On return `gradient` holds, row by row, the gradient of the weight: gradient times normalized input.
    /// Shapes: all [T, C], weight [C].
    package static func layerNorm(
        _ gradient: MatrixView, input: MatrixView, weight: UnsafePointer<Float>, epsilon: Float,
        addingTo result: MatrixView, team: ThreadTeam
    ) {
        team.forEachRowChunk(.normalization, rowCount: input.rowCount, columnCount: input.columnCount) {
            rows in
            ck_gradients().pointee.layer_norm_backward(
                input.row(rows.lowerBound), Int64(input.rowStride), weight, epsilon,
                gradient.row(rows.lowerBound), Int64(gradient.rowStride), result.row(rows.lowerBound),
                Int64(result.rowStride), Int64(rows.count), Int64(input.columnCount))
        }
    }

    /// The same for RMSNorm.
    package static func rootMeanSquareNorm(
        _ gradient: MatrixView, input: MatrixView, weight: UnsafePointer<Float>, epsilon: Float,
        addingTo result: MatrixView, team: ThreadTeam
    ) {
        team.forEachRowChunk(.normalization, rowCount: input.rowCount, columnCount: input.columnCount) {
            rows in
            ck_gradients().pointee.rms_norm_backward(
                input.row(rows.lowerBound), Int64(input.rowStride), weight, epsilon,
                gradient.row(rows.lowerBound), Int64(gradient.rowStride), result.row(rows.lowerBound),
                Int64(result.rowStride), Int64(rows.count), Int64(input.columnCount))
        }
    }
}
