import Foundation
import Sandbox
import TestSupport
import Testing

@Suite("Sandbox, making")
struct SandboxMakingTests {
    @Test("the same seed gives the same bytes in every file")
    func sameSeed() throws {
        let first = try WrittenSandbox.shared.get().files
        let second = try WrittenSandbox(seed: 7).files
        #expect(
            first.keys.sorted() == [
                "README.txt", "data/glue/SST-2.zip", "data/squad/dev-v1.1.json",
                "data/squad/train-v1.1.json", "data/superglue/BoolQ.zip", "data/superglue/COPA.zip",
                "models/sandbox-opt/config.json", "models/sandbox-opt/merges.txt",
                "models/sandbox-opt/model.safetensors", "models/sandbox-opt/special_tokens_map.json",
                "models/sandbox-opt/tokenizer_config.json", "models/sandbox-opt/vocab.json",
            ])
        for (name, bytes) in first { #expect(second[name] == bytes, "\(name)") }
    }

    @Test("another seed gives other data, another vocabulary and other weights")
    func otherSeed() throws {
        let first = try WrittenSandbox.shared.get().files
        let second = try WrittenSandbox(seed: 8).files
        #expect(first.keys.sorted() == second.keys.sorted())
        let fixed: Set = ["config.json", "special_tokens_map.json", "tokenizer_config.json"]
        for (name, bytes) in first {
            let isFixed = fixed.contains(URL(fileURLWithPath: name).lastPathComponent)
            #expect((second[name] == bytes) == isFixed, "\(name)")
        }
    }

    @Test("writing over a sandbox gives the new one, with nothing left of the old")
    func writingOver() throws {
        let expected = try WrittenSandbox.shared.get().files
        try TemporaryFolder.with { folder in
            _ = try Sandbox.make(in: folder.path, seed: 3)
            let contents = try Sandbox.make(in: folder.path, seed: 7)
            #expect(try WrittenSandbox.allFiles(under: folder.path) == expected)
            #expect(contents.dataFolder == folder.path("data"))
            #expect(contents.modelFolder == folder.path("models/sandbox-opt"))
        }
    }

    @Test("the README tells the seed and that the weights are random")
    func readme() throws {
        let text = String(
            decoding: try WrittenSandbox.shared.get().files["README.txt", default: []], as: UTF8.self)
        #expect(text.contains("seed 7"))
        #expect(text.contains("RANDOM weights"))
        #expect(text.contains("train 2000, dev 500, test 300"))
    }

    @Test("the sandbox of seed 1 has pretrained weights, unless untrained ones are asked for")
    func pretrained() throws {
        let files = try [nil, SandboxWeights.pretrained, .untrained].map { weights in
            try TemporaryFolder.with { folder in
                _ = try Sandbox.make(in: folder.path, seed: Sandbox.pretrainedSeed, weights: weights)
                return try WrittenSandbox.allFiles(under: folder.path)
            }
        }
        #expect(files[0] == files[1])
        let changed = files[0].keys.filter { files[0][$0] != files[2][$0] }
        #expect(changed.sorted() == ["README.txt", "models/sandbox-opt/model.safetensors"])
        let readme = String(decoding: files[0]["README.txt", default: []], as: UTF8.self)
        #expect(readme.contains("pretrained on texts of this world"))
        #expect(files[0]["models/sandbox-opt/model.safetensors", default: []].count <= 8_000_000)
    }

    @Test("pretrained weights of another seed are refused")
    func pretrainedOfAnotherSeed() throws {
        try TemporaryFolder.with { folder in
            let error = #expect(throws: SandboxError.self) {
                try Sandbox.make(in: folder.path, seed: 2, weights: .pretrained)
            }
            #expect(error?.description.contains("seed 1 alone, not of seed 2") == true)
        }
    }

    @Test("a place where nothing can be written is named with the reason")
    func unwritable() throws {
        try TemporaryFolder.with { folder in
            try Data("in the way".utf8).write(to: URL(fileURLWithPath: folder.path("file")))
            let error = #expect(throws: SandboxError.self) {
                try Sandbox.make(in: folder.path("file"), seed: 7)
            }
            let description = error?.description ?? ""
            #expect(description.hasPrefix(folder.path("file")))
            #expect(description.contains("Not a directory"))
        }
    }
}
