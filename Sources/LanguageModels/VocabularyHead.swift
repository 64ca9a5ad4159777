import Glibc
import Kernels

/// The head: logits of every token of the vocabulary, and what is asked of them.
///
/// Logits are computed in blocks of at most 512 rows by 512 tokens, and each block is reduced while it is in
/// cache, so memory never grows with rows times vocabulary. Determinism class: the same bits for any number of threads on
/// one core type; a tolerance across.
struct VocabularyHead {
    /// One row for each token, [V, embedding width].
    let weight: MatrixView
    let team: ThreadTeam

    /// The natural-log probability of `targets[r]` after row r; the head's product is done for every row.
    func logProbabilities(
        of targets: [Int32], after rows: MatrixView, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> [Float] {
        let blocks = ProductBlocks(rowCount: rows.rowCount, columnCount: weight.rowCount)
        let partCount = rows.rowCount * blocks.blocksAcross
        // Three tables: maxima and sums, block of the vocabulary by row, and each row's target logit.
        let maxima = try workspace.floats(.partialSums, count: 2 * partCount + rows.rowCount)
        let sums = maxima + partCount
        let targetLogits = sums + partCount
        try forEachBlock(blocks, of: rows, workspace: workspace) { block, logits in
            let (blockRows, columns) = blocks.block(block)
            let part = block % blocks.blocksAcross * rows.rowCount + blockRows.lowerBound
            RowReduction.exponentialSums(logits, maxima: maxima + part, sums: sums + part)
            for row in blockRows where columns.contains(Int(targets[row])) {
                targetLogits[row] =
                    logits.row(row - blockRows.lowerBound)[Int(targets[row]) - columns.lowerBound]
            }
        }
        return (0..<rows.rowCount).map { row in
            targetLogits[row]
                - Self.logSumExp(
                    row: row, rowCount: rows.rowCount, partsPerRow: blocks.blocksAcross,
                    maxima: maxima, sums: sums)
        }
    }

    /// The most probable next token after each row; the lowest id among equals.
    func mostProbableTokens(
        after rows: MatrixView, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> [Int32] {
        let blocks = ProductBlocks(rowCount: rows.rowCount, columnCount: weight.rowCount)
        let partCount = rows.rowCount * blocks.blocksAcross
        let values = try workspace.floats(.partialSums, count: 2 * partCount)
        // Column numbers stay exact in float32 up to 2²⁴, far beyond any vocabulary.
        let columnNumbers = values + partCount
        try forEachBlock(blocks, of: rows, workspace: workspace) { block, logits in
            let (blockRows, columns) = blocks.block(block)
            let part = block % blocks.blocksAcross * rows.rowCount + blockRows.lowerBound
            for (row, maximum) in RowReduction.maxima(logits).enumerated() {
                values[part + row] = maximum.value
                columnNumbers[part + row] = Float(columns.lowerBound + maximum.column)
            }
        }
        return (0..<rows.rowCount).map { row in
            var best = row
            for part in 1..<max(1, blocks.blocksAcross)
            where values[part * rows.rowCount + row] > values[best] {
                best = part * rows.rowCount + row
            }
            return Int32(columnNumbers[best])
        }
    }

    /// The natural-log probability of every token after each row, [R, V]; for inspection of few rows.
    func logProbabilityRows(
        after rows: MatrixView, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> [[Float]] {
        let logits = try workspace.matrix(.logits, rows: 1, columns: weight.rowCount)
        return try (0..<rows.rowCount).map { row throws(LanguageModelError) in
            MatrixProduct.multiply(
                rows.rows(row..<row + 1), byTransposeOf: weight, into: logits, team: team)
            var maximum: Float = 0
            var sum: Float = 0
            RowReduction.exponentialSums(logits, maxima: &maximum, sums: &sum)
            let logSum = maximum + logf(sum)
            return (0..<weight.rowCount).map { logits.base[$0] - logSum }
        }
    }

    private func forEachBlock(
        _ blocks: ProductBlocks, of rows: MatrixView, workspace: ActivationWorkspace,
        _ body: (_ block: Int, _ logits: MatrixView) -> Void
    ) throws(LanguageModelError) {
        let scratch = try workspace.floats(
            .logits, count: ProductBlocks.largestBlock * team.threadCount)
        team.forEachChunk(of: blocks.count) { block, worker in
            let (blockRows, columns) = blocks.block(block)
            let logits = MatrixView(
                base: scratch + worker * ProductBlocks.largestBlock, rowCount: blockRows.count,
                columnCount: columns.count)
            MatrixTile.multiply(
                rows.rows(blockRows), byTransposeOf: weight.rows(columns), into: logits,
                accumulating: false)
            body(block, logits)
        }
    }

    // ln Σ exp over a row's parts, always in the order of the vocabulary.
    private static func logSumExp(
        row: Int, rowCount: Int, partsPerRow: Int, maxima: UnsafePointer<Float>,
        sums: UnsafePointer<Float>
    ) -> Float {
        var maximum = -Float.infinity
        for part in 0..<partsPerRow { maximum = max(maximum, maxima[part * rowCount + row]) }
        var sum: Float = 0
        for part in 0..<partsPerRow {
            sum += sums[part * rowCount + row] * expf(maxima[part * rowCount + row] - maximum)
        }
        return maximum + logf(sum)
    }
}
