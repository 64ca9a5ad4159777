/// A row-major window of float32 into memory that someone else owns.
///
/// Copies of a view show the same memory. The owner keeps it alive, and parallel loops write to disjoint rows
/// or columns; a view does neither.
package struct MatrixView {
    /// The element at row 0, column 0.
    package let base: UnsafeMutablePointer<Float>
    /// The number of rows.
    package let rowCount: Int
    /// The number of columns.
    package let columnCount: Int
    /// The distance between the starts of neighbouring rows, in elements.
    package let rowStride: Int

    /// A window of `rowCount` rows of `columnCount` elements; rows follow each other unless a stride is
    /// given.
    package init(
        base: UnsafeMutablePointer<Float>, rowCount: Int, columnCount: Int, rowStride: Int? = nil
    ) {
        precondition(rowCount >= 0 && columnCount >= 0 && (rowStride ?? columnCount) >= columnCount)
        self.base = base
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.rowStride = rowStride ?? columnCount
    }

    /// The first element of a row.
    package func row(_ index: Int) -> UnsafeMutablePointer<Float> {
        base + index * rowStride
    }

    /// The same columns of some of the rows.
    package func rows(_ range: Range<Int>) -> MatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount)
        return MatrixView(
            base: row(range.lowerBound), rowCount: range.count, columnCount: columnCount,
            rowStride: rowStride)
    }

    /// Some of the columns of the same rows.
    package func columns(_ range: Range<Int>) -> MatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= columnCount)
        return MatrixView(
            base: base + range.lowerBound, rowCount: rowCount, columnCount: range.count,
            rowStride: rowStride)
    }
}
