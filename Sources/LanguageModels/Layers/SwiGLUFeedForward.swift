import Kernels

/// Llama's feed-forward block: `down(silu(gate(x)) · up(x))`.
struct SwiGLUFeedForward {
    /// Gate and up projections in one product; their columns in this order.
    let gateAndUp: LinearLayer
    let down: LinearLayer

    /// Adds the block's result on `input` to `residual`.
    func add(
        to residual: MatrixView, input: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        let width = gateAndUp.outputWidth / 2
        let inside = try pass.workspace.matrix(.wide, rows: input.rowCount, columns: 2 * width)
        try gateAndUp.apply(to: input, into: inside, pass: pass)
        let gate = inside.columns(0..<width)
        GatedActivation.silu(gate: gate, up: inside.columns(width..<2 * width), team: pass.team)
        try down.apply(to: gate, into: residual, accumulating: true, pass: pass)
    }
}
