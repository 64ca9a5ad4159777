import Kernels
import ModelFiles

/// A decoder layer of the Llama family: attention and feed-forward, each on RMS-normalized input.
struct LlamaDecoderLayer {
    let attentionNorm: RootMeanSquareNormLayer
    let attention: SelfAttention
    let feedForwardNorm: RootMeanSquareNormLayer
    let feedForward: SwiGLUFeedForward

    init(
        _ arena: ParameterArena, index: Int, configuration: ModelConfiguration,
        rotary: RotaryEmbedding
    ) throws(LanguageModelError) {
        let name = "model.layers.\(index)."
        let epsilon = configuration.normEpsilon
        attentionNorm = try RootMeanSquareNormLayer(
            arena, name + "input_layernorm", epsilon: epsilon)
        attention = SelfAttention(
            layer: index,
            projection: try LinearLayer(
                arena, name + "self_attn.q_proj", name + "self_attn.k_proj", name + "self_attn.v_proj",
                hasBias: false),
            output: try LinearLayer(arena, name + "self_attn.o_proj", hasBias: false),
            core: AttentionCore(
                headCount: configuration.headCount,
                keyValueHeadCount: configuration.keyValueHeadCount,
                headSize: configuration.hiddenSize / configuration.headCount),
            rotary: rotary)
        feedForwardNorm = try RootMeanSquareNormLayer(
            arena, name + "post_attention_layernorm", epsilon: epsilon)
        feedForward = SwiGLUFeedForward(
            gateAndUp: try LinearLayer(
                arena, name + "mlp.gate_proj", name + "mlp.up_proj", hasBias: false),
            down: try LinearLayer(arena, name + "mlp.down_proj", hasBias: false))
    }

    /// Takes the residual stream through the layer, in place.
    func apply(
        to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?, pass: ForwardPass
    ) throws(LanguageModelError) {
        let attentionInput = try normalize(residual, attentionNorm, pass: pass)
        try attention.add(
            to: residual, input: attentionInput, rows: rows, cache: cache, pass: pass)
        try feedForward.add(
            to: residual, input: normalize(residual, feedForwardNorm, pass: pass), pass: pass)
    }

    /// Takes the kept rows of the residual stream through the layer.
    func apply(
        to residual: MatrixView, rows: TokenRows, keeping kept: KeptRows, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        let attentionInput = try normalize(residual, attentionNorm, pass: pass)
        let keptRows = try pass.keep(kept, of: residual)
        try attention.add(toKept: keptRows, input: attentionInput, rows: rows, kept: kept, pass: pass)
        try feedForward.add(
            to: keptRows, input: normalize(keptRows, feedForwardNorm, pass: pass), pass: pass)
        return keptRows
    }

    private func normalize(
        _ residual: MatrixView, _ norm: RootMeanSquareNormLayer, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        let normalized = try pass.workspace.matrix(
            .normalized, rows: residual.rowCount, columns: residual.columnCount)
        norm.apply(to: residual, into: normalized, pass: pass)
        return normalized
    }
}
