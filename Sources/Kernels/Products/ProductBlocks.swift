/// How a product's output is cut into blocks: by its shape alone.
///
/// At most 1024 rows and 512 columns a block, evenly sized, with an even number of column blocks so that two
/// threads stay equally busy, and shorter blocks where there would be fewer than four. Each block packs its
/// operands anew: on the shapes of small models this costs 3 to 8 % of the time of one uncut call.
package struct ProductBlocks: Sendable, Hashable {
    private let rowCount: Int
    private let columnCount: Int
    private let rowsPerBlock: Int
    private let columnsPerBlock: Int
    /// The number of column blocks; block `index` is column block `index % blocksAcross`.
    package let blocksAcross: Int
    /// The number of blocks.
    package let count: Int

    /// The blocks of a `rowCount` x `columnCount` output, none with more than `mostRows` rows.
    package init(rowCount: Int, columnCount: Int, mostRows: Int = 1024) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        let across = (columnCount + 511) / 512
        columnsPerBlock = Self.even(
            columnCount, parts: columnCount >= 128 ? (across + 1) / 2 * 2 : across)
        blocksAcross = (columnCount + columnsPerBlock - 1) / columnsPerBlock
        let rowLimit = blocksAcross < 4 ? min(512, mostRows) : mostRows
        rowsPerBlock = Self.even(rowCount, parts: (rowCount + rowLimit - 1) / rowLimit)
        count = blocksAcross * ((rowCount + rowsPerBlock - 1) / rowsPerBlock)
    }

    /// The most elements that a block has.
    package var largestBlock: Int { rowsPerBlock * columnsPerBlock }

    /// The rows and columns of one block; neighbours in number share their rows.
    package func block(_ index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let row = index / blocksAcross * rowsPerBlock
        let column = index % blocksAcross * columnsPerBlock
        return (
            row..<min(rowCount, row + rowsPerBlock),
            column..<min(columnCount, column + columnsPerBlock)
        )
    }

    // The width of `parts` nearly equal parts, a multiple of 16 so that blocks fill the kernels' registers.
    private static func even(_ length: Int, parts: Int) -> Int {
        let width = (length + max(1, parts) - 1) / max(1, parts)
        return max(16, (width + 15) / 16 * 16)
    }
}
