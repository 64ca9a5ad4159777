import Kernels
import ModelFiles

/// A decoder layer of OPT: attention and feed-forward, each with its norm before it or after it.
struct OPTDecoderLayer {
    let attentionNorm: LayerNormLayer
    let attention: SelfAttention
    let feedForwardNorm: LayerNormLayer
    let feedForward: ReLUFeedForward
    let normalizesBefore: Bool

    init(
        _ arena: ParameterArena, index: Int, configuration: ModelConfiguration
    ) throws(LanguageModelError) {
        let name = "model.decoder.layers.\(index)."
        let epsilon = configuration.normEpsilon
        attentionNorm = try LayerNormLayer(arena, name + "self_attn_layer_norm", epsilon: epsilon)
        attention = SelfAttention(
            layer: index,
            projection: try LinearLayer(
                arena, name + "self_attn.q_proj", name + "self_attn.k_proj", name + "self_attn.v_proj",
                hasBias: true),
            output: try LinearLayer(arena, name + "self_attn.out_proj", hasBias: true),
            core: AttentionCore(
                headCount: configuration.headCount, keyValueHeadCount: configuration.headCount,
                headSize: configuration.hiddenSize / configuration.headCount),
            rotary: nil)
        feedForwardNorm = try LayerNormLayer(arena, name + "final_layer_norm", epsilon: epsilon)
        feedForward = ReLUFeedForward(
            first: try LinearLayer(arena, name + "fc1", hasBias: true),
            second: try LinearLayer(arena, name + "fc2", hasBias: true))
        normalizesBefore = configuration.normalizesBefore
    }

    /// Takes the residual stream through the layer, in place.
    func apply(
        to residual: MatrixView, rows: TokenRows, cache: KeyValueCache?, pass: ForwardPass
    ) throws(LanguageModelError) {
        let attentionInput = try input(of: residual, norm: attentionNorm, pass: pass)
        try attention.add(
            to: residual, input: attentionInput, rows: rows, cache: cache, pass: pass)
        try finish(residual, pass: pass)
    }

    /// Takes the kept rows of the residual stream through the layer.
    func apply(
        to residual: MatrixView, rows: TokenRows, keeping kept: KeptRows, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        let attentionInput = try input(of: residual, norm: attentionNorm, pass: pass)
        let keptRows = try pass.keep(kept, of: residual)
        try attention.add(toKept: keptRows, input: attentionInput, rows: rows, kept: kept, pass: pass)
        try finish(keptRows, pass: pass)
        return keptRows
    }

    // What follows the attention block.
    private func finish(_ residual: MatrixView, pass: ForwardPass) throws(LanguageModelError) {
        if !normalizesBefore { attentionNorm.apply(to: residual, into: residual, pass: pass) }
        let feedForwardInput = try input(of: residual, norm: feedForwardNorm, pass: pass)
        try feedForward.add(to: residual, input: feedForwardInput, pass: pass)
        if !normalizesBefore { feedForwardNorm.apply(to: residual, into: residual, pass: pass) }
    }

    // The rows a block reads: normalized copies, or with norms after the blocks the residual itself.
    private func input(
        of residual: MatrixView, norm: LayerNormLayer, pass: ForwardPass
    ) throws(LanguageModelError) -> MatrixView {
        guard normalizesBefore else { return residual }
        let normalized = try pass.workspace.matrix(
            .normalized, rows: residual.rowCount, columns: residual.columnCount)
        norm.apply(to: residual, into: normalized, pass: pass)
        return normalized
    }
}
