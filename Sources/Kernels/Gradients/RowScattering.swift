import CKernels

/// Adding rows to picked rows of a table: the backward pass of ``RowGathering``.
///
/// Determinism class: the same bits on every instruction set and for any number of threads.
package enum RowScattering {
    /// `table[indices[r]] += rows[r]`, for r in order.
    ///
    /// Shapes: rows [T, C], table [V, C]; every index is in `0..<V`, and may occur more than once.
    package static func add(
        _ rows: MatrixView, to table: MatrixView, at indices: [Int32], team: ThreadTeam
    ) {
        precondition(indices.count == rows.rowCount && table.columnCount == rows.columnCount)
        // Rows of one index stay together, so that no two threads write to one row of the table.
        let order = indices.indices.sorted { (indices[$0], $0) < (indices[$1], $1) }
        let starts = order.indices.filter { $0 == 0 || indices[order[$0]] != indices[order[$0 - 1]] }
        let groupsPerChunk = max(1, 16_384 / max(1, rows.columnCount))
        let chunkCount = (starts.count + groupsPerChunk - 1) / groupsPerChunk
        team.forEachChunk(of: chunkCount) { chunk in
            let end = (chunk + 1) * groupsPerChunk
            KernelProfile.measure(.gathering) {
                for row in order[
                    starts[chunk * groupsPerChunk]..<(end < starts.count ? starts[end] : order.count)]
                {
                    precondition(indices[row] >= 0 && Int(indices[row]) < table.rowCount)
                    ck_layers().pointee.add_rows(
                        table.row(Int(indices[row])), Int64(table.rowStride), rows.row(row),
                        Int64(rows.rowStride), 1, Int64(rows.columnCount))
                }
            }
        }
    }
}
