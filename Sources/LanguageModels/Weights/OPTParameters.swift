import ModelFiles

/// The parameters of an OPT model in arena order.
///
/// Always-tuned parameters come first, then the layers one after another. Inside a layer, matrices that
/// multiply the same input are neighbours (queries, keys, values), as are their biases, so that one product
/// computes them. Names are Hugging Face's.
enum OPTParameters {
    /// Positions 0 and 1 of the position table are never used by a token: OPT counts from 2.
    static let positionOffset = 2

    static func layout(
        _ configuration: ModelConfiguration
    ) -> [(name: String, shape: [Int], group: ParameterGroup)] {
        let hidden = configuration.hiddenSize
        let embedding = configuration.embeddingSize
        var entries: [(name: String, shape: [Int])] = [
            ("embed_tokens.weight", [configuration.vocabularySize, embedding]),
            ("embed_positions.weight", [configuration.maximumPositions + positionOffset, hidden]),
        ]
        if embedding != hidden {
            entries.append(("project_out.weight", [embedding, hidden]))
            entries.append(("project_in.weight", [hidden, embedding]))
        }
        if configuration.normalizesBefore {
            entries.append(("final_layer_norm.weight", [hidden]))
            entries.append(("final_layer_norm.bias", [hidden]))
        }
        var layout = entries.map {
            (name: "model.decoder." + $0.name, shape: $0.shape, group: ParameterGroup.alwaysTuned)
        }
        for layer in 0..<configuration.layerCount {
            layout += layerEntries(configuration).map {
                (
                    name: "model.decoder.layers.\(layer)." + $0.name, shape: $0.shape,
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
        return [
            ("self_attn_layer_norm.weight", [hidden]),
            ("self_attn_layer_norm.bias", [hidden]),
            ("self_attn.q_proj.weight", [hidden, hidden]),
            ("self_attn.k_proj.weight", [hidden, hidden]),
            ("self_attn.v_proj.weight", [hidden, hidden]),
            ("self_attn.q_proj.bias", [hidden]),
            ("self_attn.k_proj.bias", [hidden]),
            ("self_attn.v_proj.bias", [hidden]),
            ("self_attn.out_proj.weight", [hidden, hidden]),
            ("self_attn.out_proj.bias", [hidden]),
            ("final_layer_norm.weight", [hidden]),
            ("final_layer_norm.bias", [hidden]),
            ("fc1.weight", [inside, hidden]),
            ("fc1.bias", [inside]),
            ("fc2.weight", [hidden, inside]),
            ("fc2.bias", [hidden]),
        ]
    }
}
