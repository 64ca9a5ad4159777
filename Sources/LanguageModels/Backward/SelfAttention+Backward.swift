import Kernels

extension SelfAttention {
    /// Adds the block's result on `input` to `residual`; keeps queries, keys, values and context.
    func record(
        _ input: MatrixView, addingTo residual: MatrixView, tape: LayerTape, rows: TokenRows,
        pass: ForwardPass
    ) throws(LanguageModelError) {
        try project(input, outputs: 0..<queryWidth + 2 * keyWidth, into: tape.projected, pass: pass)
        rotate(tape.projected.columns(queriesAndKeys), positions: rows.positions, pass: pass)
        try core.apply(
            attentionRows(tape.projected), prefix: pass.prefix(layer: layer), spans: rows.spans,
            into: tape.context, workspace: pass.workspace, team: pass.team)
        try output.apply(to: tape.context, into: residual, accumulating: true, pass: pass)
    }

    /// Adds the gradients of the parameters and writes that of the input.
    func backward(
        input: MatrixView, tape: LayerTape, rows: TokenRows, outputGradient: MatrixView,
        inputGradient: MatrixView, pass: BackwardPass
    ) throws(LanguageModelError) {
        let contextGradient = try pass.workspace.matrix(
            .contextGradient, rows: rows.count, columns: queryWidth)
        output.backward(
            input: tape.context, outputGradient: outputGradient, inputGradient: contextGradient, pass: pass)
        let gradient = try pass.workspace.matrix(
            .wideGradient, rows: rows.count, columns: tape.projected.columnCount)
        // Keys and values gather what all queries that see them pass back.
        RowCopying.clear(gradient.columns(keys.lowerBound..<values.upperBound), team: pass.team)
        try core.backward(
            attentionRows(tape.projected), prefix: pass.forward.prefix(layer: layer),
            contextGradient: contextGradient, gradients: attentionRows(gradient),
            prefixGradients: pass.prefixGradients(layer: layer), spans: rows.spans, workspace: pass.workspace,
            team: pass.team)
        rotary?.rotateBack(gradient.columns(queriesAndKeys), positions: rows.positions, team: pass.team)
        projection.backward(
            input: input, outputGradient: gradient, inputGradient: inputGradient, pass: pass)
        try pass.lowRankBackward(
            layer: layer, input: input, outputGradient: gradient, addingTo: inputGradient)
    }

    private func attentionRows(_ projected: MatrixView) -> AttentionRows {
        AttentionRows(
            queries: projected.columns(queries), keys: projected.columns(keys),
            values: projected.columns(values))
    }

    private var queries: Range<Int> { 0..<queryWidth }
    private var keys: Range<Int> { queryWidth..<queryWidth + keyWidth }
    private var values: Range<Int> { queryWidth + keyWidth..<queryWidth + 2 * keyWidth }
    private var queriesAndKeys: Range<Int> { 0..<queryWidth + keyWidth }
}
