import Kernels

extension OPTDecoderLayer {
    /// Takes the residual stream from `input` to `output` and keeps what the backward pass needs.
    func record(
        _ input: MatrixView, into output: MatrixView, tape: LayerTape, rows: TokenRows, pass: ForwardPass
    ) throws(LanguageModelError) {
        if normalizesBefore { attentionNorm.apply(to: input, into: tape.attentionInput, pass: pass) }
        RowCopying.copy(input, to: tape.middle, team: pass.team)
        try attention.record(
            attentionInput(input, tape), addingTo: tape.middle, tape: tape, rows: rows, pass: pass)
        let norm = normalizesBefore ? feedForwardNorm : attentionNorm
        norm.apply(to: tape.middle, into: tape.feedForwardInput, pass: pass)
        if normalizesBefore {
            RowCopying.copy(tape.middle, to: output, team: pass.team)
            try feedForward.record(
                tape.feedForwardInput, addingTo: output, inside: tape.inside, pass: pass)
        } else {
            RowCopying.copy(tape.feedForwardInput, to: tape.last, team: pass.team)
            try feedForward.record(
                tape.feedForwardInput, addingTo: tape.last, inside: tape.inside, pass: pass)
            feedForwardNorm.apply(to: tape.last, into: output, pass: pass)
        }
    }

    /// Turns the gradient of the layer's output into that of its input, and adds those of its parameters.
    func backward(
        _ gradient: MatrixView, input: MatrixView, tape: LayerTape, rows: TokenRows, pass: BackwardPass
    ) throws(LanguageModelError) {
        let inputGradient = try pass.workspace.matrix(
            .inputGradient, rows: gradient.rowCount, columns: gradient.columnCount)
        if !normalizesBefore { try passNorm(feedForwardNorm, gradient, input: tape.last, pass: pass) }
        try feedForward.backward(
            input: tape.feedForwardInput, inside: tape.inside, outputGradient: gradient,
            inputGradient: inputGradient, pass: pass)
        if normalizesBefore {
            feedForwardNorm.backward(
                input: tape.middle, gradient: inputGradient, addingTo: gradient, pass: pass)
        } else {
            RowCopying.add(inputGradient, to: gradient, team: pass.team)
            try passNorm(attentionNorm, gradient, input: tape.middle, pass: pass)
        }
        try attention.backward(
            input: attentionInput(input, tape), tape: tape, rows: rows, outputGradient: gradient,
            inputGradient: inputGradient, pass: pass)
        if normalizesBefore {
            attentionNorm.backward(input: input, gradient: inputGradient, addingTo: gradient, pass: pass)
        } else {
            RowCopying.add(inputGradient, to: gradient, team: pass.team)
        }
    }

    private func attentionInput(_ input: MatrixView, _ tape: LayerTape) -> MatrixView {
        normalizesBefore ? tape.attentionInput : input
    }

    /// Takes the gradient back through a norm that the whole residual stream went through.
    private func passNorm(
        _ norm: LayerNormLayer, _ gradient: MatrixView, input: MatrixView, pass: BackwardPass
    ) throws(LanguageModelError) {
        let outputGradient = try pass.workspace.matrix(
            .normGradient, rows: gradient.rowCount, columns: gradient.columnCount)
        RowCopying.copy(gradient, to: outputGradient, team: pass.team)
        RowCopying.clear(gradient, team: pass.team)
        norm.backward(input: input, gradient: outputGradient, addingTo: gradient, pass: pass)
    }
}
