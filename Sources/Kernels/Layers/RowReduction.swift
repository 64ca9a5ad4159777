import CKernels

/// Reductions of one block of rows, on the calling thread.
///
/// Determinism class: the same bits on every instruction set.
package enum RowReduction {
    /// Softmax in place over columns `first ..< ends[r]` of row r; all other columns become 0.
    ///
    /// A row with `ends[r] <= first` is all 0. Row stride and memory are multiples of 16 floats.
    package static func softmax(_ rows: MatrixView, first: Int, ends: UnsafePointer<Int32>) {
        precondition(rows.rowStride % 16 == 0)
        KernelProfile.measure(.softmax) {
            ck_layers().pointee.softmax(
                rows.base, Int64(rows.rowStride), ends, Int64(first), Int64(rows.rowCount),
                Int64(rows.columnCount))
        }
    }

    /// Each row's largest value, and the sum of `exp(value - largest)`.
    package static func exponentialSums(
        _ rows: MatrixView, maxima: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
    ) {
        precondition(rows.columnCount > 0)
        KernelProfile.measure(.logitReduction) {
            ck_layers().pointee.exponential_sum(
                rows.base, Int64(rows.rowStride), maxima, sums, Int64(rows.rowCount), Int64(rows.columnCount))
        }
    }

    /// The largest value of each row and the lowest column that holds it.
    package static func maxima(_ rows: MatrixView) -> [(value: Float, column: Int)] {
        precondition(rows.columnCount > 0)
        return [ck_row_maximum](unsafeUninitializedCapacity: rows.rowCount) { results, count in
            if let base = results.baseAddress {
                KernelProfile.measure(.logitReduction) {
                    ck_layers().pointee.row_maximum(
                        rows.base, Int64(rows.rowStride), base, Int64(rows.rowCount),
                        Int64(rows.columnCount))
                }
            }
            count = rows.rowCount
        }.map { ($0.value, Int($0.index)) }
    }
}
