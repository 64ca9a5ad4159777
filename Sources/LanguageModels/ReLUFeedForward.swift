import Kernels

/// OPT's feed-forward block: `fc2(relu(fc1(x)))`.
struct ReLUFeedForward {
    let first: LinearLayer
    let second: LinearLayer

    /// Adds the block's result on `input` to `residual`; `input` may be the residual itself.
    func add(
        to residual: MatrixView, input: MatrixView, workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let inside = try workspace.matrix(
            .wide, rows: input.rowCount, columns: first.outputWidth)
        MatrixProduct.multiply(
            input, byTransposeOf: first.weight, into: inside,
            finish: first.bias.map { .biasThenReLU($0) } ?? .none, team: team)
        second.apply(to: inside, into: residual, accumulating: true, team: team)
    }
}
