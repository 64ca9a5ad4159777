import CKernels

/// What happens to a block of a product while it is still in cache.
package enum ProductFinish {
    /// Nothing.
    case none
    /// `bias`, one value a column, is added.
    case bias(UnsafePointer<Float>)
    /// `bias` is added, then negative values become 0.
    case biasThenReLU(UnsafePointer<Float>)
}

/// Projects rows through a dense layer: `output = input · weightᵀ`, then a finish.
///
/// Determinism class: the same bits for any number of threads, on one core type of one library; a tolerance
/// across. The product is cut into blocks by its shape alone, and a block is one call of a single-threaded BLAS.
package enum MatrixProduct {
    /// `output = finish(input · weightᵀ)`, or with `accumulating` `output = finish(output + input · weightᵀ)`.
    ///
    /// Shapes: input [T, C], weight [D, C], output [T, D]. Output must not overlap input or weight.
    ///
    /// - Complexity: `2·T·C·D` floating-point operations.
    package static func multiply(
        _ input: MatrixView, byTransposeOf weight: MatrixView, into output: MatrixView,
        accumulating: Bool = false, finish: ProductFinish = .none, team: ThreadTeam
    ) {
        let blocks = ProductBlocks(rowCount: output.rowCount, columnCount: output.columnCount)
        team.forEachChunk(of: blocks.count) { chunk in
            let (rows, columns) = blocks.block(chunk)
            let block = output.rows(rows).columns(columns)
            MatrixTile.multiply(
                input.rows(rows), byTransposeOf: weight.rows(columns), into: block,
                accumulating: accumulating)
            apply(finish, to: block, firstColumn: columns.lowerBound)
        }
    }

    private static func apply(_ finish: ProductFinish, to block: MatrixView, firstColumn: Int) {
        let (stride, rows, columns) = (
            Int64(block.rowStride), Int64(block.rowCount), Int64(block.columnCount)
        )
        switch finish {
        case .none:
            break
        case .bias(let bias):
            ck_layers().pointee.add_bias(block.base, stride, bias + firstColumn, rows, columns)
        case .biasThenReLU(let bias):
            ck_layers().pointee.add_bias_relu(block.base, stride, bias + firstColumn, rows, columns)
        }
    }
}

/// How a product's output is cut into blocks: by its shape alone.
///
/// At most 512 rows and 512 columns a block, and an even number of column blocks, evenly wide. On large products this
/// costs a few per cent against one uncut call, since each block packs its operands anew, and two threads stay
/// equally busy.
package struct ProductBlocks: Sendable, Hashable {
    private let rowCount: Int
    private let columnCount: Int
    private let rowsPerBlock: Int
    private let columnsPerBlock: Int
    /// The number of column blocks; block `index` is column block `index % blocksAcross`.
    package let blocksAcross: Int
    /// The number of blocks.
    package let count: Int

    /// The blocks of a `rowCount` x `columnCount` output.
    package init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        rowsPerBlock = Self.even(rowCount, parts: (rowCount + 511) / 512)
        let across = (columnCount + 511) / 512
        columnsPerBlock = Self.even(
            columnCount, parts: columnCount >= 128 ? (across + 1) / 2 * 2 : across)
        blocksAcross = (columnCount + columnsPerBlock - 1) / columnsPerBlock
        count = blocksAcross * ((rowCount + rowsPerBlock - 1) / rowsPerBlock)
    }

    /// The most elements that a block of any output has.
    package static let largestBlock = 512 * 512

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
