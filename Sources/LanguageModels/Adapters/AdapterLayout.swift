import ModelFiles

/// The parameters of adapters in arena order: layer by layer, named as peft and the MeZO code name them.
struct AdapterLayout {
    let settings: AdapterSettings
    let configuration: ModelConfiguration

    private var keyWidth: Int {
        configuration.hiddenSize / configuration.headCount * configuration.keyValueHeadCount
    }

    /// All parameters.
    var parameters: [(name: String, shape: [Int], group: ParameterGroup)] {
        (0..<configuration.layerCount).flatMap { layer in
            entries(ofLayer: layer).map { ($0.name, $0.shape, .decoderLayer(layer)) }
        }
    }

    private func entries(ofLayer layer: Int) -> [(name: String, shape: [Int])] {
        let name = attentionName(layer)
        switch settings {
        case .lowRank(let rank, _, let projections):
            return projections.flatMap { projection in
                [
                    (name + Self.module(projection) + ".lora_A.weight", [rank, configuration.hiddenSize]),
                    (name + Self.module(projection) + ".lora_B.weight", [outputs(projection).count, rank]),
                ]
            }
        case .prefix(let tokens):
            return [
                (name + "prefix_keys", [tokens, keyWidth]), (name + "prefix_values", [tokens, keyWidth]),
            ]
        }
    }

    /// Where a layer's adapters stand in an arena of this layout.
    func adapters(
        ofLayer layer: Int, in arena: ParameterArena
    ) throws(LanguageModelError) -> LayerAdapters {
        let name = attentionName(layer)
        switch settings {
        case .lowRank(let rank, let alpha, let projections):
            return LayerAdapters(
                lowRank: try projections.map { projection throws(LanguageModelError) in
                    LowRankAdapter(
                        down: try arena.matrix(name + Self.module(projection) + ".lora_A.weight"),
                        up: try arena.matrix(name + Self.module(projection) + ".lora_B.weight"),
                        scale: Float(alpha / Double(rank)), outputs: outputs(projection))
                })
        case .prefix:
            return LayerAdapters(
                prefix: PrefixAdapter(
                    keys: try arena.matrix(name + "prefix_keys"),
                    values: try arena.matrix(name + "prefix_values")))
        }
    }

    /// The outputs of a projection among those of queries, keys and values joined.
    private func outputs(_ projection: AttentionProjection) -> Range<Int> {
        let queryWidth = configuration.hiddenSize
        switch projection {
        case .query: return 0..<queryWidth
        case .key: return queryWidth..<queryWidth + keyWidth
        case .value: return queryWidth + keyWidth..<queryWidth + 2 * keyWidth
        }
    }

    private func attentionName(_ layer: Int) -> String {
        switch configuration.family {
        case .opt: "model.decoder.layers.\(layer).self_attn."
        case .llama: "model.layers.\(layer).self_attn."
        }
    }

    private static func module(_ projection: AttentionProjection) -> String {
        switch projection {
        case .query: "q_proj"
        case .key: "k_proj"
        case .value: "v_proj"
        }
    }
}
