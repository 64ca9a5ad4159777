import Archives
import ModelFiles
import Testing

@Suite("PyTorch checkpoints, refused")
struct TorchRefusalTests {
    /// Reads the small OPT model with another weights file; its tensors, or the trouble.
    private func outcome(_ bytes: [UInt8]) throws -> Result<[String: ExpectedTensor], ModelFileError> {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-bin/config.json"), to: folder + "/config.json")
            try write(bytes, to: folder + "/pytorch_model.bin")
            do {
                return .success(try readAll(openModel(folder).weights))
            } catch let error as ModelFileError {
                return .failure(error)
            }
        }
    }

    private func trouble(_ bytes: [UInt8]) throws -> ModelFileError? {
        if case .failure(let error) = try outcome(bytes) { error } else { nil }
    }

    @Test(
        "what is no state dict of tensors is refused by name, and nothing runs",
        arguments: [
            ("evil.bin", "posix.system has no place"), ("legacy.bin", "before PyTorch 1.6"),
            ("not-only-tensors.bin", "key step"), ("not-a-dict.bin", "does not hold a state dict"),
        ])
    func refusal(name: String, word: String) throws {
        let error = try trouble(try fixtureBytes(name))
        #expect(error?.kind == .unsupported)
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }

    @Test("every shorter file is refused")
    func truncation() throws {
        let bytes = try fixtureBytes("opt-bin/pytorch_model.bin")
        for length in stride(from: 0, to: bytes.count, by: 397) + [1, 3, bytes.count - 1] {
            let error = try trouble(Array(bytes.prefix(length)))
            #expect(error?.kind == .damaged, "\(length): \(String(describing: error))")
        }
    }

    @Test("a flipped bit anywhere is refused, or was in bytes that mean nothing")
    func flippedBits() throws {
        let bytes = try fixtureBytes("opt-bin/pytorch_model.bin")
        let expected = try ExpectedModels.tensors("opt-bin")
        var refused = 0
        for position in stride(from: 30, to: bytes.count, by: 61) {
            var changed = bytes
            changed[position] ^= 4
            switch try outcome(changed) {
            case .success(let tensors): #expect(tensors == expected, "byte \(position)")
            case .failure: refused += 1
            }
        }
        #expect(refused > 50)
    }

    @Test("no change of the pickle's bytes gets past the bounds, with checksums that fit")
    func pickleChanges() throws {
        let archive = try Archive.open(fixtures + "opt-bin/pytorch_model.bin")
        var entries: [(String, [UInt8])] = []
        for name in try archive.entryNames() {
            entries.append((name, try archive.read(entryNamed: name)))
        }
        let pickle = try #require(entries.firstIndex { $0.0.hasSuffix("data.pkl") })
        let original = entries[pickle].1
        #expect(try trouble(storedZip(entries)) == nil)
        var refused = 0
        for position in stride(from: 0, to: original.count, by: 7) {
            for change in [UInt8(0x01), 0xff] {
                entries[pickle].1 = original
                entries[pickle].1[position] ^= change
                if try trouble(storedZip(entries)) != nil { refused += 1 }
            }
        }
        #expect(refused > original.count / 8)
    }

    @Test("a storage of another size than its tensors need is refused")
    func storageSizes() throws {
        let archive = try Archive.open(fixtures + "opt-bin/pytorch_model.bin")
        for change in [-4, 4] {
            var entries: [(String, [UInt8])] = []
            for name in try archive.entryNames() {
                var content = try archive.read(entryNamed: name)
                if name.hasSuffix("data/3") {
                    content = change < 0 ? content.dropLast(4) : content + [0, 0, 0, 0]
                }
                entries.append((name, content))
            }
            let error = try trouble(storedZip(entries))
            #expect(error?.description.contains("its storage 3 has") == true)
        }
    }
}
