import Archives
import Foundation
import TestSupport
import Testing

@Suite("Archive, written by a stranger")
struct HostileArchiveTests {
    /// The trouble of listing and reading all of an archive that is in memory.
    private func trouble(
        _ bytes: [UInt8], name: String = "hostile.zip", limits: ArchiveLimits = .standard
    ) -> ArchiveError? {
        do throws(ArchiveError) {
            _ = try contents(bytes, name: name, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    private func contents(
        _ bytes: [UInt8], name: String, limits: ArchiveLimits = .standard
    ) throws(ArchiveError) -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        let archive = try opened(bytes, name: name)
        for entry in try archive.entryNames() {
            contents[entry] = try archive.read(entryNamed: entry, limits: limits)
        }
        return contents
    }

    private func opened(_ bytes: [UInt8], name: String) throws(ArchiveError) -> Archive {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        return try Archive.open(bytes: UnsafeRawBufferPointer(copy), name: name)
    }

    @Test(
        "names that lead out, or that a terminal would obey, close the archive",
        arguments: [
            ("../../etc/passwd", "leads out"), ("a/../../b", "leads out"), ("a\\..\\..\\b", "leads out"),
            ("/etc/passwd", "absolute"), ("\\\\server\\share", "absolute"), ("C:\\Windows\\x", "absolute"),
            ("d:/x", "absolute"), ("a\u{1b}[2Jb", "a\\u{1b}[2Jb has control characters"),
            ("a\nb", "a\\u{a}b has control characters"), ("txt.\u{202e}exe", "control characters"),
            ("x\u{9b}31m", "control characters"), (String(repeating: "n", count: 9000), "bytes a name"),
        ])
    func names(name: String, words: String) throws {
        let zip = ZipBytes.Entry(name, [1])
        var flagged = zip
        flagged.flags = 1 << 11
        for entry in [zip, flagged] {
            let error = try #require(trouble(ZipBytes([entry]).bytes))
            #expect(error.description.contains(words), "\(error)")
            #expect(error.description.hasPrefix("hostile.zip"))
            #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
    }

    @Test("a name in another encoding is refused with its place, flagged as UTF-8 or not")
    func encodings() throws {
        for flags in [UInt16(0), 1 << 11] {
            var entry = ZipBytes.Entry(name: Array("na".utf8) + [0xef] + Array("ve.txt".utf8))
            entry.flags = flags
            let error = try #require(trouble(ZipBytes([ZipBytes.Entry("a"), entry]).bytes))
            #expect(error.description.contains("entry number 2 has a name that is not UTF-8"), "\(error)")
        }
    }

    @Test("an entry whose two headers contradict each other is refused")
    func contradictions() throws {
        var sizes = ZipBytes.Entry("a", Array("content".utf8))
        sizes.locallyDeclaredBytes = 6
        #expect(trouble(ZipBytes([sizes]).bytes)?.description.contains("truncated or corrupt") == true)
        var names = ZipBytes.Entry("a", Array("content".utf8))
        names.directoryName = Array("b".utf8)
        // One name or the other: never both, and never the content under a name that nobody gave it.
        let read = try? contents(ZipBytes([names]).bytes, name: "hostile.zip")
        #expect(read == nil || read?.count == 1)
    }

    @Test("sizes that lie are met where the data are read", arguments: [UInt32(6), 8, 4_000_000_000])
    func lyingSizes(declared: UInt32) throws {
        var entry = ZipBytes.Entry("a", Array("content".utf8))
        entry.declaredBytes = declared
        let error = try #require(trouble(ZipBytes([entry]).bytes))
        let words = declared > 1 << 30 ? "unpacked bytes per archive byte" : "truncated or corrupt"
        #expect(error.description.contains(words), "\(error)")
        var packed = ZipBytes.Entry("a", Array("content".utf8))
        packed.packedBytes = declared
        #expect(trouble(ZipBytes([packed]).bytes) != nil)
    }

    @Test("a file of a folder that has grown or shrunk since it was listed is refused with both sizes")
    func changedFile() throws {
        for (content, words) in [([UInt8](repeating: 7, count: 9), "more than 8"), ([7], "only 1")] {
            try withTemporaryFolder { folder in
                try WholeFile.write(Array("content".utf8), to: folder + "/a")
                let archive = try Archive.open(folder)
                #expect(try archive.entryNames() == ["a"])
                try WholeFile.write(content, to: folder + "/a")
                let error = #expect(throws: ArchiveError.self) { try archive.read(entryNamed: "a") }
                let text = error?.description ?? ""
                #expect(text.contains("7 bytes are declared, \(words) are there"), "\(text)")
            }
        }
    }

    @Test("memory follows what an entry holds, not what it declares")
    func declaredMemory() throws {
        var entry = ZipBytes.Entry("a", [UInt8](repeating: 0xff, count: 5 << 20))
        entry.method = 8
        entry.declaredBytes = 4_290_000_000
        let before = peakResidentBytes()
        #expect(trouble(ZipBytes([entry]).bytes)?.description.contains("truncated or corrupt") == true)
        #expect(peakResidentBytes() - before < 1 << 30)
    }

    private func peakResidentBytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    @Test("entries that are small each and huge together are refused before one is unpacked")
    func totalRatio() throws {
        try withTemporaryFolder { folder in
            let zeros = [UInt8](repeating: 0, count: 40 << 20)
            let entries = Dictionary(uniqueKeysWithValues: (0..<3).map { ("zeros-\($0)", zeros) })
            try ArchiveWriter.write(entries, to: folder + "/bomb.zip", format: .deflatedZip)
            let archive = try Archive.open(folder + "/bomb.zip")
            let error = #expect(throws: ArchiveError.self) { try archive.entryNames() }
            #expect(error?.description.contains("unpacked bytes per archive byte") == true)
            // The same as an archive inside an archive.
            let inner = try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/bomb.zip")))
            let outer = try opened(storedZip([("inner.zip", inner)]), name: "outer.zip")
            let nested = try outer.read(entryNamed: "inner.zip")
            #expect(trouble(nested)?.description.contains("unpacked bytes per archive byte") == true)
        }
    }

    @Test("a gzip bomb is refused while it is listed, before its end is reached")
    func gzipBomb() throws {
        try withTemporaryFolder { folder in
            try ArchiveWriter.write(
                ["zeros": [UInt8](repeating: 0, count: 80 << 20)], to: folder + "/bomb.tar.gz",
                format: .gzippedTar)
            var limits = ArchiveLimits.standard
            limits.compressionRatio = 100
            let archive = try Archive.open(folder + "/bomb.tar.gz")
            let error = #expect(throws: ArchiveError.self) {
                try archive.read(entryNamed: "zeros", limits: limits)
            }
            #expect(error?.description.contains("unpacked bytes per archive byte") == true)
        }
    }

    @Test(
        "a compression over a compression is undone once: 50 GB of nothing in 898 bytes keep nobody waiting",
        .timeLimit(.minutes(1)))
    func endless() throws {
        let archive = try Archive.open(fixtures + "endless.tar.zst")
        #expect(throws: ArchiveError.self) { try archive.entryNames() }
        // A file that is compressed twice gives the file that is compressed once.
        let packed = try Array(Data(contentsOf: URL(fileURLWithPath: fixtures + "good-single.jsonl.gz")))
        let twice = gzipped(packed)
        #expect(try contents(twice, name: "twice.jsonl.gz.gz") == ["twice.jsonl.gz": packed])
    }

    /// A gzip file of one stored block.
    private func gzipped(_ content: [UInt8]) -> [UInt8] {
        func little(_ value: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        }
        let count = UInt32(content.count)
        var checksum = CRC32()
        checksum.update(content)
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(count, 2) + little(~count, 2) + content
            + little(checksum.value, 4) + little(count, 4)
    }

    @Test("links and devices are not read, whatever they point to")
    func links() throws {
        for mode in [UInt32(0o120777), 0o020666, 0o060660] {
            var link = ZipBytes.Entry("data/train.jsonl", Array("/etc/passwd".utf8))
            link.mode = mode
            let archive = try opened(ZipBytes([link]).bytes, name: "links.zip")
            #expect(try archive.entryNames().isEmpty, "mode \(String(mode, radix: 8))")
            #expect(throws: ArchiveError.notAFile(path: "links.zip", entry: "data/train.jsonl")) {
                try archive.read(entryNamed: "data/train.jsonl")
            }
        }
    }

    @Test("a pipe or a device in place of a file is refused, not waited for")
    func pipes() throws {
        try withTemporaryFolder { folder in
            try #require(mkfifo(folder + "/pipe.zip", 0o600) == 0)
            for path in [folder + "/pipe.zip", "/dev/zero"] {
                let error = #expect(throws: ArchiveError.self) { try Archive.open(path) }
                #expect(error?.description.contains("not a file") == true)
            }
            #expect(try Archive.open(folder).entryNames().isEmpty)
        }
    }

    @Test("an encrypted entry and a doubled one are refused by name")
    func encryptedAndDoubled() throws {
        var secret = ZipBytes.Entry("secret.txt", [UInt8](repeating: 7, count: 20))
        secret.flags = 1
        #expect(
            trouble(ZipBytes([secret]).bytes) == .encryptedEntry(path: "hostile.zip", entry: "secret.txt"))
        let double = ZipBytes.Entry("a", [1])
        #expect(
            trouble(ZipBytes([double, double]).bytes)
                == .duplicateEntry(path: "hostile.zip", entry: "a", count: 2))
    }

    private static let files = [
        "BoolQ/train.jsonl": Array("{\"question\": \"is 1 even\"}\n".utf8),
        "BoolQ/val.jsonl": Array("{}\n".utf8),
    ]

    private func written(_ format: ArchiveWriter.Format) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withTemporaryFolder { folder in
            try ArchiveWriter.write(Self.files, to: folder + "/archive", format: format)
            bytes = try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/archive")))
        }
        return bytes
    }

    private func name(_ format: ArchiveWriter.Format) -> String {
        switch format {
        case .storedZip, .deflatedZip: "hostile.zip"
        case .tar: "hostile.tar"
        case .gzippedTar: "hostile.tar.gz"
        }
    }

    @Test("an archive that breaks off anywhere is refused", arguments: ArchiveWriter.Format.allCases)
    func truncation(format: ArchiveWriter.Format) throws {
        let bytes = try written(format)
        #expect(try contents(bytes, name: name(format)) == Self.files)
        // A tar may lack some of the zeros that fill its last record.
        let needed = format == .tar ? 4 * 512 + 512 : bytes.count
        for length in 1..<needed {
            #expect(trouble(Array(bytes.prefix(length)), name: name(format)) != nil, "\(length) bytes")
        }
    }

    @Test(
        "no flipped bit changes a content unseen",
        arguments: ArchiveWriter.Format.allCases.filter { $0 != .tar })
    func flippedBits(format: ArchiveWriter.Format) throws {
        let bytes = try written(format)
        for position in bytes.indices {
            for bit in [position % 8, (position + 3) % 8] {
                var changed = bytes
                changed[position] ^= 1 << UInt8(bit)
                guard let read = try? contents(changed, name: name(format)) else { continue }
                for (entry, content) in read {
                    #expect(
                        Self.files.values.contains(content), "\(entry) after bit \(bit) of byte \(position)")
                }
            }
        }
    }
}
