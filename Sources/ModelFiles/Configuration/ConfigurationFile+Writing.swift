import Foundation
package import Kernels
package import Tokenization

extension ConfigurationFile {
    /// The `config.json` of a model of these sizes, as transformers and ``read(_:file:)`` read it.
    ///
    /// Keys are sorted, so the same configuration gives the same text.
    ///
    /// - Parameters:
    ///   - configuration: The sizes.
    ///   - half: The 16-bit format of the weights beside it; nil for float32.
    ///   - tokenizer: Where the special tokens' ids come from, if the model has one.
    package static func text(
        of configuration: ModelConfiguration, half: HalfFormat?, tokenizer: TokenizerDefinition?
    ) throws -> String {
        var fields =
            configuration.family == .opt ? optFields(configuration) : llamaFields(configuration)
        fields["torch_dtype"] = .text(half?.rawValue ?? "float32")
        if configuration.family == .llama {
            if let token = tokenizer?.leadingToken { fields["bos_token_id"] = .integer(Int(token)) }
            if let token = tokenizer?.endOfTextToken { fields["eos_token_id"] = .integer(Int(token)) }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self) + "\n"
    }

    private enum Field: Encodable {
        case text(String)
        case integer(Int)
        case number(Float)
        case flag(Bool)
        case list([String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            case .list(let values): try container.encode(values)
            }
        }
    }

    /// Special tokens are those of every published OPT.
    private static func optFields(_ configuration: ModelConfiguration) -> [String: Field] {
        [
            "_remove_final_layer_norm": .flag(false), "activation_function": .text("relu"),
            "architectures": .list(["OPTForCausalLM"]), "attention_dropout": .number(0),
            "bos_token_id": .integer(2), "do_layer_norm_before": .flag(configuration.normalizesBefore),
            "dropout": .number(0), "enable_bias": .flag(true), "eos_token_id": .integer(2),
            "ffn_dim": .integer(configuration.feedForwardSize),
            "hidden_size": .integer(configuration.hiddenSize),
            "layer_norm_elementwise_affine": .flag(true), "layerdrop": .number(0),
            "max_position_embeddings": .integer(configuration.maximumPositions),
            "model_type": .text("opt"), "num_attention_heads": .integer(configuration.headCount),
            "num_hidden_layers": .integer(configuration.layerCount), "pad_token_id": .integer(1),
            "tie_word_embeddings": .flag(true), "vocab_size": .integer(configuration.vocabularySize),
            "word_embed_proj_dim": .integer(configuration.embeddingSize),
        ]
    }

    private static func llamaFields(_ configuration: ModelConfiguration) -> [String: Field] {
        [
            "architectures": .list(["LlamaForCausalLM"]), "attention_bias": .flag(false),
            "hidden_act": .text("silu"), "hidden_size": .integer(configuration.hiddenSize),
            "intermediate_size": .integer(configuration.feedForwardSize),
            "max_position_embeddings": .integer(configuration.maximumPositions), "mlp_bias": .flag(false),
            "model_type": .text("llama"), "num_attention_heads": .integer(configuration.headCount),
            "num_hidden_layers": .integer(configuration.layerCount),
            "num_key_value_heads": .integer(configuration.keyValueHeadCount),
            "rms_norm_eps": .number(configuration.normEpsilon),
            "rope_theta": .number(configuration.rotaryBase),
            "tie_word_embeddings": .flag(configuration.tiesEmbeddings),
            "vocab_size": .integer(configuration.vocabularySize),
        ]
    }
}
