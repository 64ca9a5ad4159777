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
        runsOnOneThread
        KernelProfile.measure(kind, operations: operations(output, depth: input.columnCount)) {
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(output.rowCount), Int32(output.columnCount),
                Int32(input.columnCount), scale, input.base, leading(input), weight.base, leading(weight),
                accumulating ? 1 : 0, output.base, leading(output))
        }
    }

    /// `output = input · weight`, or `+=`.
    ///
    /// Shapes: input [T, C], weight [C, D], output [T, D]. `kind` is what a ``KernelProfile`` counts it as.
    package static func multiply(
        _ input: MatrixView, by weight: MatrixView, into output: MatrixView, accumulating: Bool,
        kind: KernelProfile.Kind = .weightProduct
    ) {
        precondition(
            input.columnCount == weight.rowCount && output.rowCount == input.rowCount
                && output.columnCount == weight.columnCount, "the shapes of a matrix product disagree")
        runsOnOneThread
        KernelProfile.measure(kind, operations: operations(output, depth: input.columnCount)) {
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(output.rowCount), Int32(output.columnCount),
                Int32(input.columnCount), 1, input.base, leading(input), weight.base, leading(weight),
                accumulating ? 1 : 0, output.base, leading(output))
        }
    }

    // A view without rows or columns may have stride 0, which BLAS refuses.
    private static func leading(_ view: MatrixView) -> Int32 { Int32(max(1, view.rowStride)) }

    private static func operations(_ output: MatrixView, depth: Int) -> Int {
        2 * output.rowCount * output.columnCount * depth
    }

    // Parallel work is cut by ThreadTeam; the library's own threads would cut it by their number, and with it
    // the bits. Set once, at the first product.
    static let runsOnOneThread: Void = openblas_set_num_threads(1)
}
