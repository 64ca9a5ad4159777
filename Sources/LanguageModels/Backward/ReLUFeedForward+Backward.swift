import Kernels

extension ReLUFeedForward {
    /// Adds the block's result on `input` to `residual` and keeps the inside in `inside`.
    func record(
        _ input: MatrixView, addingTo residual: MatrixView, inside: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        try first.apply(to: input, into: inside, clampsNegatives: true, pass: pass)
        try second.apply(to: inside, into: residual, accumulating: true, pass: pass)
    }

    /// Adds the gradients of the parameters and writes that of the input.
    func backward(
        input: MatrixView, inside: MatrixView, outputGradient: MatrixView, inputGradient: MatrixView,
        pass: BackwardPass
    ) throws(LanguageModelError) {
        let insideGradient = try pass.workspace.matrix(
            .wideGradient, rows: inside.rowCount, columns: inside.columnCount)
        second.backward(
            input: inside, outputGradient: outputGradient, inputGradient: insideGradient, pass: pass)
        ActivationGradient.relu(insideGradient, output: inside, team: pass.team)
        first.backward(
            input: input, outputGradient: insideGradient, inputGradient: inputGradient, pass: pass)
    }
}
