import Kernels
import ModelFiles
import Testing

@Suite("config.json")
struct ConfigurationFileTests {
    private func read(_ bytes: [UInt8]) throws -> ModelConfiguration {
        try bytes.withUnsafeBytes { try ConfigurationFile.read($0, file: "dir/config.json") }
    }

    @Test("a file of more values, or of more bytes, than any settings have is refused with the place")
    func bounds() throws {
        let values =
            Array("{\"a\":[\n".utf8) + (0..<4_000_100).flatMap { _ in [0x5b, 0x5d, 0x2c] as [UInt8] }
        let many = #expect(throws: ModelFileError.self) { try read(values + Array("0]}".utf8)) }
        #expect(
            many?.description.contains("dir/config.json: line 2, byte") == true, "\(String(describing: many))"
        )
        #expect(many?.description.contains("more than 4000000 values") == true)
        let large = #expect(throws: ModelFileError.self) {
            try read([UInt8](repeating: 0x20, count: (16 << 20) + 1))
        }
        #expect(large?.description.contains("has 16777217 bytes, more than the 16777216") == true)
    }

    @Test("OPT's fields, before and after norm")
    func opt() throws {
        let before = ModelConfiguration(
            family: .opt, vocabularySize: 20, hiddenSize: 8, feedForwardSize: 16, layerCount: 2, headCount: 2,
            keyValueHeadCount: 2, maximumPositions: 6, embeddingSize: 8)
        #expect(try read(fixtureBytes("opt-f32/config.json")) == before)
        var after = before
        after.embeddingSize = 4
        after.normalizesBefore = false
        #expect(try read(fixtureBytes("opt-post/config.json")) == after)
    }

    @Test("Llama's fields, with the rotary base in either place")
    func llama() throws {
        let expected = ModelConfiguration(
            family: .llama, vocabularySize: 20, hiddenSize: 8, feedForwardSize: 12, layerCount: 2,
            headCount: 4,
            keyValueHeadCount: 2, maximumPositions: 32, embeddingSize: 8, normEpsilon: 1e-5, rotaryBase: 5000,
            tiesEmbeddings: false)
        let bytes = try fixtureBytes("llama-untied/config.json")
        #expect(try read(bytes) == expected)
        let former = replacing(
            "\"rope_parameters\": {", with: "\"rope_theta\": 5000, \"rope_scaling\": {", in: bytes)
        #expect(try read(former) == expected)
        let nothing = replacing("\"rope_parameters\"", with: "\"rope_theta\": 5000, \"unused\"", in: bytes)
        #expect(try read(nothing) == expected)
    }

    @Test(
        "a configuration that is written is read back the same, whatever its family",
        arguments: KnownModels.names)
    func written(name: String) throws {
        let configuration = try #require(KnownModels.configuration(named: name))
        let text = try ConfigurationFile.text(of: configuration, half: .bfloat16, tokenizer: nil)
        #expect(try read(Array(text.utf8)) == configuration)
        #expect(text.contains("\"torch_dtype\" : \"bfloat16\""))
        var untied = configuration
        if configuration.family == .llama { untied.tiesEmbeddings = false }
        untied.normEpsilon = configuration.family == .llama ? 1e-6 : 1e-5
        let other = try ConfigurationFile.text(of: untied, half: nil, tokenizer: nil)
        #expect(try read(Array(other.utf8)) == untied)
    }

    @Test(
        "every missing or mistyped OPT field is named",
        arguments: [
            "model_type", "vocab_size", "hidden_size", "ffn_dim", "num_hidden_layers", "num_attention_heads",
            "max_position_embeddings", "word_embed_proj_dim", "do_layer_norm_before", "activation_function",
        ])
    func optFields(field: String) throws {
        try fields(field, of: "opt-f32/config.json")
    }

    @Test(
        "every missing or mistyped Llama field is named",
        arguments: [
            "model_type", "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
            "num_attention_heads", "num_key_value_heads", "max_position_embeddings", "rms_norm_eps",
            "hidden_act",
            "tie_word_embeddings", "rope_theta",
        ])
    func llamaFields(field: String) throws {
        try fields(field, of: "llama-tied/config.json")
    }

    private func fields(_ field: String, of file: String) throws {
        let bytes = try fixtureBytes(file)
        let missing = #expect(throws: ModelFileError.self) {
            try read(replacing("\"\(field)\":", with: "\"x\":", in: bytes))
        }
        #expect(missing?.description.contains("\(field): is missing") == true)
        let mistyped = #expect(throws: ModelFileError.self) {
            try read(replacing("\"\(field)\":", with: "\"\(field)\": [1], \"x\":", in: bytes))
        }
        #expect(mistyped?.description.contains("\(field): ") == true)
        #expect(mistyped?.description.contains("an array of 1 was found") == true)
        #expect(mistyped?.file == "dir/config.json")
    }

    @Test(
        "variants that compute something else are refused",
        arguments: [
            ("opt-f32", "\"relu\"", "\"gelu\"", "activation_function"),
            (
                "opt-f32", "\"_remove_final_layer_norm\": false", "\"_remove_final_layer_norm\": true",
                "_remove_final"
            ),
            ("opt-f32", "\"enable_bias\": true", "\"enable_bias\": false", "enable_bias"),
            ("opt-f32", "\"model_type\": \"opt\"", "\"model_type\": \"gpt2\"", "model_type"),
            ("opt-f32", "\"num_attention_heads\": 2", "\"num_attention_heads\": 3", "num_attention_heads"),
            ("llama-tied", "\"silu\"", "\"gelu\"", "hidden_act"),
            ("llama-tied", "\"attention_bias\": false", "\"attention_bias\": true", "attention_bias"),
            ("llama-tied", "\"rope_type\": \"default\"", "\"rope_type\": \"llama3\"", "rope_type: is llama3"),
            ("llama-tied", "\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3", "num_key_value_heads"),
            ("llama-tied", "\"head_dim\": 2", "\"head_dim\": 4", "head_dim"),
            ("opt-f32", "\"ffn_dim\": 16", "\"ffn_dim\": 16.5", "ffn_dim"),
            ("opt-f32", "\"ffn_dim\": 16", "\"ffn_dim\": -16", "ffn_dim"),
            ("opt-f32", "\"ffn_dim\": 16", "\"ffn_dim\": true", "ffn_dim"),
            ("opt-f32", "\"ffn_dim\": 16", "\"ffn_dim\": 016", "016 is no number"),
            ("opt-f32", "\"ffn_dim\": 16,", "\"ffn_dim\": 16", "line"),
            ("opt-f32", "\"ffn_dim\": 16", "\"ffn_dim\": 16, \"ffn_dim\": 16", "stands twice"),
        ])
    func variants(folder: String, old: String, new: String, word: String) throws {
        let bytes = try fixtureBytes(folder + "/config.json")
        let changed = replacing(old, with: new, in: bytes)
        #expect(changed != bytes)
        let error = #expect(throws: ModelFileError.self) { try read(changed) }
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }

    @Test(
        "numbers that no model can be computed with are refused, in Llama's files",
        arguments: [
            ("\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": 1e300", "epsilon is inf"),
            ("\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": -1", "epsilon is -1"),
            ("\"vocab_size\": 20", "\"vocab_size\": 99999999999", "the vocabulary size is"),
            (
                "\"max_position_embeddings\": 32", "\"max_position_embeddings\": 100000000",
                "the position count is"
            ),
            ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1000000", "the layer count is"),
        ])
    func impossibleNumbers(old: String, new: String, words: String) throws {
        let original = try fixtureBytes("llama-untied/config.json")
        let bytes = replacing(old, with: new, in: original)
        try #require(bytes != original)
        let error = #expect(throws: ModelFileError.self) { try read(bytes) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("a rotary base that is not positive is refused", arguments: ["0", "-1", "1e300"])
    func rotaryBase(value: String) throws {
        let bytes = replacing(
            "\"rope_parameters\"", with: "\"rope_theta\": \(value), \"unused\"",
            in: try fixtureBytes("llama-untied/config.json"))
        let error = #expect(throws: ModelFileError.self) { try read(bytes) }
        #expect(error?.description.contains("the rotary base is") == true)
    }

    @Test("heads of an odd number of channels are refused, for rotary embedding turns pairs")
    func oddHeads() throws {
        let bytes = replacing(
            "\"head_dim\": 2", with: "\"head_dim\": 1",
            in: replacing(
                "\"hidden_size\": 8", with: "\"hidden_size\": 4",
                in: try fixtureBytes("llama-untied/config.json")))
        let error = #expect(throws: ModelFileError.self) { try read(bytes) }
        #expect(error?.description.contains("a head is 1 channels wide") == true)
    }
}
