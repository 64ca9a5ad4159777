import CKernels
import Glibc

/// Copying rows picked by index, as an embedding does.
package enum RowGathering {
    /// `output[r] = table[indices[r]]`.
    ///
    /// Shapes: table [V, C], output [T, C]; every index is in `0..<V`.
    package static func gather(
        _ indices: [Int32], from table: MatrixView, into output: MatrixView, team: ThreadTeam
    ) {
        precondition(indices.count == output.rowCount && table.columnCount == output.columnCount)
        let rowBytes = table.columnCount * MemoryLayout<Float>.stride
        team.forEachRowChunk(.gathering, rowCount: output.rowCount, columnCount: output.columnCount) { rows in
            for row in rows {
                precondition(indices[row] >= 0 && Int(indices[row]) < table.rowCount)
                memcpy(output.row(row), table.row(Int(indices[row])), rowBytes)
            }
        }
    }

    /// `output[r] += table[indices[r]]`, with the same shapes.
    package static func add(
        _ indices: [Int32], from table: MatrixView, into output: MatrixView, team: ThreadTeam
    ) {
        precondition(indices.count == output.rowCount && table.columnCount == output.columnCount)
        team.forEachRowChunk(.gathering, rowCount: output.rowCount, columnCount: output.columnCount) { rows in
            for row in rows {
                precondition(indices[row] >= 0 && Int(indices[row]) < table.rowCount)
                ck_layers().pointee.add_rows(
                    output.row(row), Int64(output.rowStride), table.row(Int(indices[row])),
                    Int64(table.rowStride), 1, Int64(output.columnCount))
            }
        }
    }
}
