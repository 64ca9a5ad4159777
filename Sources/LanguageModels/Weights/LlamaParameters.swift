import ModelFiles

/// The parameters of a Llama-family model in arena order.
///
/// Always-tuned parameters come first, then the layers one after another. Inside a layer, matrices that
/// multiply the same input are neighbours (queries, keys, values; gate, up), so that one product computes
/// them. Names are Hugging Face's.
enum LlamaParameters {
    static func layout(
        _ configuration: ModelConfiguration
    ) -> [(name: String, shape: [Int], group: ParameterGroup)] {
        let hidden = configuration.hiddenSize
        var layout: [(name: String, shape: [Int], group: ParameterGroup)] = [
            ("model.embed_tokens.weight", [configuration.vocabularySize, hidden], .alwaysTuned),
            ("model.norm.weight", [hidden], .alwaysTuned),
        ]
        if !configuration.tiesEmbeddings {
            layout.append(("lm_head.weight", [configuration.vocabularySize, hidden], .alwaysTuned))
        }
        for layer in 0..<configuration.layerCount {
            layout += layerEntries(configuration).map {
                (
                    name: "model.layers.\(layer)." + $0.name, shape: $0.shape,
                    group: ParameterGroup.decoderLayer(layer)
                )
            }
        }
        return layout
    }

    private static func layerEntries(
        _ configuration: ModelConfiguration
    ) -> [(name: String, shape: [Int])] {
        let hidden = configuration.hiddenSize
        let inside = configuration.feedForwardSize
        let keyWidth = hidden / configuration.headCount * configuration.keyValueHeadCount
        return [
            ("input_layernorm.weight", [hidden]),
            ("self_attn.q_proj.weight", [hidden, hidden]),
            ("self_attn.k_proj.weight", [keyWidth, hidden]),
            ("self_attn.v_proj.weight", [keyWidth, hidden]),
            ("self_attn.o_proj.weight", [hidden, hidden]),
            ("post_attention_layernorm.weight", [hidden]),
            ("mlp.gate_proj.weight", [inside, hidden]),
            ("mlp.up_proj.weight", [inside, hidden]),
            ("mlp.down_proj.weight", [hidden, inside]),
        ]
    }
}
