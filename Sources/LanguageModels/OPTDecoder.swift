import Kernels
import ModelFiles

/// OPT: learned positions, LayerNorm, ReLU, biases everywhere.
///
/// Source: Zhang et al. 2022, arXiv 2205.01068.
/// opt-350m alone normalizes after its blocks, has no final norm, and embeds tokens in fewer columns than the residual
/// stream has, with projections in and out.
struct OPTDecoder: Decoder {
    private let tokenTable: MatrixView
    private let positionTable: MatrixView
    private let projectionIn: LinearLayer?
    private let projectionOut: LinearLayer?
    private let layers: [OPTDecoderLayer]
    private let finalNorm: LayerNormLayer?
    private let team: ThreadTeam

    init(
        _ arena: ParameterArena, configuration: ModelConfiguration, team: ThreadTeam
    ) throws(LanguageModelError) {
        let name = "model.decoder."
        let projects = configuration.embeddingSize != configuration.hiddenSize
        tokenTable = try arena.matrix(name + "embed_tokens.weight")
        positionTable = try arena.matrix(name + "embed_positions.weight")
        projectionIn = projects ? try LinearLayer(arena, name + "project_in", hasBias: false) : nil
        projectionOut = projects ? try LinearLayer(arena, name + "project_out", hasBias: false) : nil
        layers = try (0..<configuration.layerCount).map { index throws(LanguageModelError) in
            try OPTDecoderLayer(arena, index: index, configuration: configuration)
        }
        finalNorm =
            configuration.normalizesBefore
            ? try LayerNormLayer(
                arena, name + "final_layer_norm", epsilon: configuration.normEpsilon) : nil
        self.team = team
    }

    var layerCount: Int { layers.count }

    func embed(
        _ rows: TokenRows, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> MatrixView {
        let residual = try workspace.matrix(
            .residual, rows: rows.count, columns: positionTable.columnCount)
        if let projectionIn {
            let embedded = try workspace.matrix(
                .normalized, rows: rows.count, columns: tokenTable.columnCount)
            RowGathering.gather(rows.tokens, from: tokenTable, into: embedded, team: team)
            projectionIn.apply(to: embedded, into: residual, team: team)
        } else {
            RowGathering.gather(rows.tokens, from: tokenTable, into: residual, team: team)
        }
        // Padding stands at -1 and so reads row 1, as it does in the reference implementation.
        RowGathering.add(
            rows.positions.map { $0 + Int32(OPTParameters.positionOffset) }, from: positionTable,
            into: residual, team: team)
        return residual
    }

    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?,
        workspace: ActivationWorkspace
    ) throws(LanguageModelError) {
        try layers[index].apply(
            to: residual, rows: rows, cache: cache, layer: index, workspace: workspace, team: team)
    }

    func finish(
        _ residualRows: MatrixView, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> MatrixView {
        finalNorm?.apply(to: residualRows, into: residualRows, team: team)
        guard let projectionOut else { return residualRows }
        let projected = try workspace.matrix(
            .normalized, rows: residualRows.rowCount, columns: projectionOut.outputWidth)
        projectionOut.apply(to: residualRows, into: projected, team: team)
        return projected
    }
}
