import CKernels

/// The backward passes of ReLU and of SwiGLU's gate.
///
/// Determinism class: the same bits on every instruction set and for any number of threads.
package enum ActivationGradient {
    /// Clears `gradient` where `output`, what ReLU gave, is not positive.
    ///
    /// Shapes: both [T, F].
    package static func relu(_ gradient: MatrixView, output: MatrixView, team: ThreadTeam) {
        team.forEachRowChunk(.activation, rowCount: output.rowCount, columnCount: output.columnCount) {
            rows in
            ck_gradients().pointee.relu_backward(
                gradient.row(rows.lowerBound), Int64(gradient.rowStride), output.row(rows.lowerBound),
                Int64(output.rowStride), Int64(rows.count), Int64(output.columnCount))
        }
    }

    /// Exchanges inputs and gradients of `silu(gate) · up`.
    ///
    /// On entry `product` is the gradient of the product; on return it is the product, and `gate` and `up` hold their
    /// gradients. Shapes: all [T, F].
    package static func silu(
        gate: MatrixView, up: MatrixView, product: MatrixView, team: ThreadTeam
    ) {
        team.forEachRowChunk(.activation, rowCount: gate.rowCount, columnCount: gate.columnCount) { rows in
            ck_gradients().pointee.silu_gate_backward(
                gate.row(rows.lowerBound), Int64(gate.rowStride), up.row(rows.lowerBound),
                Int64(up.rowStride), product.row(rows.lowerBound), Int64(product.rowStride),
                Int64(rows.count), Int64(gate.columnCount))
        }
    }
}
