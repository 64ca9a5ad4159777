import COpenBLAS

/// One call of OpenBLAS's single-precision matrix product, on the calling thread.
///
/// Determinism class: the same bits for the same shapes, strides, core type and library; a tolerance across.
package enum MatrixTile {
    /// `output = scale · input · weightᵀ`, or `+=`.
    ///
    /// Shapes: input [T, C], weight [D, C], output [T, D]. `kind` is what a ``KernelProfile`` counts it as.
    package static func multiply(
        _ input: MatrixView, byTransposeOf weight: MatrixView, into output: MatrixView, accumulating: Bool,
        scale: Float = 1, kind: KernelProfile.Kind = .weightProduct
    ) {
        precondition(
            input.columnCount == weight.columnCount && output.rowCount == input.rowCount
                && output.columnCount == weight.rowCount, "the shapes of a matrix product disagree")
        multiply(
            (input, CblasNoTrans), by: (weight, CblasTrans), depth: input.columnCount, into: output,
            accumulating: accumulating, scale: scale, kind: kind)
    }

    /// `output = scale · input · weight`, or `+=`.
    ///
    /// Shapes: input [T, C], weight [C, D], output [T, D]. `kind` is what a ``KernelProfile`` counts it as.
    package static func multiply(
        _ input: MatrixView, by weight: MatrixView, into output: MatrixView, accumulating: Bool,
        scale: Float = 1, kind: KernelProfile.Kind = .weightProduct
    ) {
        precondition(
            input.columnCount == weight.rowCount && output.rowCount == input.rowCount
                && output.columnCount == weight.columnCount, "the shapes of a matrix product disagree")
        multiply(
            (input, CblasNoTrans), by: (weight, CblasNoTrans), depth: input.columnCount, into: output,
            accumulating: accumulating, scale: scale, kind: kind)
    }

    /// `output = inputᵀ · other`, or `+=`.
    ///
    /// Shapes: input [T, D], other [T, C], output [D, C]. `kind` is what a ``KernelProfile`` counts it as.
    package static func multiply(
        transposeOf input: MatrixView, by other: MatrixView, into output: MatrixView, accumulating: Bool,
        kind: KernelProfile.Kind = .weightProduct
    ) {
        precondition(
            input.rowCount == other.rowCount && output.rowCount == input.columnCount
                && output.columnCount == other.columnCount, "the shapes of a matrix product disagree")
        multiply(
            (input, CblasTrans), by: (other, CblasNoTrans), depth: input.rowCount, into: output,
            accumulating: accumulating, scale: 1, kind: kind)
    }

    private static func multiply(
        _ left: (view: MatrixView, order: CBLAS_TRANSPOSE),
        by right: (view: MatrixView, order: CBLAS_TRANSPOSE),
        depth: Int, into output: MatrixView, accumulating: Bool, scale: Float, kind: KernelProfile.Kind
    ) {
        runsOnOneThread
        let operations = 2 * output.rowCount * output.columnCount * depth
        CountedWork.addProduct(operations: operations)
        KernelProfile.measure(kind, operations: operations) {
            cblas_sgemm(
                CblasRowMajor, left.order, right.order, Int32(output.rowCount), Int32(output.columnCount),
                Int32(depth), scale, left.view.base, leading(left.view), right.view.base,
                leading(right.view), accumulating ? 1 : 0, output.base, leading(output))
        }
    }

    // A view without rows or columns may have stride 0, which BLAS refuses.
    private static func leading(_ view: MatrixView) -> Int32 { Int32(max(1, view.rowStride)) }

    // Parallel work is cut by ThreadTeam; the library's own threads would cut it by their number, and with it
    // the bits. Set once, at the first product.
    static let runsOnOneThread: Void = openblas_set_num_threads(1)
}
