import Foundation
import ModelFiles
import Testing

@Suite("Hugging Face checkpoints")
struct CheckpointTests {
    static let folders = [
        "opt-f32", "opt-f16", "opt-bf16", "opt-sharded", "opt-bin", "opt-bin-bf16", "opt-bin-old-names",
        "opt-bin-strided", "opt-post", "llama-tied", "llama-untied",
    ]

    @Test("names, shapes and bits are those that the reference libraries read", arguments: folders)
    func reading(folder: String) throws {
        let source = try openModel(fixtures + folder)
        let expected = try ExpectedModels.tensors(folder)
        #expect(try readAll(source.weights) == expected)
        #expect(source.weights.tensorNames == expected.keys.sorted())
        #expect(!expected.isEmpty)
    }

    @Test("the digest is the weights file's, or one over all shards")
    func digests() throws {
        let single = try openModel(fixtures + "opt-f16")
        #expect(single.fileName == "model.safetensors")
        #expect(try single.digest() == FileBytes(mapping: fixtures + "opt-f16/model.safetensors").sha256())
        #expect(single.byteCount == 6528)
        let sharded = try openModel(fixtures + "opt-sharded")
        #expect(sharded.fileName == "model.safetensors.index.json")
        #expect(try sharded.digest().count == 64)
        try withTemporaryFolder { folder in
            let copy = folder + "/copy"
            try FileManager.default.copyItem(atPath: fixtures + "opt-sharded", toPath: copy)
            #expect(try openModel(copy).digest() == sharded.digest())
        }
    }

    @Test("a file that was cut after it was opened has no digest, and nothing worse happens")
    func digestOfCutFile() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/cut.bin"
            try write([UInt8](repeating: 7, count: 3 << 20), to: path)
            let file = try FileBytes(mapping: path)
            let whole = try file.sha256()
            try #require(truncate(path, 1 << 20) == 0)
            let error = #expect(throws: ModelFileError.self) { try file.sha256() }
            #expect(error?.description.contains("cut.bin: byte 1048576: ends here") == true)
            // The bytes of the opened file count, not those that its name has come to stand for.
            try write([UInt8](repeating: 7, count: 3 << 20), to: path)
            let kept = try FileBytes(mapping: path)
            try write([1, 2, 3], to: folder + "/other.bin")
            try #require(rename(folder + "/other.bin", path) == 0)
            #expect(try kept.sha256() == whole)
        }
    }

    @Test("a model whose weights were cut after it was opened says so when its digest is asked for")
    func digestOfCutModel() throws {
        try withTemporaryFolder { folder in
            let copy = folder + "/copy"
            try FileManager.default.copyItem(atPath: fixtures + "opt-f16", toPath: copy)
            let source = try openModel(copy)
            try #require(truncate(copy + "/model.safetensors", 0) == 0)
            let error = #expect(throws: ModelFileError.self) { try source.digest() }
            #expect(error?.description.contains("model.safetensors: byte 0: ends here") == true)
        }
    }

    @Test("a destination of another size is refused and stays untouched")
    func destinations() throws {
        let source = try openModel(fixtures + "opt-f32")
        var values = [Float](repeating: 7, count: 9)
        let error = #expect(throws: ModelFileError.self) {
            try values.withUnsafeMutableBufferPointer {
                try source.weights.read("model.decoder.layers.0.fc2.bias", into: $0)
            }
        }
        #expect(error?.kind == .mismatch)
        #expect(values.allSatisfy { $0 == 7 })
        let missing = #expect(throws: ModelFileError.self) {
            try values.withUnsafeMutableBufferPointer { try source.weights.read("nothing", into: $0) }
        }
        #expect(missing?.kind == .notFound)
    }

    @Test("weights of another shape than the configuration's are refused by tensor and shapes")
    func shapeMismatch() throws {
        try withTemporaryFolder { folder in
            let config = try fixtureBytes("opt-f32/config.json")
            try write(try fixtureBytes("opt-f32/model.safetensors"), to: folder + "/model.safetensors")
            for (old, new, words) in [
                ("\"ffn_dim\": 16", "\"ffn_dim\": 32", ["fc1.bias", "[16]", "[32]"]),
                (
                    "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3",
                    ["layers.2.fc1.bias", "is not there"]
                ),
                (
                    "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1",
                    ["layers.1.fc1.bias", "has no place"]
                ),
                (
                    "\"max_position_embeddings\": 6", "\"max_position_embeddings\": 8",
                    ["embed_positions", "[10, 8]"]
                ),
            ] {
                try write(replacing(old, with: new, in: config), to: folder + "/config.json")
                let error = #expect(throws: ModelFileError.self) { try openModel(folder) }
                #expect(error?.kind == .mismatch)
                for word in words { #expect(error?.description.contains(word) == true, "\(words)") }
            }
        }
    }

    @Test("a folder without weights, or with a shard missing, says which file it needs")
    func missingFiles() throws {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-f32/config.json"), to: folder + "/config.json")
            let none = #expect(throws: ModelFileError.self) { try openModel(folder) }
            #expect(none?.description.contains("model.safetensors, pytorch_model.bin") == true)
            try write(
                try fixtureBytes("opt-sharded/model.safetensors.index.json"),
                to: folder + "/model.safetensors.index.json")
            let shard = #expect(throws: ModelFileError.self) { try openModel(folder) }
            #expect(shard?.description.contains("model-00001-of-00004.safetensors") == true)
        }
    }
}
