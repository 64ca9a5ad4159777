import Archives
import Digests
import Foundation
import Testing

@Suite("Archive")
struct ArchiveReadingTests {
    static let formats = [
        "good.zip", "good-stored.whl", "good.tar.gz", "good.tar.xz", "good.tar.zst",
        "good.tar.bz2",
    ]

    @Test("every format gives the same names and bytes, whole and in pieces", arguments: formats)
    func reading(name: String) throws {
        let expected = try ExpectedFiles.load()
        let archive = try Archive.open(fixtures + name)
        #expect(archive.fileName == name)
        #expect(try archive.entryNames() == expected.files.keys.sorted())
        for (entry, digest) in expected.files {
            let bytes = try archive.read(entryNamed: entry)
            #expect(bytes.count == expected.sizes[entry])
            #expect(SHA256Digest.hex(of: bytes) == digest)
            #expect(try archive.declaredByteCount(ofEntry: entry) == expected.sizes[entry])
            #expect(try digestInPieces(of: archive.reader(forEntry: entry)) == digest)
        }
    }

    private func digestInPieces(of reader: ArchiveEntryReader) throws -> String {
        var hasher = SHA256Hasher()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 7, alignment: 1)
        defer { piece.deallocate() }
        while true {
            let count = try reader.read(into: piece)
            if count == 0 { return hasher.finalize() }
            hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    @Test("the digest and size are those of the file")
    func digest() throws {
        let archive = try Archive.open(fixtures + "good.zip")
        let data = try Data(contentsOf: URL(fileURLWithPath: fixtures + "good.zip"))
        #expect(try archive.sha256() == SHA256Digest.hex(of: data))
        #expect(archive.byteCount == data.count)
    }

    @Test("an archive in memory reads as the file does")
    func inMemory() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixtures + "good.zip"))
        let archive = try data.withUnsafeBytes { try Archive.open(bytes: $0, name: "outer.whl: good.zip") }
        #expect(
            try archive.read(entryEndingWith: "val.jsonl").count
                == ExpectedFiles.load().sizes["BoolQ/val.jsonl"])
        #expect(try archive.sha256() == SHA256Digest.hex(of: data))
    }

    @Test("an entry is found by the end of its path, on a border between folders")
    func endings() throws {
        let archive = try Archive.open(fixtures + "good.tar.gz")
        #expect(try archive.entryName(endingWith: "train.jsonl") == "BoolQ/train.jsonl")
        #expect(try archive.entryName(endingWith: "BoolQ/train.jsonl") == "BoolQ/train.jsonl")
        let error = #expect(throws: ArchiveError.self) { try archive.read(entryEndingWith: "rain.jsonl") }
        #expect(error?.description.contains("BoolQ/train.jsonl, BoolQ/val.jsonl") == true)
    }

    @Test("macOS shadow files are passed over, two real candidates are an error")
    func ambiguity() throws {
        let archive = try Archive.open(fixtures + "two-folders.zip")
        #expect(try archive.read(entryEndingWith: "b/train.jsonl") == Array("other".utf8))
        #expect(try archive.read(entryEndingWith: "val.jsonl") == Array("val".utf8))
        #expect(
            throws: ArchiveError.ambiguousEntry(
                path: archive.path, wanted: "train.jsonl", matches: ["a/train.jsonl", "b/train.jsonl"])
        ) { try archive.read(entryEndingWith: "train.jsonl") }
    }

    @Test("single files, plain and compressed, are archives of one entry")
    func singleFiles() throws {
        let compressed = try Archive.open(fixtures + "good-single.jsonl.gz")
        #expect(try compressed.entryNames() == ["good-single.jsonl"])
        let bytes = try compressed.read(entryNamed: "good-single.jsonl")
        #expect(SHA256Digest.hex(of: bytes) == (try ExpectedFiles.load().files["BoolQ/val.jsonl"]))
        let plain = try Archive.open(fixtures + "expected.json")
        #expect(try plain.entryNames() == ["expected.json"])
        #expect(
            try plain.read(entryNamed: "expected.json")
                == Array(Data(contentsOf: URL(fileURLWithPath: fixtures + "expected.json"))))
    }

    @Test("a folder is an archive, with a digest of its names and contents")
    func folders() throws {
        try withTemporaryFolder { folder in
            try write("first", to: folder + "/BoolQ/train.jsonl")
            try write("second", to: folder + "/BoolQ/val.jsonl")
            let archive = try Archive.open(folder)
            #expect(try archive.entryNames() == ["BoolQ/train.jsonl", "BoolQ/val.jsonl"])
            #expect(archive.byteCount == 11)
            #expect(try archive.read(entryEndingWith: "val.jsonl") == Array("second".utf8))
            let digest = try archive.sha256()
            #expect(
                digest
                    == SHA256Digest.hex(of: "BoolQ/train.jsonl\n5\nfirstBoolQ/val.jsonl\n6\nsecond"))
            try write("third!", to: folder + "/BoolQ/val.jsonl")
            #expect(try Archive.open(folder).sha256() != digest)
        }
    }

    @Test("links inside a folder are read, links out of it are not there")
    func links() throws {
        try withTemporaryFolder { folder in
            try write("inside", to: folder + "/a/blob")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/a/near.txt", withDestinationPath: "blob")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/a/far.txt", withDestinationPath: fixtures + "expected.json")
            try FileManager.default.createSymbolicLink(atPath: folder + "/a/loop", withDestinationPath: "..")
            let archive = try Archive.open(folder)
            #expect(try archive.entryNames() == ["a/blob", "a/near.txt"])
            #expect(try archive.read(entryNamed: "a/near.txt") == Array("inside".utf8))
        }
    }
}
