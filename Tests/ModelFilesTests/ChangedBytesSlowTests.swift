import Archives
import ModelFiles
import TestSupport
import Testing

@Suite("PyTorch checkpoints, changed byte by byte")
struct TorchChangedBytesSlowTests {
    private func isRefused(_ bytes: [UInt8]) throws -> Bool {
        if case .failure = try readOPT(withWeights: bytes) { true } else { false }
    }

    @Test("a flipped bit anywhere is refused, or was in bytes that mean nothing")
    func flippedBits() throws {
        let bytes = try fixtureBytes("opt-bin/pytorch_model.bin")
        let expected = try ExpectedModels.tensors("opt-bin")
        var refused = 0
        for position in stride(from: 30, to: bytes.count, by: 61) {
            var changed = bytes
            changed[position] ^= 4
            switch try readOPT(withWeights: changed) {
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
        #expect(try !isRefused(storedZip(entries)))
        var refused = 0
        for position in stride(from: 0, to: original.count, by: 7) {
            for change in [UInt8(0x01), 0xff] {
                entries[pickle].1 = original
                entries[pickle].1[position] ^= change
                if try isRefused(storedZip(entries)) { refused += 1 }
            }
        }
        #expect(refused > original.count / 8)
    }
}

@Suite("GGUF, changed byte by byte")
struct GGUFChangedBytesSlowTests {
    private func isRefused(_ bytes: [UInt8]) throws -> Bool {
        try withTemporaryFolder { folder in
            try write(bytes, to: folder + "/tiny.gguf")
            return troubleOfReading(folder + "/tiny.gguf") != nil
        }
    }

    @Test("no change of a header byte gets past the bounds")
    func changedBytes() throws {
        let bytes = try fixtureBytes("Tiny-Llama.Q4_1.gguf")
        var refused = 0
        for position in stride(from: 0, to: 4000, by: 7) {
            for change in [UInt8(0x01), 0xff] {
                var changed = bytes
                changed[position] ^= change
                if try isRefused(changed) { refused += 1 }
            }
        }
        #expect(refused > 200)
    }
}
