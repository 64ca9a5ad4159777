import Kernels

/// What a family of models puts between token ids and the head: embedding, decoder layers, final norm.
///
/// A pass calls `embed`, then `applyLayer` for each layer in order, then `finish`. The steps are apart so
/// that a pass may put its own work between layers.
protocol Decoder {
    /// The number of decoder layers.
    var layerCount: Int { get }

    /// The width of the residual stream.
    var hiddenSize: Int { get }

    /// Writes the residual stream before the first layer, [T, C].
    func embed(_ rows: TokenRows, into residual: MatrixView, pass: ForwardPass) throws(LanguageModelError)

    /// Takes the residual stream through one layer, in place.
    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?, pass: ForwardPass
    ) throws(LanguageModelError)

    /// Takes some rows of the residual stream through one layer; the others only give keys and values.
    ///
    /// - Returns: The kept rows, [R, C], in the workspace.
    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, keeping kept: KeptRows, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView

    /// What the head reads of the given rows of the residual stream, which are overwritten: [R, embedding
    /// width].
    func finish(
        _ residualRows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView
}

extension Decoder {
    /// The residual stream after the last layer, in the workspace.
    func run(
        _ rows: TokenRows, cache: KeyValueCache? = nil, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        let residual = try pass.workspace.matrix(.residual, rows: rows.count, columns: hiddenSize)
        try embed(rows, into: residual, pass: pass)
        for layer in 0..<layerCount {
            try applyLayer(layer, to: residual, rows: rows, cache: cache, pass: pass)
        }
        return residual
    }
}

extension ForwardPass {
    /// The kept rows of the residual stream, side by side in the workspace.
    func keep(_ kept: KeptRows, of residual: MatrixView) throws(LanguageModelError) -> MatrixView {
        let rows = try workspace.matrix(
            .keptRows, rows: kept.rows.count, columns: residual.columnCount)
        RowGathering.gather(kept.rows, from: residual, into: rows, team: team)
        return rows
    }
}
