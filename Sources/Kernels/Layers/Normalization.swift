import CKernels

/// LayerNorm and RMSNorm of rows.
///
/// Determinism class: the same bits on every instruction set and for any number of threads.
package enum Normalization {
    /// `output = (input - mean) / √(variance + epsilon) · weight + bias`, row by row.
    ///
    /// Shapes: input and output [T, C], weight and bias [C]; output may be the input itself.
    /// The variance is the biased one. Source: Ba et al. 2016, eq. 3.
    package static func layerNorm(
        _ input: MatrixView, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float,
        into output: MatrixView, team: ThreadTeam
    ) {
        team.forEachRowChunk(.normalization, rowCount: input.rowCount, columnCount: input.columnCount) {
            rows in
            ck_layers().pointee.layer_norm(
                input.row(rows.lowerBound), Int64(input.rowStride), weight, bias, epsilon,
                output.row(rows.lowerBound), Int64(output.rowStride), Int64(rows.count),
                Int64(input.columnCount))
        }
    }

    /// `output = input / √(mean of squares + epsilon) · weight`, row by row.
    ///
    /// Shapes: input and output [T, C], weight [C]; output may be the input itself.
    /// Source: Zhang and Sennrich 2019, eq. 4.
    package static func rootMeanSquareNorm(
        _ input: MatrixView, weight: UnsafePointer<Float>, epsilon: Float, into output: MatrixView,
        team: ThreadTeam
    ) {
        team.forEachRowChunk(.normalization, rowCount: input.rowCount, columnCount: input.columnCount) {
            rows in
            ck_layers().pointee.rms_norm(
                input.row(rows.lowerBound), Int64(input.rowStride), weight, epsilon,
                output.row(rows.lowerBound), Int64(output.rowStride), Int64(rows.count),
                Int64(input.columnCount))
        }
    }
}
