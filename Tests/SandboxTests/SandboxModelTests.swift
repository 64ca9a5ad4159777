import Foundation
import ModelFiles
import Testing
import TestSupport
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
}
