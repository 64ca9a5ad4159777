import Kernels

extension OPTDecoder: DifferentiableDecoder {
    var tapeWidths: TapeWidths {
        TapeWidths(
            hidden: hiddenSize, projected: 3 * hiddenSize, context: hiddenSize,
            inside: layers.first?.feedForward.first.outputWidth ?? 0)
    }

    func record(
        _ index: Int, _ input: MatrixView, into output: MatrixView, tape: LayerTape, rows: TokenRows,
        pass: ForwardPass
    ) throws(LanguageModelError) {
        try layers[index].record(input, into: output, tape: tape, rows: rows, pass: pass)
    }

    func recordFinish(
        _ residualRows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        let width = projectionOut?.outputWidth ?? hiddenSize
        let headInput = try pass.workspace.matrix(
            .headInput, rows: residualRows.rowCount, columns: width)
        if let projectionOut {
            try projectionOut.apply(
                to: try normalizedRows(residualRows, pass: pass), into: headInput, pass: pass)
        } else if let finalNorm {
            finalNorm.apply(to: residualRows, into: headInput, pass: pass)
        } else {
            RowCopying.copy(residualRows, to: headInput, team: pass.team)
        }
        return headInput
    }

    func finishBackward(
        _ headGradient: MatrixView, residualRows: MatrixView, into rowGradient: MatrixView,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        var outputGradient = headGradient
        if let projectionOut {
            outputGradient = try pass.workspace.matrix(
                .normGradient, rows: residualRows.rowCount, columns: hiddenSize)
            projectionOut.backward(
                input: try normalizedRows(residualRows, pass: pass.forward), outputGradient: headGradient,
                inputGradient: outputGradient, pass: pass)
        }
        guard let finalNorm else { return RowCopying.copy(outputGradient, to: rowGradient, team: pass.team) }
        RowCopying.clear(rowGradient, team: pass.team)
        finalNorm.backward(
            input: residualRows, gradient: outputGradient, addingTo: rowGradient, pass: pass)
    }

    func backward(
        _ index: Int, _ gradient: MatrixView, input: MatrixView, tape: LayerTape, rows: TokenRows,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        try layers[index].backward(gradient, input: input, tape: tape, rows: rows, pass: pass)
    }

    func embedBackward(
        _ rows: TokenRows, gradient: MatrixView, pass: BackwardPass
    ) throws(LanguageModelError) {
        positionTable.backward(
            rows.positions.map { $0 + Int32(OPTParameters.positionOffset) }, gradient: gradient, pass: pass)
        guard let projectionIn else {
            return tokenTable.backward(rows.tokens, gradient: gradient, pass: pass)
        }
        let embedded = try pass.workspace.matrix(.normalized, rows: rows.count, columns: tokenTable.width)
        tokenTable.gather(rows.tokens, into: embedded, pass: pass.forward)
        let embeddedGradient = try pass.workspace.matrix(
            .inputGradient, rows: rows.count, columns: tokenTable.width)
        projectionIn.backward(
            input: embedded, outputGradient: gradient, inputGradient: embeddedGradient, pass: pass)
        tokenTable.backward(rows.tokens, gradient: embeddedGradient, pass: pass)
    }

    /// What the projection out reads; the rows themselves where nothing normalizes them.
    private func normalizedRows(
        _ residualRows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        guard let finalNorm else { return residualRows }
        let normalized = try pass.workspace.matrix(
            .keptInput, rows: residualRows.rowCount, columns: hiddenSize)
        finalNorm.apply(to: residualRows, into: normalized, pass: pass)
        return normalized
    }
}
