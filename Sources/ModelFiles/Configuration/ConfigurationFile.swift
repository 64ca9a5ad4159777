/// Reads a Hugging Face `config.json` of the OPT or Llama family.
///
/// Every field that decides a number must be there and be of its type; a variant that would compute something
/// else is refused by its field.
package enum ConfigurationFile {
    /// The configuration in a file's bytes.
    ///
    /// - Parameters:
    ///   - content: The file's bytes.
    ///   - file: The file's name, for errors.
    package static func read(
        _ content: UnsafeRawBufferPointer, file: String
    ) throws(ModelFileError) -> ModelConfiguration {
        let fields = try JSONFields(
            file: file, content: content, atMost: JSONFields.maximumSettingsBytes)
        let type = try fields.text("model_type")
        let configuration: ModelConfiguration
        switch type {
        case "opt": configuration = try readOPT(fields)
        case "llama": configuration = try readLlama(fields)
        default: throw unsupported(fields, "model_type", "is \(type)", "use a model of type opt or llama")
        }
        try configuration.checkSizes(file: file)
        return configuration
    }

    private static func unsupported(
        _ fields: JSONFields, _ field: String, _ problem: String, _ advice: String
    ) -> ModelFileError {
        fields.error(.unsupported, field, problem, advice: advice)
    }

    private static func readOPT(_ fields: JSONFields) throws(ModelFileError) -> ModelConfiguration {
        try require(fields, "activation_function", is: "relu")
        try require(fields, "_remove_final_layer_norm", is: false, orIfAbsent: false)
        try require(fields, "enable_bias", is: true, orIfAbsent: true)
        try require(fields, "layer_norm_elementwise_affine", is: true, orIfAbsent: true)
        try require(fields, "tie_word_embeddings", is: true, orIfAbsent: true)
        let heads = try fields.positive("num_attention_heads")
        let hidden = try headed(fields, heads: heads)
        return ModelConfiguration(
            family: .opt, vocabularySize: try fields.positive("vocab_size"), hiddenSize: hidden,
            feedForwardSize: try fields.positive("ffn_dim"),
            layerCount: try fields.positive("num_hidden_layers"), headCount: heads, keyValueHeadCount: heads,
            maximumPositions: try fields.positive("max_position_embeddings"),
            embeddingSize: try fields.positive("word_embed_proj_dim"),
            normalizesBefore: try fields.flag("do_layer_norm_before"))
    }

    private static func readLlama(_ fields: JSONFields) throws(ModelFileError) -> ModelConfiguration {
        try require(fields, "hidden_act", is: "silu")
        try require(fields, "attention_bias", is: false, orIfAbsent: false)
        try require(fields, "mlp_bias", is: false, orIfAbsent: false)
        let heads = try fields.positive("num_attention_heads")
        let hidden = try headed(fields, heads: heads)
        let keyValueHeads = try fields.positive("num_key_value_heads")
        guard heads.isMultiple(of: keyValueHeads) else {
            throw fields.error(
                .damaged, "num_key_value_heads", "\(keyValueHeads) does not divide the \(heads) query heads",
                advice: "compare with the model's published config.json")
        }
        if fields["head_dim"] != nil, try fields.positive("head_dim") != hidden / heads {
            throw unsupported(
                fields, "head_dim", "differs from hidden_size / num_attention_heads = \(hidden / heads)",
                "use a model whose heads fill the hidden size")
        }
        return ModelConfiguration(
            family: .llama, vocabularySize: try fields.positive("vocab_size"), hiddenSize: hidden,
            feedForwardSize: try fields.positive("intermediate_size"),
            layerCount: try fields.positive("num_hidden_layers"), headCount: heads,
            keyValueHeadCount: keyValueHeads,
            maximumPositions: try fields.positive("max_position_embeddings"), embeddingSize: hidden,
            normEpsilon: Float(try fields.number("rms_norm_eps")), rotaryBase: Float(try rotaryBase(fields)),
            tiesEmbeddings: try fields.flag("tie_word_embeddings"))
    }

    private static func headed(_ fields: JSONFields, heads: Int) throws(ModelFileError) -> Int {
        let hidden = try fields.positive("hidden_size")
        guard hidden.isMultiple(of: heads) else {
            throw fields.error(
                .damaged, "num_attention_heads", "\(heads) does not divide hidden_size \(hidden)",
                advice: "compare with the model's published config.json")
        }
        return hidden
    }

    /// The rotary base: `rope_theta`, or inside `rope_parameters` as newer versions of transformers write it.
    private static func rotaryBase(_ fields: JSONFields) throws(ModelFileError) -> Double {
        for field in ["rope_scaling", "rope_parameters"] where fields[field] != nil {
            let rope = try fields.object(field)
            for name in ["rope_type", "type"] where rope[name] != nil {
                try require(rope, name, is: "default")
            }
        }
        if fields["rope_parameters"] != nil, fields["rope_theta"] == nil {
            return try fields.object("rope_parameters").number("rope_theta")
        }
        return try fields.number("rope_theta")
    }

    private static func require(
        _ fields: JSONFields, _ field: String, is expected: String
    ) throws(ModelFileError) {
        let value = try fields.text(field)
        guard value == expected else {
            throw unsupported(fields, field, "is \(value)", "only \(expected) is supported")
        }
    }

    private static func require(
        _ fields: JSONFields, _ field: String, is expected: Bool, orIfAbsent fallback: Bool
    ) throws(ModelFileError) {
        guard try fields.flag(field, orIfAbsent: fallback) == expected else {
            throw unsupported(fields, field, "is \(!expected)", "only \(expected) is supported")
        }
    }
}
