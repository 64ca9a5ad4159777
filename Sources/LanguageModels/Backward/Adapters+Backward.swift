import Kernels

extension BackwardPass {
    /// Adds the gradients of a layer's low-rank adapters, and what they pass back to the gradient of the input.
    ///
    /// With `y = s B A x`: `dB = dy (s A x)ᵀ`, `dA = (s Bᵀ dy) xᵀ`, `dx = Aᵀ (s Bᵀ dy)`.
    /// Shapes: input and inputGradient [T, C], outputGradient [T, outputs of the joined projection].
    func lowRankBackward(
        layer: Int, input: MatrixView, outputGradient: MatrixView, addingTo inputGradient: MatrixView
    ) throws(LanguageModelError) {
        guard let adapters = forward.adapters, let adapterGradient else { return }
        for adapter in adapters.adapters.layers[layer].lowRank {
            let rank = adapter.down.rowCount
            let (down, up) = (
                adapters.view(adapter.down, stream: 0), adapters.view(adapter.up, stream: 0)
            )
            let own = outputGradient.columns(adapter.outputs)
            let inside = try workspace.matrix(.lowRank, rows: input.rowCount, columns: rank)
            MatrixProduct.multiply(
                input, byTransposeOf: down, into: inside, scale: adapter.scale, team: team)
            ProductGradient.addOfWeight(
                own, input: inside, to: adapterGradient.view(adapter.up), team: team)
            let insideGradient = try workspace.matrix(
                .lowRankGradient, rows: input.rowCount, columns: rank)
            ProductGradient.ofInput(
                own, weight: up, into: insideGradient, scale: adapter.scale, team: team)
            ProductGradient.addOfWeight(
                insideGradient, input: input, to: adapterGradient.view(adapter.down), team: team)
            ProductGradient.ofInput(
                insideGradient, weight: down, into: inputGradient, accumulating: true, team: team)
        }
    }

    /// Where the gradients of a layer's prefix are added, if it has one.
    func prefixGradients(layer: Int) -> AttentionPrefix? {
        guard let adapters = forward.adapters, let adapterGradient,
            let prefix = adapters.adapters.layers[layer].prefix
        else { return nil }
        return AttentionPrefix(
            keys: [adapterGradient.view(prefix.keys)], values: [adapterGradient.view(prefix.values)])
    }
}
