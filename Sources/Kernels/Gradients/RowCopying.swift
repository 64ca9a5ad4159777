import CKernels
import Glibc

/// Copies, sums and clearing of whole matrices, row by row.
package enum RowCopying {
    /// `destination = source`; same shapes, apart from each other.
    package static func copy(_ source: MatrixView, to destination: MatrixView, team: ThreadTeam) {
        precondition(
            source.rowCount == destination.rowCount && source.columnCount == destination.columnCount)
        let rowBytes = source.columnCount * MemoryLayout<Float>.stride
        team.forEachRowChunk(rowCount: source.rowCount, columnCount: source.columnCount) { rows in
            for row in rows { memcpy(destination.row(row), source.row(row), rowBytes) }
        }
    }

    /// `destination += source`; same shapes, apart from each other.
    package static func add(_ source: MatrixView, to destination: MatrixView, team: ThreadTeam) {
        precondition(
            source.rowCount == destination.rowCount && source.columnCount == destination.columnCount)
        team.forEachRowChunk(rowCount: source.rowCount, columnCount: source.columnCount) { rows in
            ck_layers().pointee.add_rows(
                destination.row(rows.lowerBound), Int64(destination.rowStride), source.row(rows.lowerBound),
                Int64(source.rowStride), Int64(rows.count), Int64(source.columnCount))
        }
    }

    /// Writes 0 everywhere.
    package static func clear(_ matrix: MatrixView, team: ThreadTeam) {
        let rowBytes = matrix.columnCount * MemoryLayout<Float>.stride
        team.forEachRowChunk(rowCount: matrix.rowCount, columnCount: matrix.columnCount) { rows in
            for row in rows { memset(matrix.row(row), 0, rowBytes) }
        }
    }
}
