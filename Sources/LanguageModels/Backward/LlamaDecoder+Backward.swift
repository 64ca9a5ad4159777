import Kernels

extension LlamaDecoder: DifferentiableDecoder {
    var tapeWidths: TapeWidths {
        guard let layer = layers.first else {
            return TapeWidths(hidden: hiddenSize, projected: 0, context: 0, inside: 0)
        }
        return TapeWidths(
            hidden: hiddenSize, projected: layer.attention.projection.outputWidth,
            context: layer.attention.queryWidth, inside: layer.feedForward.gateAndUp.outputWidth)
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
        let headInput = try pass.workspace.matrix(
            .headInput, rows: residualRows.rowCount, columns: hiddenSize)
        finalNorm.apply(to: residualRows, into: headInput, pass: pass)
        return headInput
    }

    func finishBackward(
        _ headGradient: MatrixView, residualRows: MatrixView, into rowGradient: MatrixView,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        RowCopying.clear(rowGradient, team: pass.team)
        finalNorm.backward(input: residualRows, gradient: headGradient, addingTo: rowGradient, pass: pass)
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
        tokenTable.backward(rows.tokens, gradient: gradient, pass: pass)
    }
}
