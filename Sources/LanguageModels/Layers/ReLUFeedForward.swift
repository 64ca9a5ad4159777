import Kernels

/// OPT's feed-forward block: `fc2(relu(fc1(x)))`.
struct ReLUFeedForward {
    let first: LinearLayer
    let second: LinearLayer

    /// Adds the block's result on `input` to `residual`; `input` may be the residual itself.
    func add(
        to residual: MatrixView, input: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        let inside = try pass.workspace.matrix(
            .wide, rows: input.rowCount, columns: first.outputWidth)
        try first.apply(to: input, into: inside, clampsNegatives: true, pass: pass)
        try second.apply(to: inside, into: residual, accumulating: true, pass: pass)
    }
}
