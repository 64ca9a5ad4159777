import Digests
import Foundation
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// Message and digest from the NIST examples for FIPS 180-4.
    static let vectors: [(String, String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                + "mnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test("the FIPS 180-4 examples come out, by libcrypto and by the portable version", arguments: vectors)
    func fips(message: String, digest: String) {
        #expect(SHA256Digest.hex(of: message) == digest)
        #expect(SHA256Digest.hex(of: Array(message.utf8)) == digest)
        #expect(SHA256Digest.hex(of: Data(message.utf8)) == digest)
        #expect(portable(Array(message.utf8)) == digest)
    }

    @Test("every length from 0 to 200 agrees between the two versions, however it is cut")
    func lengths() {
        for length in 0...200 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            let whole = SHA256Digest.hex(of: bytes)
            var hasher = SHA256Hasher()
            hasher.update(Array(bytes.prefix(length / 3)))
            hasher.update(Array(bytes.dropFirst(length / 3)))
            #expect(hasher.finalize() == whole)
            #expect(portable(bytes) == whole)
        }
    }

    @Test("a copied hasher goes its own way, and a finished one starts anew")
    func copies() {
        var first = SHA256Hasher()
        first.update("ab")
        var second = first
        second.update("x")
        first.update("c")
        #expect(first.finalize() == Self.vectors[1].1)
        #expect(second.finalize() == SHA256Digest.hex(of: "abx"))
        first.update("abc")
        #expect(first.finalize() == Self.vectors[1].1)
    }

    @Test("a file's digest is that of its bytes, over several pieces")
    func files() throws {
        let path = NSTemporaryDirectory() + "/digest-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = (0..<2_500_001).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try SHA256Digest.hex(ofFile: path) == SHA256Digest.hex(of: bytes))
    }

    @Test("a missing file and a folder are errors that name the path")
    func missingFiles() {
        for path in ["/nonexistent/file.bin", NSTemporaryDirectory()] {
            let error = #expect(throws: DigestError.self) { try SHA256Digest.hex(ofFile: path) }
            #expect(error?.description.contains(path) == true)
        }
    }

    private func portable(_ bytes: [UInt8]) -> String {
        var hasher = PortableSHA256()
        bytes.withUnsafeBytes { hasher.update($0) }
        return hasher.finish().map { String(format: "%02x", $0) }.joined()
    }
}
