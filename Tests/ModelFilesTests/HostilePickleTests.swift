import Archives
import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("Pickles, written by a stranger")
struct HostilePickleTests {
    /// What is said of a checkpoint with this pickle and one storage of 16 bytes.
    private func message(_ pickle: [UInt8], storage: [UInt8] = [UInt8](repeating: 0, count: 16)) throws
        -> String
    {
        let zip = storedZip([("archive/data.pkl", pickle), ("archive/data/0", storage)])
        guard case .failure(let error) = try readOPT(withWeights: zip) else { return "accepted" }
        return error.description
    }

    private func message(_ pickle: String) throws -> String { try message(Array(pickle.utf8)) }

    /// Opcodes that a state dict needs; every other byte must be refused by name or number.
    private static let needed = Set(
        Array("(.)]}Nc\u{4b}MJGXtaesuqrhjQRb".utf8)
            + [0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x93, 0x94, 0x95])

    @Test("every opcode that no state dict needs is refused, named by number")
    func opcodes() throws {
        for opcode in UInt8.min...UInt8.max where !Self.needed.contains(opcode) {
            let message = try message([0x80, 2, opcode, 0x2e])
            #expect(message.contains("the opcode") && message.contains("\(opcode)"), "\(message)")
            #expect(
                message.contains("archive/data.pkl: byte 2") && message.contains("is not run"), "\(message)")
        }
    }

    @Test(
        "the opcodes that run code have Python's names",
        arguments: [("i", "INST"), ("o", "OBJ"), ("P", "PERSID"), ("\u{81}", "NEWOBJ"), ("\u{82}", "EXT1")])
    func named(opcode: String, name: String) throws {
        let byte = try #require(opcode.unicodeScalars.first.map { UInt8($0.value) })
        #expect(try message([0x80, 2, byte, 0x2e]).contains(name))
    }

    @Test(
        "every global outside the list is refused by name, whichever opcode names it",
        arguments: [
            ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"),
            ("subprocess", "Popen"), ("torch", "load"), ("torch.storage", "_load_from_bytes"),
            ("torch._utils", "_rebuild_tensor"), ("collections", "Counter"),
            ("torch", "FloatStorage.__init__"),
            ("torch.hub", "load"), ("numpy", "load"), ("_codecs", "encode"), ("", ""),
        ])
    func globals(module: String, name: String) throws {
        #expect(try message("\u{63}\(module)\n\(name)\n)R.").contains("\(module).\(name) has no place"))
        var pickle: [UInt8] = [0x80, 4]
        for text in [module, name] { pickle += [0x8c, UInt8(text.utf8.count)] + Array(text.utf8) }
        #expect(try message(pickle + [0x93, 0x29, 0x52, 0x2e]).contains("\(module).\(name) has no place"))
    }

    @Test(
        "calls of anything but what a tensor needs are refused",
        arguments: [
            ("ctorch\nFloatStorage\n)R.", "a call of a storage type"),
            ("ccollections\nOrderedDict\n(NtR.", "an OrderedDict made from arguments"),
            ("NNR.", "a call"), (")}b.", "setting an object's state"), ("}Nb.", "setting an object's state"),
            ("R.", "missing on the stack"), ("t.", "a mark is missing"), ("(.", "missing on the stack"),
            ("Na.", "a list was expected"), ("}N(Nu.", "a dictionary and pairs"),
            ("}(Nu.", "a dictionary and pairs"),
            ("NQ.", "a storage's type, key and size"), ("h\u{7}.", "memo 7 was never set"),
            ("c", "a name breaks off"),
            ("N.", "does not hold a state dict"), ("", "an opcode needs 1 bytes"),
        ])
    func calls(pickle: String, words: String) throws {
        let message = try message(pickle)
        #expect(message.contains(words), "\(message)")
    }

    @Test("what grows without bound is refused before it fills the memory")
    func growth() throws {
        let many = 300_000
        for pickle in [
            [UInt8](repeating: UInt8(ascii: "N"), count: many),
            [UInt8](repeating: UInt8(ascii: "]"), count: many),
            [UInt8](repeating: UInt8(ascii: "}"), count: many),
            [0x5d] + [UInt8](repeating: 0x85, count: many),
            [UInt8](repeating: UInt8(ascii: "("), count: many),
            [0x4e] + [UInt8](repeating: 0x94, count: many),
        ] {
            #expect(try message(pickle).contains("values are built, as for no checkpoint"))
        }
    }

    @Test("a pickle far longer than any checkpoint's is refused before it is read")
    func length() throws {
        let zip = try withTemporaryFolder { folder in
            try ArchiveWriter.write(
                ["archive/data.pkl": [UInt8](repeating: 0x4e, count: 17 << 20)], to: folder + "/long.zip",
                format: .storedZip)
            return try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/long.zip")))
        }
        guard case .failure(let error) = try readOPT(withWeights: zip) else {
            Issue.record("accepted")
            return
        }
        #expect(error.description.contains("bytes an entry"))
    }

    /// A state dict of one tensor with the given shape and strides in a storage of the given count.
    private func tensor(offset: Int32 = 0, shape: [Int64], strides: [Int64], count: Int64 = 4) -> [UInt8] {
        pickledStateDict([
            PickledTensor(
                name: "model.decoder.layers.0.fc1.bias", offset: offset, shape: shape, strides: strides,
                elementCount: count)
        ])
    }

    @Test("tensors that reach out of their storage, or whose size overflows, are refused")
    func tensors() throws {
        let largest = Int64.max
        for pickle in [
            tensor(shape: [5], strides: [1]), tensor(offset: 1, shape: [4], strides: [1]),
            tensor(offset: -1, shape: [1], strides: [1]), tensor(shape: [2], strides: [-1]),
            tensor(shape: [2], strides: [largest]), tensor(shape: [largest, largest], strides: [0, 0]),
            tensor(shape: [largest, 2, 2], strides: [0, 0, 0]),
            tensor(shape: [3, largest], strides: [largest, 1]),
            tensor(shape: [4], strides: []), tensor(shape: [4], strides: [1], count: -4),
        ] {
            let message = try message(pickle)
            #expect(message.contains("archive/data.pkl: byte"), "\(message)")
        }
        // Well formed, but not the model that its configuration describes.
        for pickle in [
            tensor(shape: [4], strides: [1]), tensor(shape: [2, 2], strides: [1, 2]),
            tensor(shape: [0, largest], strides: [largest, 1]), tensor(shape: [], strides: []),
        ] {
            #expect(try message(pickle).contains("is not there; shape"))
        }
    }

    @Test("a view that shows the numbers of its storage more than once is refused")
    func expandedViews() throws {
        let views: [(shape: [Int64], strides: [Int64])] = [
            ([1 << 40], [0]), ([5], [0]), ([2, 4], [0, 1]), ([3, 2], [1, 1]),
        ]
        for (shape, strides) in views {
            let message = try message(tensor(shape: shape, strides: strides))
            #expect(message.contains("of its storage 0 more than once"), "\(message)")
            #expect(message.contains("archive/data.pkl: byte"), "\(message)")
        }
    }

    @Test("a shape of more dimensions than any tensor has is refused")
    func dimensions() throws {
        for (count, words) in [(8, "is not there; shape"), (9, "shape and strides were expected")] {
            let ones = [Int64](repeating: 1, count: count)
            let message = try message(tensor(shape: ones, strides: ones))
            #expect(message.contains(words), "\(message)")
        }
    }
}
