import Archives
import ModelFiles
import TestSupport
import Testing

@Suite("PyTorch checkpoints, refused")
struct TorchRefusalTests {
    private func trouble(_ bytes: [UInt8]) throws -> ModelFileError? {
        if case .failure(let error) = try readOPT(withWeights: bytes) { error } else { nil }
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
