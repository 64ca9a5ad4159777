import Kernels

/// The backward pass of the head. With p the probabilities after a row and G the sum of the derivatives of its targets,
/// the gradient of the row's logits is `-G p`, plus each target's derivative at its token.
extension VocabularyHead {
    /// Bytes of logits that stand in memory at a time; they are computed a second time, some rows after the others.
    private static let logitBytes = 16 << 20

    /// Adds the gradient of the head's weight and writes that of what it read, where that is asked for.
    ///
    /// - Parameters:
    ///   - targets: What the forward pass scored.
    ///   - derivatives: The derivative of the loss by each target's log-probability.
    ///   - rows: What the head read, [R, embedding width].
    ///   - logSums: ln Σ exp of each row's logits.
    ///   - rowGradient: The gradient of `rows`, of the same shape; overwritten. Nil where it goes no further back.
    func backward(
        _ targets: [PackedBatch.Target], derivatives: [Float], rows: MatrixView, logSums: [Float],
        into rowGradient: MatrixView?, pass: BackwardPass
    ) throws(LanguageModelError) {
        let rowsPerBlock = max(
            16, Self.logitBytes / MemoryLayout<Float>.stride / max(1, weight.rowCount) / 16 * 16)
        var factors = [Float](repeating: 0, count: rows.rowCount)
        for (target, derivative) in zip(targets, derivatives) { factors[Int(target.row)] -= derivative }
        let targetsOfRow = Dictionary(grouping: targets.indices) { Int(targets[$0].row) }
        for start in stride(from: 0, to: rows.rowCount, by: rowsPerBlock) {
            let block = start..<min(start + rowsPerBlock, rows.rowCount)
            let logits = try pass.workspace.matrix(
                .logitGradient, rows: block.count, columns: weight.rowCount)
            writeGradient(
                ofLogits: logits, rows: rows.rows(block), logSums: Array(logSums[block]),
                factors: Array(factors[block]), pass: pass)
            for row in block {
                for index in targetsOfRow[row] ?? [] {
                    logits.row(row - start)[Int(targets[index].token)] += derivatives[index]
                }
            }
            if let gradient = pass.gradient {
                ProductGradient.addOfWeight(
                    logits, input: rows.rows(block), to: gradient.view(weight), team: pass.team)
            }
            if let rowGradient {
                ProductGradient.ofInput(
                    logits, weight: pass.weights(weight), into: rowGradient.rows(block), team: pass.team)
            }
        }
    }

    /// Each row's probabilities times its factor.
    private func writeGradient(
        ofLogits logits: MatrixView, rows: MatrixView, logSums: [Float], factors: [Float], pass: BackwardPass
    ) {
        MatrixProduct.multiply(rows, byTransposeOf: pass.weights(weight), into: logits, team: pass.team)
        pass.team.forEachRowChunk(rowCount: logits.rowCount, columnCount: logits.columnCount) { chunk in
            logSums.withUnsafeBufferPointer { sums in
                factors.withUnsafeBufferPointer { factors in
                    guard let sums = sums.baseAddress, let factors = factors.baseAddress else { return }
                    RowReductionGradient.scaledProbabilities(
                        logits.rows(chunk), logSums: sums + chunk.lowerBound,
                        factors: factors + chunk.lowerBound)
                }
            }
        }
    }
}
