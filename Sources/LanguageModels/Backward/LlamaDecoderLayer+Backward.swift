import Kernels

extension LlamaDecoderLayer {
    /// Takes the residual stream from `input` to `output` and keeps what the backward pass needs.
    func record(
        _ input: MatrixView, into output: MatrixView, tape: LayerTape, rows: TokenRows, pass: ForwardPass
    ) throws(LanguageModelError) {
        attentionNorm.apply(to: input, into: tape.attentionInput, pass: pass)
        RowCopying.copy(input, to: tape.middle, team: pass.team)
        try attention.record(
            tape.attentionInput, addingTo: tape.middle, tape: tape, rows: rows, pass: pass)
        feedForwardNorm.apply(to: tape.middle, into: tape.feedForwardInput, pass: pass)
        RowCopying.copy(tape.middle, to: output, team: pass.team)
        try feedForward.record(tape.feedForwardInput, addingTo: output, inside: tape.inside, pass: pass)
    }

    /// Turns the gradient of the layer's output into that of its input, and adds those of its parameters.
    func backward(
        _ gradient: MatrixView, input: MatrixView, tape: LayerTape, rows: TokenRows, pass: BackwardPass
    ) throws(LanguageModelError) {
        let inputGradient = try pass.workspace.matrix(
            .inputGradient, rows: gradient.rowCount, columns: gradient.columnCount)
        try feedForward.backward(
            input: tape.feedForwardInput, inside: tape.inside, outputGradient: gradient,
            inputGradient: inputGradient, pass: pass)
        feedForwardNorm.backward(
            input: tape.middle, gradient: inputGradient, addingTo: gradient, pass: pass)
        try attention.backward(
            input: tape.attentionInput, tape: tape, rows: rows, outputGradient: gradient,
            inputGradient: inputGradient, pass: pass)
        attentionNorm.backward(input: input, gradient: inputGradient, addingTo: gradient, pass: pass)
    }
}
