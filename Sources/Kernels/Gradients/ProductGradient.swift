/// The backward pass of a dense layer `output = input · weightᵀ`.
///
/// Determinism class: that of ``MatrixProduct``. Blocks are cut by shape alone, and each sums over its whole depth in
/// one call.
package enum ProductGradient {
    /// `result = scale · gradient · weight`, or `+=`: the gradient of the layer's input.
    ///
    /// Shapes: gradient [T, D], weight [D, C], result [T, C].
    package static func ofInput(
        _ gradient: MatrixView, weight: MatrixView, into result: MatrixView, accumulating: Bool = false,
        scale: Float = 1, team: ThreadTeam
    ) {
        let blocks = ProductBlocks(rowCount: result.rowCount, columnCount: result.columnCount)
        team.forEachChunk(of: blocks.count) { chunk in
            let (rows, columns) = blocks.block(chunk)
            MatrixTile.multiply(
                gradient.rows(rows), by: weight.columns(columns), into: result.rows(rows).columns(columns),
                accumulating: accumulating, scale: scale)
        }
    }

    /// `result += gradientᵀ · input`: the gradient of the layer's weight.
    ///
    /// Shapes: gradient [T, D], input [T, C], result [D, C].
    package static func addOfWeight(
        _ gradient: MatrixView, input: MatrixView, to result: MatrixView, team: ThreadTeam
    ) {
        // Four blocks or more, so that threads stay equally busy with the narrow matrices of small models.
        let blocks = ProductBlocks(
            rowCount: result.rowCount, columnCount: result.columnCount,
            mostRows: min(1024, max(16, (result.rowCount + 3) / 4)))
        team.forEachChunk(of: blocks.count) { chunk in
            let (rows, columns) = blocks.block(chunk)
            MatrixTile.multiply(
                transposeOf: gradient.columns(rows), by: input.columns(columns),
                into: result.rows(rows).columns(columns), accumulating: true)
        }
    }
}
