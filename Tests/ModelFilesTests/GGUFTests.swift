import ModelFiles
import Testing
import Tokenization

@Suite("GGUF")
struct GGUFTests {
    static let file = "Tiny-Llama.Q4_1.gguf"

    private func trouble(_ bytes: [UInt8]) throws -> ModelFileError? {
        try withTemporaryFolder { folder in
            try write(bytes, to: folder + "/tiny.gguf")
            return troubleOfReading(folder + "/tiny.gguf")
        }
    }

    @Test("every quantisation gives gguf's bits under Hugging Face's names, rotary rows put back")
    func reading() throws {
        let source = try openModel(fixtures + Self.file)
        let expected = try ExpectedModels.tensors(Self.file)
        #expect(expected.count == 21)
        for (name, tensor) in expected {
            #expect(try readTensor(name, of: source.weights) == tensor, "\(name)")
        }
        #expect(source.weights.tensorNames == expected.keys.sorted())
    }

    @Test("version 2 reads as version 3 does")
    func version2() throws {
        var bytes = try fixtureBytes(Self.file)
        bytes[4] = 2
        let read = try withTemporaryFolder { folder in
            try write(bytes, to: folder + "/tiny.gguf")
            return try readAll(openModel(folder + "/tiny.gguf").weights)
        }
        #expect(try read == ExpectedModels.tensors(Self.file))
    }

    @Test("the metadata give the shape")
    func configuration() throws {
        #expect(
            try openModel(fixtures + Self.file).configuration
                == ModelConfiguration(
                    family: .llama, vocabularySize: 40, hiddenSize: 32, feedForwardSize: 64, layerCount: 2,
                    headCount: 2, keyValueHeadCount: 1, maximumPositions: 64, embeddingSize: 32,
                    normEpsilon: 1e-5,
                    rotaryBase: 20_000, tiesEmbeddings: false))
    }

    @Test("the metadata give the tokenizer")
    func tokenizer() throws {
        let tokenizer = try #require(try openModel(fixtures + Self.file).tokenizer)
        #expect(tokenizer.tokens.count == 40)
        #expect(tokenizer.tokens[0...3] == ["<|end|>", "<|start|>", "a", "b"])
        #expect(tokenizer.merges == [["a", "b"], ["ab", "c"]])
        #expect(tokenizer.preTokenizer == .singleDigitsThenGPT2)
        #expect(tokenizer.leadingToken == 1)
        #expect(tokenizer.endOfTextToken == 0)
        #expect(tokenizer.specialTokens.count == 11)
        #expect(tokenizer.specialTokens["<|start|>"] == 1)
        #expect(tokenizer.specialTokens["<unused8>"] == 39)
        #expect(tokenizer.sha256.count == 64)
    }

    @Test("every shorter file is refused")
    func truncation() throws {
        let bytes = try fixtureBytes(Self.file)
        for length in stride(from: 0, to: bytes.count, by: 211) + [1, 4, 8, 16, 24, bytes.count - 1] {
            let error = try trouble(Array(bytes.prefix(length)))
            #expect(error?.kind == .damaged, "\(length): \(String(describing: error))")
        }
    }

    @Test(
        "what is not supported is refused by its key",
        arguments: [
            ("smollm", "llamas", "llamas; use a model with one of gpt-2, smollm"),
            ("gpt2", "bert", "tokenizer.ggml.model: is bert"),
            ("llama", "llamb", "general.architecture: is llamb"),
            ("llama.block_count", "llama.block_counx", "llama.block_count: is missing"),
            ("blk.1.attn_q.weight", "blk.1.attn_x.weight", "tensor blk.1.attn_x.weight"),
            (
                "blk.1.attn_q.weight", "blk.7.attn_q.weight",
                "model.layers.1.self_attn.q_proj.weight: is not there"
            ),
            ("blk.1.attn_q.weight", "blk.0.attn_q.weight", "blk.0.attn_q.weight stands twice"),
            (
                "ab c", "ab_c",
                "tokenizer.ggml.merges[1]: two tokens and a space were expected, \"ab_c\" was found"
            ),
        ])
    func unsupported(old: String, new: String, words: String) throws {
        let error = try trouble(replacing(old, with: new, in: try fixtureBytes(Self.file)))
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("an unknown tensor type is refused with the tensor's name and the type's number")
    func unknownType() throws {
        var bytes = try fixtureBytes(Self.file)
        // After the name stand the number of dimensions, two sizes, and the type.
        let name = Array("blk.0.attn_q.weight".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[start + name.count + 20] = 12
        let error = try trouble(bytes)
        #expect(error?.kind == .unsupported)
        #expect(error?.description.contains("tensor blk.0.attn_q.weight: its type number is 12") == true)
    }

    @Test("big-endian and unknown versions are refused as such")
    func versions() throws {
        var bytes = try fixtureBytes(Self.file)
        bytes.replaceSubrange(4..<8, with: [0, 0, 0, 3])
        #expect(try trouble(bytes)?.description.contains("big endian") == true)
        bytes.replaceSubrange(4..<8, with: [9, 0, 0, 0])
        #expect(try trouble(bytes)?.description.contains("version 9") == true)
    }
}
