import ModelFiles

/// The sandbox's model in the layout of a Hugging Face folder.
struct SandboxModel {
    /// Twelve layers, so that sparsities 0.25, 0.5 and 0.75 are whole layers; the rest is small.
    static let configuration = ModelConfiguration(
        family: .opt, vocabularySize: SandboxVocabulary.size, hiddenSize: 64, feedForwardSize: 256,
        layerCount: 12, headCount: 4, keyValueHeadCount: 4, maximumPositions: 256, embeddingSize: 64)

    /// Texts of the corpus on which the vocabulary is trained.
    static let trainingTextCount = 4000

    let vocabulary: SandboxVocabulary
    let seed: UInt64
    let weights: SandboxWeights

    /// The model that goes with a seed's data.
    init(data: SandboxData, seed: UInt64, weights: SandboxWeights) {
        self.weights = weights
        var corpus = SandboxCorpus(data: data, seed: seed)
        vocabulary = SandboxVocabulary(texts: corpus.texts(Self.trainingTextCount))
        self.seed = seed
    }

    /// Writes the configuration, the tokenizer and the weights into a folder.
    func write(to folder: String) throws(SandboxError) {
        try SandboxFiles.makeFolder(folder)
        try SandboxFiles.write(Self.configurationFile, to: folder + "/config.json")
        try SandboxFiles.write(vocabulary.vocabularyFile, to: folder + "/vocab.json")
        try SandboxFiles.write(vocabulary.mergesFile, to: folder + "/merges.txt")
        try SandboxFiles.write(
            SandboxVocabulary.tokenizerConfigurationFile, to: folder + "/tokenizer_config.json")
        try SandboxFiles.write(SandboxVocabulary.specialTokensFile, to: folder + "/special_tokens_map.json")
        let path = folder + "/model.safetensors"
        switch weights {
        case .untrained: try writeUntrainedWeights(to: path)
        case .pretrained: try SandboxFiles.write(PretrainedWeights.bytes(seed: seed), to: path)
        }
    }

    private func writeUntrainedWeights(to path: String) throws(SandboxError) {
        do {
            try SafetensorsWriter.write(
                UntrainedWeights(configuration: Self.configuration, seed: seed), to: path,
                metadata: ["origin": "lezobench sandbox, random weights of seed \(seed), never trained"])
        } catch {
            throw SandboxError(error)
        }
    }

    private static var configurationFile: String {
        OrderedJSON.lines([
            ("_remove_final_layer_norm", .boolean(false)), ("activation_function", .text("relu")),
            ("architectures", .array([.text("OPTForCausalLM")])), ("attention_dropout", .number("0.0")),
            ("bos_token_id", .integer(2)), ("do_layer_norm_before", .boolean(true)),
            ("dropout", .number("0.0")), ("enable_bias", .boolean(true)), ("eos_token_id", .integer(2)),
            ("ffn_dim", .integer(configuration.feedForwardSize)),
            ("hidden_size", .integer(configuration.hiddenSize)), ("init_std", .number("0.02")),
            ("layer_norm_elementwise_affine", .boolean(true)), ("layerdrop", .number("0.0")),
            ("max_position_embeddings", .integer(configuration.maximumPositions)),
            ("model_type", .text("opt")), ("num_attention_heads", .integer(configuration.headCount)),
            ("num_hidden_layers", .integer(configuration.layerCount)), ("pad_token_id", .integer(1)),
            ("tie_word_embeddings", .boolean(true)), ("torch_dtype", .text("float32")),
            ("use_cache", .boolean(true)), ("vocab_size", .integer(configuration.vocabularySize)),
            ("word_embed_proj_dim", .integer(configuration.embeddingSize)),
        ])
    }
}
