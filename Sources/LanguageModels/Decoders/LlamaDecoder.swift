import Kernels
import ModelFiles

/// The Llama family: rotary positions, RMSNorm, SwiGLU, grouped-query attention, no biases.
///
/// Source: Touvron et al. 2023, arXiv 2302.13971.
struct LlamaDecoder: Decoder {
    let tokenTable: EmbeddingTable
    let layers: [LlamaDecoderLayer]
    let finalNorm: RootMeanSquareNormLayer

    init(
        _ arena: ParameterArena, configuration: ModelConfiguration
    ) throws(LanguageModelError) {
        let rotary: RotaryEmbedding
        do {
            rotary = try RotaryEmbedding(
                headSize: configuration.hiddenSize / configuration.headCount,
                positionCount: configuration.maximumPositions, base: configuration.rotaryBase)
        } catch {
            throw .outOfMemory(error)
        }
        tokenTable = try EmbeddingTable(arena, "model.embed_tokens.weight")
        layers = try (0..<configuration.layerCount).map { index throws(LanguageModelError) in
            try LlamaDecoderLayer(arena, index: index, configuration: configuration, rotary: rotary)
        }
        finalNorm = try RootMeanSquareNormLayer(
            arena, "model.norm", epsilon: configuration.normEpsilon)
    }

    var layerCount: Int { layers.count }

    var hiddenSize: Int { tokenTable.width }

    func embed(
        _ rows: TokenRows, into residual: MatrixView, pass: ForwardPass
    ) throws(LanguageModelError) {
        tokenTable.gather(rows.tokens, into: residual, pass: pass)
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
        finalNorm.apply(to: residualRows, into: residualRows, pass: pass)
        return residualRows
    }
}
