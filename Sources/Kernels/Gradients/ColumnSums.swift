import CKernels

/// Sums over the rows of a matrix: the gradient of what was added to, or multiplied with, every row.
///
/// Rows are added in their order. Determinism class: the same bits on every instruction set and for any number of
/// threads.
package enum ColumnSums {
    private static let columnsPerChunk = 256

    /// `sums[c] += Σ rows[r][c]`.
    ///
    /// Shapes: rows [T, C], sums [C].
    package static func add(_ rows: MatrixView, to sums: UnsafeMutablePointer<Float>, team: ThreadTeam) {
        let chunkCount = (rows.columnCount + columnsPerChunk - 1) / columnsPerChunk
        team.forEachChunk(of: chunkCount) { chunk in
            let first = chunk * columnsPerChunk
            let columns = rows.columns(first..<min(rows.columnCount, first + columnsPerChunk))
            KernelProfile.measure(.activation) {
                ck_gradients().pointee.column_sums(
                    columns.base, Int64(columns.rowStride), sums + first, Int64(columns.rowCount),
                    Int64(columns.columnCount))
            }
        }
    }
}
