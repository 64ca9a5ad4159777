import Archives
import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("ModelCatalog")
struct ModelCatalogTests {
    private static let gguf = "Tiny-Llama.Q4_1.gguf"

    private func zip(_ folder: String, into path: String, under prefix: String) throws {
        var entries: [(String, [UInt8])] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: fixtures + folder).sorted() {
            entries.append((prefix + name, try fixtureBytes(folder + "/" + name)))
        }
        try write(storedZip(entries), to: path)
    }

    @Test("a GGUF file is found by its file name or its own name, in a folder, by itself, in a wheel")
    func gguf() throws {
        try withTemporaryFolder { folder in
            let bytes = try fixtureBytes(Self.gguf)
            try write(bytes, to: folder + "/files/deep/" + Self.gguf)
            try write(storedZip([("pkg/weights/" + Self.gguf, bytes)]), to: folder + "/wheels/pkg-1.whl")
            let expected = try ExpectedModels.tensors(Self.gguf)
            for path in ["/files", "/files/deep/" + Self.gguf, "/wheels", "/wheels/pkg-1.whl"] {
                for name in ["tiny-llama", "Tiny_Llama", "a tiny llama"] {
                    let source = try ModelCatalog.locate(name: name, in: [folder + path])
                    #expect(try readAll(source.weights) == expected)
                    #expect(source.fileName == Self.gguf)
                    #expect(source.byteCount == bytes.count)
                    let again = try ModelCatalog.open(source.location, name: source.name)
                    #expect(try again.digest() == source.digest())
                    #expect(again.configuration == source.configuration)
                }
            }
        }
    }

    @Test("a Hugging Face folder is found by its name, on disk, in an archive, in a hub cache")
    func folders() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/a", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: fixtures + "opt-f16", toPath: folder + "/a/My_Model")
            try zip("opt-bin", into: folder + "/b/archives/my-model.zip", under: "")
            try zip("opt-bin", into: folder + "/c/any.zip", under: "top/my-model/")
            let snapshot = folder + "/d/models--org--my-model/snapshots/0123abcd"
            try FileManager.default.createDirectory(atPath: snapshot, withIntermediateDirectories: true)
            for file in ["config.json", "model.safetensors"] {
                try FileManager.default.createSymbolicLink(
                    atPath: snapshot + "/" + file, withDestinationPath: fixtures + "opt-f16/" + file)
            }
            for (path, model) in [("/a", "opt-f16"), ("/b", "opt-bin"), ("/c", "opt-bin"), ("/d", "opt-f16")]
            {
                let source = try ModelCatalog.locate(name: "my-model", in: ["/nonexistent", folder + path])
                #expect(try readAll(source.weights) == ExpectedModels.tensors(model), "\(path)")
                let again = try ModelCatalog.open(source.location, name: "my-model")
                #expect(try again.digest() == source.digest())
            }
        }
    }

    @Test("a lone safetensors file takes its shape from the config.json beside it")
    func safetensors() throws {
        let source = try ModelCatalog.locate(name: "opt-f16", in: [fixtures + "opt-f16/model.safetensors"])
        #expect(try readAll(source.weights) == ExpectedModels.tensors("opt-f16"))
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-f16/model.safetensors"), to: folder + "/lone.safetensors")
            let error = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "lone", in: [folder])
            }
            #expect(error?.description.contains("no config.json") == true)
        }
    }

    @Test("a known name needs its known shape")
    func knownShape() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.copyItem(atPath: fixtures + "opt-f16", toPath: folder + "/opt-125m")
            let error = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "opt-125m", in: [folder])
            }
            #expect(error?.kind == .mismatch)
            #expect(error?.description.contains("its hidden size is 8, not 768") == true)
        }
    }

    @Test("an OPT folder of another name goes by its official shape, unless its name says otherwise")
    func shapes() throws {
        try withTemporaryFolder { folder in
            var config = try fixtureBytes("opt-f32/config.json")
            for (old, new) in [
                ("\"vocab_size\": 20", "\"vocab_size\": 50272"),
                ("\"hidden_size\": 8", "\"hidden_size\": 2048"),
                ("\"ffn_dim\": 16", "\"ffn_dim\": 8192"),
                ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 24"),
                ("\"num_attention_heads\": 2", "\"num_attention_heads\": 32"),
                ("embeddings\": 6", "embeddings\": 2048"), ("proj_dim\": 8", "proj_dim\": 2048"),
            ] {
                config = replacing(old, with: new, in: config)
            }
            try write(config, to: folder + "/first/weights/config.json")
            try write(config, to: folder + "/second/opt-iml-1.3b/config.json")
            #expect(ModelCatalog.list(in: [folder + "/first"]).map(\.name) == ["opt-1.3b"])
            #expect(ModelCatalog.list(in: [folder + "/second"]).map(\.name) == ["opt-iml-1.3b"])
            // Found by shape, it is opened, and then lacks its weights.
            let found = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "opt-1.3b", in: [folder + "/first"])
            }
            #expect(found?.description.contains("holds no model.safetensors") == true)
            let other = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "opt-1.3b", in: [folder + "/second"])
            }
            #expect(other?.description.contains("found instead: opt-iml-1.3b") == true)
        }
    }

    @Test("what was searched, what was found instead and the nearest name are told")
    func notFound() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.copyItem(atPath: fixtures + Self.gguf, toPath: folder + "/" + Self.gguf)
            let error = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "opt-125", in: [folder, "/nonexistent"])
            }
            #expect(error?.kind == .notFound)
            let text = error?.description ?? ""
            for word in [folder, "tiny-llama", "does not exist: /nonexistent", "did you mean opt-125m?"] {
                #expect(text.contains(word), "\(word): \(text)")
            }
        }
    }

    @Test("without any path the message says so once and how to name one")
    func noPath() {
        let error = #expect(throws: ModelFileError.self) {
            try ModelCatalog.locate(name: "opt-125m", in: [])
        }
        #expect(
            error?.description
                == "no path was given to search; name the model's file, archive or folder, or a folder that holds it, with "
                + "--models.")
    }

    @Test("a damaged archive is told when it was named, and listed when it was met")
    func damagedArchives() throws {
        try withTemporaryFolder { folder in
            let bytes = storedZip([("pkg/" + Self.gguf, try fixtureBytes(Self.gguf))])
            let path = folder + "/pkg.whl"
            try write(Array(bytes.prefix(bytes.count / 2)), to: path)
            let error = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "tiny-llama", in: [path])
            }
            #expect(error?.kind == .damaged)
            #expect(error?.file == path)
            let met = #expect(throws: ModelFileError.self) {
                try ModelCatalog.locate(name: "tiny-llama", in: [folder])
            }
            #expect(met?.description.contains("pkg.whl") == true)
            #expect(ModelCatalog.list(in: [folder]).first?.trouble?.kind == .damaged)
        }
    }

    @Test("of an entry that is no GGUF only the beginning is unpacked for a list")
    func listingOfNoGGUF() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/models.zip"
            try ArchiveWriter.write(
                ["x.gguf": [UInt8](repeating: 0, count: 17 << 20)], to: path, format: .storedZip)
            // Damage behind the first 16 MiB, which whoever reads on would stumble over.
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count - (64 << 10)] = 1
            try bytes.write(to: URL(fileURLWithPath: path))
            let trouble = ModelCatalog.list(in: [path]).first?.trouble
            #expect(
                trouble?.description.contains("does not start with GGUF") == true,
                "\(String(describing: trouble))")
        }
    }

    @Test("a GGUF header that is longer than the first piece of its entry is read on")
    func listingOfLongHeader() throws {
        try withTemporaryFolder { folder in
            // One text of 17 MiB stands in front of the other metadata; all that is added is a multiple of the
            // alignment, so that the tensors' data stay in their places behind the header.
            var bytes = try fixtureBytes(Self.gguf)
            let count = bytes[16..<24].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
            bytes.replaceSubrange(16..<24, with: little(UInt64(count + 1)))
            let key = Array("a.long.text".utf8)
            let text = [UInt8](repeating: 0x61, count: (17 << 20) + 1)
            bytes.insert(
                contentsOf: little(UInt64(key.count)) + key + little(UInt32(8)) + little(UInt64(text.count))
                    + text, at: 24)
            let path = folder + "/models.zip"
            try ArchiveWriter.write([Self.gguf: bytes], to: path, format: .storedZip)
            let listing = try #require(ModelCatalog.list(in: [path]).first)
            #expect(
                listing.trouble == nil && listing.configuration != nil,
                "\(String(describing: listing.trouble))")
        }
    }

    @Test("a list shows every model with its shape, in a fixed order")
    func listing() throws {
        let listings = ModelCatalog.list(in: [fixtures])
        #expect(listings.map(\.name).contains("tiny-llama"))
        #expect(listings.filter { $0.configuration != nil }.count == 12)
        #expect(listings == ModelCatalog.list(in: [fixtures]))
    }
}
