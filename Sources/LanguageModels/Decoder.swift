import Kernels

/// What a family of models puts between token ids and the head: embedding, decoder layers, final norm.
///
/// A pass calls `embed`, then `applyLayer` for each layer in order, then `finish`. The steps are apart so that an
/// execution plan may put its own work between layers, or enter in the middle.
protocol Decoder {
    /// The number of decoder layers.
    var layerCount: Int { get }

    /// The residual stream before the first layer, in the workspace's residual slot, [T, C].
    func embed(_ rows: TokenRows, workspace: ActivationWorkspace) throws(LanguageModelError) -> MatrixView

    /// Takes the residual stream through one layer, in place.
    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?,
        workspace: ActivationWorkspace
    ) throws(LanguageModelError)

    /// What the head reads of the given rows of the residual stream, which are overwritten: [R, embedding width].
    func finish(
        _ residualRows: MatrixView, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> MatrixView
}

extension Decoder {
    /// The residual stream after the last layer.
    func run(
        _ rows: TokenRows, cache: KeyValueCache? = nil, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> MatrixView {
        let residual = try embed(rows, workspace: workspace)
        for layer in 0..<layerCount {
            try applyLayer(layer, to: residual, rows: rows, cache: cache, workspace: workspace)
        }
        return residual
    }
}
