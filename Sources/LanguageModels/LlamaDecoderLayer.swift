import Kernels
import ModelFiles

/// A decoder layer of the Llama family: attention and feed-forward, each on RMS-normalized input.
struct LlamaDecoderLayer {
    private let attentionNorm: RootMeanSquareNormLayer
    private let attention: SelfAttention
    private let feedForwardNorm: RootMeanSquareNormLayer
    private let feedForward: SwiGLUFeedForward

    init(
        _ arena: ParameterArena, index: Int, configuration: ModelConfiguration,
        rotary: RotaryEmbedding
    ) throws(LanguageModelError) {
        let name = "model.layers.\(index)."
        let epsilon = configuration.normEpsilon
        attentionNorm = try RootMeanSquareNormLayer(
            arena, name + "input_layernorm", epsilon: epsilon)
        attention = SelfAttention(
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
        to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?, layer: Int,
        workspace: ActivationWorkspace, team: ThreadTeam
    ) throws(LanguageModelError) {
        let normalized = try workspace.matrix(
            .normalized, rows: residual.rowCount, columns: residual.columnCount)
        attentionNorm.apply(to: residual, into: normalized, team: team)
        try attention.add(
            to: residual, input: normalized, rows: rows, cache: cache, layer: layer,
            workspace: workspace, team: team)
        feedForwardNorm.apply(to: residual, into: normalized, team: team)
        try feedForward.add(to: residual, input: normalized, workspace: workspace, team: team)
    }
}
