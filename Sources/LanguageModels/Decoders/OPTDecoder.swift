import Kernels
import ModelFiles

/// OPT: learned positions, LayerNorm, ReLU, biases everywhere.
///
/// Source: Zhang et al. 2022, arXiv 2205.01068. opt-350m alone normalizes after its blocks, has no final
/// norm, and embeds tokens in fewer columns than the residual stream has, with projections in and out.
struct OPTDecoder: Decoder {
    let tokenTable: EmbeddingTable
    let positionTable: EmbeddingTable
    let projectionIn: LinearLayer?
    let projectionOut: LinearLayer?
    let layers: [OPTDecoderLayer]
    let finalNorm: LayerNormLayer?

    init(
        _ arena: ParameterArena, configuration: ModelConfiguration
    ) throws(LanguageModelError) {
        let name = "model.decoder."
        let projects = configuration.embeddingSize != configuration.hiddenSize
        tokenTable = try EmbeddingTable(arena, name + "embed_tokens.weight")
        positionTable = try EmbeddingTable(arena, name + "embed_positions.weight")
        projectionIn = projects ? try LinearLayer(arena, name + "project_in", hasBias: false) : nil
        projectionOut = projects ? try LinearLayer(arena, name + "project_out", hasBias: false) : nil
        layers = try (0..<configuration.layerCount).map { index throws(LanguageModelError) in
            try OPTDecoderLayer(arena, index: index, configuration: configuration)
        }
        finalNorm =
            configuration.normalizesBefore
            ? try LayerNormLayer(
                arena, name + "final_layer_norm", epsilon: configuration.normEpsilon) : nil
    }

    var layerCount: Int { layers.count }

    var hiddenSize: Int { positionTable.width }

    func embed(
        _ rows: TokenRows, into residual: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        if let projectionIn {
            let embedded = try pass.workspace.matrix(
                .normalized, rows: rows.count, columns: tokenTable.width)
            tokenTable.gather(rows.tokens, into: embedded, pass: pass)
            try projectionIn.apply(to: embedded, into: residual, pass: pass)
        } else {
            tokenTable.gather(rows.tokens, into: residual, pass: pass)
        }
        // Padding stands at -1 and so reads row 1, as it does in the reference implementation.
        positionTable.gather(
            rows.positions.map { $0 + Int32(OPTParameters.positionOffset) }, into: residual,
            accumulating: true, pass: pass)
    }

    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?, pass: ForwardPass
    ) throws(LanguageModelError) {
        try layers[index].apply(to: residual, rows: rows, cache: cache, pass: pass)
    }

    func applyLayer(
        _ index: Int, to residual: MatrixView, rows: TokenRows, keeping kept: KeptRows, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        try layers[index].apply(to: residual, rows: rows, keeping: kept, pass: pass)
    }

    func finish(
        _ residualRows: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        finalNorm?.apply(to: residualRows, into: residualRows, pass: pass)
        guard let projectionOut else { return residualRows }
        let projected = try pass.workspace.matrix(
            .normalized, rows: residualRows.rowCount, columns: projectionOut.outputWidth)
        try projectionOut.apply(to: residualRows, into: projected, pass: pass)
        return projected
    }
}
