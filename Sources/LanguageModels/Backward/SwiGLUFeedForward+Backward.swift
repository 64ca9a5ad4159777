import Kernels

extension SwiGLUFeedForward {
    /// Adds the block's result on `input` to `residual` and keeps gate and up, before the gate, in `inside`.
    func record(
        _ input: MatrixView, addingTo residual: MatrixView, inside: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        try gateAndUp.apply(to: input, into: inside, pass: pass)
        let product = try pass.workspace.matrix(.wide, rows: input.rowCount, columns: width)
        RowCopying.copy(inside.columns(0..<width), to: product, team: pass.team)
        GatedActivation.silu(gate: product, up: inside.columns(width..<2 * width), team: pass.team)
        try down.apply(to: product, into: residual, accumulating: true, pass: pass)
    }

    /// Adds the gradients of the parameters and writes that of the input; `inside` is used up.
    func backward(
        input: MatrixView, inside: MatrixView, outputGradient: MatrixView, inputGradient: MatrixView,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        let product = try pass.workspace.matrix(.wideGradient, rows: inside.rowCount, columns: width)
        down.backwardOfInput(outputGradient, into: product, pass: pass)
        // The product itself takes the place of its gradient, and gate and up that of theirs.
        ActivationGradient.silu(
            gate: inside.columns(0..<width), up: inside.columns(width..<2 * width), product: product,
            team: pass.team)
        down.backwardOfParameters(input: product, outputGradient: outputGradient, pass: pass)
        gateAndUp.backward(
            input: input, outputGradient: inside, inputGradient: inputGradient, pass: pass)
    }

    private var width: Int { gateAndUp.outputWidth / 2 }
}
