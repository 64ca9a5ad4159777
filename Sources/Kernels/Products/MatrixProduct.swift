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
/// across. The product is cut into blocks by its shape alone, and a block is one call of a single-threaded
/// BLAS.
package enum MatrixProduct {
    /// `output = finish(scale · input · weightᵀ)`, or with `accumulating` `output = finish(output + scale · input ·
    /// weightᵀ)`.
    ///
    /// Shapes: input [T, C], weight [D, C], output [T, D]. Output must not overlap input or weight.
    ///
    /// - Complexity: `2·T·C·D` floating-point operations.
    package static func multiply(
        _ input: MatrixView, byTransposeOf weight: MatrixView, into output: MatrixView,
        accumulating: Bool = false, scale: Float = 1, finish: ProductFinish = .none, team: ThreadTeam
    ) {
        let blocks = ProductBlocks(rowCount: output.rowCount, columnCount: output.columnCount)
        team.forEachChunk(of: blocks.count) { chunk in
            let (rows, columns) = blocks.block(chunk)
            let block = output.rows(rows).columns(columns)
            MatrixTile.multiply(
                input.rows(rows), byTransposeOf: weight.rows(columns), into: block,
                accumulating: accumulating, scale: scale)
            self.finish(block, finish, firstColumn: columns.lowerBound)
        }
    }

    /// The product on the calling thread, without a finish, for loops that are parallel already.
    package static func multiplyHere(
        _ input: MatrixView, byTransposeOf weight: MatrixView, into output: MatrixView, accumulating: Bool
    ) {
        // As many rows at a time as the library's kernels pack without losing pace.
        for first in stride(from: 0, to: input.rowCount, by: 1024) {
            let rows = first..<min(first + 1024, input.rowCount)
            MatrixTile.multiply(
                input.rows(rows), byTransposeOf: weight, into: output.rows(rows), accumulating: accumulating)
        }
    }

    /// Finishes a block of a product, whose first column is `firstColumn` of the whole, on the calling thread.
    package static func finish(_ block: MatrixView, _ finish: ProductFinish, firstColumn: Int) {
        let (stride, rows, columns) = (
            Int64(block.rowStride), Int64(block.rowCount), Int64(block.columnCount)
        )
        switch finish {
        case .none:
            break
        case .bias(let bias):
            KernelProfile.measure(.activation) {
                ck_layers().pointee.add_bias(block.base, stride, bias + firstColumn, rows, columns)
            }
        case .biasThenReLU(let bias):
            KernelProfile.measure(.activation) {
                ck_layers().pointee.add_bias_relu(block.base, stride, bias + firstColumn, rows, columns)
            }
        }
    }
}
