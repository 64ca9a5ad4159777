import Foundation
import ModelFiles
import Sandbox
import TestSupport
import Testing
import Tokenization

@Suite("Sandbox, model")
struct SandboxModelTests {
    private let sandbox: WrittenSandbox

    init() throws { sandbox = try WrittenSandbox.shared.get() }

    private func file(_ name: String) -> Data {
        Data(sandbox.files["models/sandbox-opt/" + name, default: []])
    }

    @Test("the vocabulary has the four special tokens, all bytes, and what the merges make")
    func vocabulary() throws {
        let ids = try JSONDecoder().decode([String: Int].self, from: file("vocab.json"))
        #expect(ids.values.sorted() == Array(0..<512))
        #expect(["<s>", "<pad>", "</s>", "<unk>"].map { ids[$0] } == [0, 1, 2, 3])
        for byte in ByteAlphabet.scalars { #expect((4..<260).contains(ids[String(byte)] ?? -1)) }
        let lines = String(decoding: file("merges.txt"), as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "#version: 0.2")
        var made: Set<String> = []
        for line in lines.dropFirst() {
            let pair = line.components(separatedBy: " ")
            #expect(pair.count == 2)
            // Both halves exist already: bytes, or made by an earlier merge.
            for half in pair { #expect(made.contains(half) || ids[half].map { $0 < 260 } == true) }
            made.insert(pair.joined())
        }
        #expect(made == Set(ids.filter { $0.value >= 260 }.keys))
    }

    @Test("the configuration is that of an OPT with 12 layers of width 64")
    func configuration() throws {
        let fields = try #require(
            try JSONSerialization.jsonObject(with: file("config.json")) as? [String: Any])
        #expect(fields["model_type"] as? String == "opt")
        let sizes = [
            "vocab_size": 512, "hidden_size": 64, "ffn_dim": 256, "num_hidden_layers": 12,
            "num_attention_heads": 4, "max_position_embeddings": 256, "word_embed_proj_dim": 64,
        ]
        for (name, size) in sizes { #expect(fields[name] as? Int == size, "\(name)") }
    }

    /// Opens the model as a run would, by name in the folder above it.
    private func withModel(_ body: (ModelSource) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let contents = try Sandbox.make(in: folder.path, seed: 7)
            let above = URL(fileURLWithPath: contents.modelFolder).deletingLastPathComponent().path
            try body(ModelCatalog.locate(name: "sandbox-opt", in: [above]))
        }
    }

    @Test("our readers open it under its name, with the known shape")
    func opening() throws {
        try withModel { model in
            #expect(model.configuration == KnownModels.configuration(named: "sandbox-opt"))
            #expect(model.tokenizer?.leadingToken == 2)
            #expect(model.tokenizer?.tokens.count == 512)
            #expect(model.weights.tensorNames.count == 196)
        }
    }

    @Test("weights are normal with standard deviation 0.02, biases 0, norms 1, the padding row 0")
    func weights() throws {
        try withModel { model in
            var drawn: [Double] = []
            for name in model.weights.tensorNames {
                let shape = try #require(model.weights.shape(of: name))
                var elements = [Float](repeating: .nan, count: shape.reduce(1, *))
                let trouble = elements.withUnsafeMutableBufferPointer { buffer in
                    Result { () throws(ModelFileError) in try model.weights.read(name, into: buffer) }
                }
                try trouble.get()
                if name.hasSuffix("norm.weight") {
                    #expect(elements.allSatisfy { $0 == 1 })
                } else if name.hasSuffix("bias") {
                    #expect(elements.allSatisfy { $0 == 0 })
                } else if name.hasSuffix("embed_tokens.weight") {
                    #expect(elements[64..<128].allSatisfy { $0 == 0 })
                    drawn += (elements[..<64] + elements[128...]).map(Double.init)
                } else {
                    drawn += elements.map(Double.init)
                }
            }
            let count = Double(drawn.count)
            let mean = drawn.reduce(0, +) / count
            let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            // Four standard errors of the mean and of the standard deviation.
            #expect(abs(mean) < 4 * 0.02 / count.squareRoot())
            #expect(abs(variance.squareRoot() - 0.02) < 4 * 0.02 / (2 * count).squareRoot())
            #expect(Set(drawn).count > drawn.count * 9 / 10, "no draw is used for two tensors")
        }
    }

    @Test("its tokenizer gives every text back, in few tokens and within the model's positions")
    func tokenizing() throws {
        try withModel { model in
            let tokenizer = try Tokenizer(try #require(model.tokenizer))
            var corpus = SandboxCorpus(seed: 7)
            var tokenCount = 0
            var wordCount = 0
            for text in corpus.texts(500) {
                let tokens = tokenizer.encodeWithLeadingToken(text)
                #expect(tokenizer.decode(tokens, skippingSpecialTokens: true) == text)
                // 50 new tokens must fit behind a prompt.
                #expect(tokens.count + 50 <= 256)
                tokenCount += tokens.count
                wordCount += text.split { $0 == " " || $0 == "\n" }.count
            }
            #expect(Double(tokenCount) / Double(wordCount) < 2.3)
        }
    }
}
