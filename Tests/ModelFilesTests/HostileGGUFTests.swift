import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("GGUF, written by a stranger")
struct HostileGGUFTests {
    private func message(_ bytes: [UInt8]) throws -> String {
        try withTemporaryFolder { folder in
            try write(bytes, to: folder + "/tiny.gguf")
            return troubleOfReading(folder + "/tiny.gguf")?.description ?? "accepted"
        }
    }

    /// A header with one metadata value and no tensor.
    private func header(key: String = "k", _ value: [UInt8]) -> [UInt8] {
        Array("GGUF".utf8) + little(UInt32(3)) + little(UInt64(0)) + little(UInt64(1)) + text(key) + value
    }

    private func text(_ text: String) -> [UInt8] { little(UInt64(text.utf8.count)) + Array(text.utf8) }

    /// A header with one tensor and no metadata.
    private func tensor(sizes: [UInt64], type: UInt32 = 0, offset: UInt64 = 0, dimensions: UInt32? = nil)
        -> [UInt8]
    {
        var bytes = Array("GGUF".utf8) + little(UInt32(3)) + little(UInt64(1)) + little(UInt64(0)) + text("t")
        bytes += little(dimensions ?? UInt32(sizes.count)) + sizes.flatMap { little($0) }
        return bytes + little(type) + little(offset) + [UInt8](repeating: 0, count: 256)
    }

    @Test("counts and lengths beyond the file are refused before anything is set aside for them")
    func counts() throws {
        let original = try fixtureBytes("Tiny-Llama.Q4_1.gguf")
        for (place, what) in [(8, "the number of tensors"), (16, "the number of metadata values")] {
            for value in [UInt64.max, 1 << 63, 1 << 40, 1 << 21] {
                var bytes = original
                bytes.replaceSubrange(place..<place + 8, with: little(value))
                let message = try message(bytes)
                #expect(message.contains("tiny.gguf: byte \(place)") && message.contains(what), "\(message)")
            }
        }
        for value in [UInt64.max, 1 << 62, 100] {
            var bytes = Array("GGUF".utf8) + little(UInt32(3)) + little(UInt64(0)) + little(UInt64(1))
            bytes += little(value) + Array("key".utf8)
            #expect(try message(bytes).contains("the length of a metadata key is \(value)"))
        }
    }

    @Test("arrays that promise more than the file holds, or nest without end, are refused")
    func arrays() throws {
        for type in UInt32(0)...12 {
            for count in [UInt64.max, 1 << 61, 1 << 32] {
                let bytes = header(little(UInt32(9)) + little(type) + little(count) + [0, 0, 0, 0])
                let message = try message(bytes)
                #expect(message.contains("the length of k is \(count)"), "\(message)")
            }
        }
        let nested = (0..<1000).flatMap { _ in little(UInt32(9)) + little(UInt64(1)) }
        #expect(try message(header(little(UInt32(9)) + nested)).contains("nests arrays too deeply"))
        #expect(try message(header(little(UInt32(77)))).contains("the type of k is 77, which is none"))
        #expect(
            try message(header(little(UInt32(8)) + little(UInt64(2)) + [0xff, 0xfe])).contains("not UTF-8"))
    }

    @Test("an array longer than any vocabulary is refused, though the file is large enough")
    func longArray() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/tiny.gguf"
            try write(header(little(UInt32(9)) + little(UInt32(8)) + little(UInt64(1 << 30))), to: path)
            try #require(truncate(path, 1 << 34) == 0)
            let message = troubleOfReading(path)?.description ?? "accepted"
            #expect(message.contains("more than the 4194304 that can be"), "\(message)")
        }
    }

    @Test("many arrays are refused together where one of their size is not")
    func manyArrays() throws {
        func array(_ index: Int) -> [UInt8] {
            text("k\(index)") + little(UInt32(9)) + little(UInt32(0)) + little(UInt64(1 << 20))
                + [UInt8](repeating: 0, count: 1 << 20)
        }
        let head = Array("GGUF".utf8) + little(UInt32(3)) + little(UInt64(0)) + little(UInt64(5))
        let message = try message(head + (0..<5).flatMap(array))
        #expect(message.contains("the length of k4 is 1048576, more than the 0 that can be"), "\(message)")
    }

    @Test("dimensions that no tensor has are refused by tensor")
    func dimensions() throws {
        for (bytes, words) in [
            (tensor(sizes: [0]), "does not go into blocks"),
            (tensor(sizes: [1 << 40, 1 << 40]), "does not go"),
            (tensor(sizes: [1 << 40, 1 << 40, 1 << 40, 1 << 40]), "does not go"),
            (tensor(sizes: [UInt64.max]), "a size of t is"), (tensor(sizes: [1 << 41]), "a size of t is"),
            (tensor(sizes: [31], type: 2), "does not go into blocks"),
            (tensor(sizes: [], dimensions: 0), "0 dimensions"),
            (tensor(sizes: [1], dimensions: 5), "5 dimensions"),
            (tensor(sizes: [1], dimensions: .max), "4294967295 dimensions"),
            (tensor(sizes: [4], offset: 1), "no multiple of 32"),
            (tensor(sizes: [4], offset: .max), "the place of t"),
            (tensor(sizes: [4], offset: 1 << 40), "its data end at byte"),
            (tensor(sizes: [1000]), "its data end at"),
        ] {
            let message = try message(bytes)
            #expect(message.contains("tiny.gguf") && message.contains(words), "\(message)")
        }
    }

    @Test("an alignment that is none is refused", arguments: [UInt32(0), 3, 1 << 30])
    func alignment(value: UInt32) throws {
        let bytes = header(key: "general.alignment", little(UInt32(4)) + little(value))
        #expect(try message(bytes).contains("a power of two was expected"))
    }

    @Test("a second spelling of a layer's number is no name of its tensors", arguments: ["0001", "+001"])
    func layerNames(number: String) throws {
        // As long as the name that it replaces.
        let bytes = replacing(
            "blk.1.attn_norm.weight", with: "blk.\(number).ffn_up.weight",
            in: try fixtureBytes("Tiny-Llama.Q4_1.gguf"))
        #expect(try message(bytes).contains("blk.\(number).ffn_up.weight: is no part of a plain Llama model"))
    }

    @Test("sizes in the metadata that no model has are refused by key or size")
    func sizes() throws {
        let original = try fixtureBytes("Tiny-Llama.Q4_1.gguf")
        for key in [
            "llama.embedding_length", "llama.block_count", "llama.context_length",
            "llama.feed_forward_length",
            "llama.attention.head_count",
        ] {
            let name = Array(key.utf8)
            let start = try #require(original.indices.first { original[$0...].starts(with: name) })
            // A context of three tokens is short, but no contradiction.
            for value in [UInt32(0), 3, .max] where value != 3 || key != "llama.context_length" {
                var bytes = original
                bytes.replaceSubrange(start + name.count + 4..<start + name.count + 8, with: little(value))
                let message = try message(bytes)
                #expect(message.contains("tiny.gguf") && message != "accepted", "\(key) \(value): \(message)")
            }
        }
    }
}
