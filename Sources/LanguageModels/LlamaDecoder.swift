import Kernels
import ModelFiles

/// The Llama family: rotary positions, RMSNorm, SwiGLU, grouped-query attention, no biases.
///
/// Source: Touvron et al. 2023, arXiv 2302.13971.
struct LlamaDecoder: Decoder {
    private let tokenTable: MatrixView
    private let layers: [LlamaDecoderLayer]
    private let finalNorm: RootMeanSquareNormLayer
    private let team: ThreadTeam

    init(
        _ arena: ParameterArena, configuration: ModelConfiguration, team: ThreadTeam
    ) throws(LanguageModelError) {
        let rotary: RotaryEmbedding
        do {
            rotary = try RotaryEmbedding(
                headSize: configuration.hiddenSize / configuration.headCount,
                positionCount: configuration.maximumPositions, base: configuration.rotaryBase)
        } catch {
            throw .outOfMemory(error)
        }
        tokenTable = try arena.matrix("model.embed_tokens.weight")
        layers = try (0..<configuration.layerCount).map { index throws(LanguageModelError) in
            try LlamaDecoderLayer(arena, index: index, configuration: configuration, rotary: rotary)
        }
        finalNorm = try RootMeanSquareNormLayer(
            arena, "model.norm", epsilon: configuration.normEpsilon)
        self.team = team
    }

    var layerCount: Int { layers.count }

    func embed(
        _ rows: TokenRows, workspace: ActivationWorkspace
    ) throws(LanguageModelError) -> MatrixView {
        let residual = try workspace.matrix(
            .residual, rows: rows.count, columns: tokenTable.columnCount)
        RowGathering.gather(rows.tokens, from: tokenTable, into: residual, team: team)
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
        finalNorm.apply(to: residualRows, into: residualRows, team: team)
        return residualRows
    }
}
