import Glibc
import Kernels

/// The head: logits of every token of the vocabulary, and what is asked of them.
///
/// Logits are computed in blocks of at most 512 rows by one tile of tokens, and each block is reduced while it is in
/// cache, so memory never grows with rows times vocabulary. Determinism class: the same bits for any number
/// of threads on one core type; a tolerance across.
struct VocabularyHead {
    /// One row for each token, [V, embedding width].
    let weight: WeightMatrix

    private static let rowsPerBlock = 512

    /// The natural-log probability of tokens after given rows; the head's product is done for every row.
    ///
    /// - Parameters:
    ///   - targets: Rows, counted in each stream, and tokens.
    ///   - rows: What the head reads, all streams together.
    /// - Returns: One array a stream, in the order of the targets.
    func logProbabilities(
        of targets: [PackedBatch.Target], after rows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> [[Float]] {
        try scores(of: targets, after: rows, pass: pass).map(\.logProbabilities)
    }

    /// What one stream's rows come to.
    struct Scores {
        /// The natural-log probability of each target.
        let logProbabilities: [Float]
        /// ln Σ exp over each row's logits.
        let logSums: [Float]
    }

    /// The same with each row's log-sum of exponentials, one value a stream.
    func scores(
        of targets: [PackedBatch.Target], after rows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> [Scores] {
        let rowCount = rows.rowCount
        let rowsPerStream = rowCount / pass.streamCount
        let tiles = pass.tiles(of: weight, rowCount: rowCount)
        // Three tables: maxima and sums, tile of the vocabulary by row, and the targets' logits.
        let partCount = rowCount * tiles.count
        let maxima = try pass.workspace.floats(
            .partialSums, count: 2 * partCount + targets.count * pass.streamCount)
        let sums = maxima + partCount
        let targetLogits = sums + partCount
        let targetsOfTile = Self.group(targets, by: tiles)
        try forEachBlock(of: rows, tiles: tiles, pass: pass) { block in
            let part = block.tile * rowCount + block.rows.lowerBound
            RowReduction.exponentialSums(block.logits, maxima: maxima + part, sums: sums + part)
            for index in targetsOfTile[block.tile] {
                for stream in 0..<pass.streamCount {
                    let row = stream * rowsPerStream + Int(targets[index].row)
                    guard block.rows.contains(row) else { continue }
                    targetLogits[stream * targets.count + index] =
                        block.logits.row(row - block.rows.lowerBound)[
                            Int(targets[index].token) - block.columns.lowerBound]
                }
            }
        }
        return (0..<pass.streamCount).map { stream in
            let logSums = (0..<rowsPerStream).map { row in
                Self.logSumExp(
                    row: stream * rowsPerStream + row, rowCount: rowCount, partsPerRow: tiles.count,
                    maxima: maxima, sums: sums)
            }
            return Scores(
                logProbabilities: targets.indices.map { index in
                    targetLogits[stream * targets.count + index] - logSums[Int(targets[index].row)]
                }, logSums: logSums)
        }
    }

    /// The most probable next token after each row; the lowest id among equals.
    func mostProbableTokens(
        after rows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> [Int32] {
        let tiles = pass.tiles(of: weight, rowCount: rows.rowCount)
        let partCount = rows.rowCount * tiles.count
        let values = try pass.workspace.floats(.partialSums, count: 2 * partCount)
        // Column numbers stay exact in float32 up to 2²⁴, far beyond any vocabulary.
        let columnNumbers = values + partCount
        try forEachBlock(of: rows, tiles: tiles, pass: pass) { block in
            let part = block.tile * rows.rowCount + block.rows.lowerBound
            for (row, maximum) in RowReduction.maxima(block.logits).enumerated() {
                values[part + row] = maximum.value
                columnNumbers[part + row] = Float(block.columns.lowerBound + maximum.column)
            }
        }
        return (0..<rows.rowCount).map { row in
            var best = row
            for part in 1..<max(1, tiles.count)
            where values[part * rows.rowCount + row] > values[best] {
                best = part * rows.rowCount + row
            }
            return Int32(columnNumbers[best])
        }
    }

    /// The natural-log probability of every token after each row, [R, V]; for inspection of few rows.
    func logProbabilityRows(
        after rows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> [[Float]] {
        let tiles = pass.tiles(of: weight, rowCount: rows.rowCount)
        var logits = [[Float]](
            repeating: [Float](repeating: 0, count: weight.rowCount), count: rows.rowCount)
        for row in 0..<rows.rowCount {
            try logits[row].withUnsafeMutableBufferPointer { values throws(LanguageModelError) in
                guard let base = values.baseAddress else { return }
                try forEachBlock(of: rows.rows(row..<row + 1), tiles: tiles, pass: pass) { block in
                    (base + block.columns.lowerBound).update(
                        from: block.logits.base, count: block.columns.count)
                }
                var maximum: Float = 0
                var sum: Float = 0
                let whole = MatrixView(base: base, rowCount: 1, columnCount: values.count)
                RowReduction.exponentialSums(whole, maxima: &maximum, sums: &sum)
                let logSum = maximum + logf(sum)
                for column in values.indices { values[column] -= logSum }
            }
        }
        return logits
    }

    /// Some rows' logits of one tile of the vocabulary.
    private struct Block {
        let tile: Int
        /// Rows, counted over all streams.
        let rows: Range<Int>
        /// Tokens.
        let columns: Range<Int>
        let logits: MatrixView
    }

    private func forEachBlock(
        of rows: MatrixView, tiles: WeightTiles, pass: ForwardPass, _ body: (Block) -> Void
    ) throws(LanguageModelError) {
        let elementsPerBlock = Self.rowsPerBlock * tiles.mostRows
        let scratch = try pass.workspace.floats(
            .logits, count: elementsPerBlock * pass.team.threadCount)
        try pass.forEachTile(of: weight, rowCount: rows.rowCount) { tile, worker in
            let rowsPerVariant = rows.rowCount / tile.variants.count
            for (variant, weights) in tile.variants.enumerated() {
                for start in stride(from: 0, to: rowsPerVariant, by: Self.rowsPerBlock) {
                    let end = min(start + Self.rowsPerBlock, rowsPerVariant)
                    let own = variant * rowsPerVariant + start..<variant * rowsPerVariant + end
                    let logits = MatrixView(
                        base: scratch + worker * elementsPerBlock, rowCount: own.count,
                        columnCount: tile.columns.count)
                    MatrixTile.multiply(
                        rows.rows(own), byTransposeOf: weights, into: logits, accumulating: false)
                    body(
                        Block(
                            tile: tile.columns.lowerBound / tiles.mostRows, rows: own, columns: tile.columns,
                            logits: logits))
                }
            }
        }
    }

    /// The indices of the targets whose token is in each tile.
    private static func group(_ targets: [PackedBatch.Target], by tiles: WeightTiles) -> [[Int]] {
        var groups = [[Int]](repeating: [], count: tiles.count)
        for (index, target) in targets.enumerated() {
            groups[Int(target.token) / tiles.mostRows].append(index)
        }
        return groups
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
