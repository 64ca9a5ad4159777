import Archives
import Foundation
import Testing

@Suite("Archive, damaged or hostile")
struct ArchiveDamageTests {
    /// Reads every entry of a fixture.
    private func readAll(_ name: String, limits: ArchiveLimits = .standard) throws {
        let archive = try Archive.open(fixtures + name)
        for entry in try archive.entryNames() {
            _ = try archive.read(entryNamed: entry, limits: limits)
        }
    }

    @Test(
        "data that break off or fail their checksum are named as such, with the path",
        arguments: [
            "truncated-half.zip", "truncated-end.zip", "truncated-half.tar.gz", "truncated-end.tar.gz",
            "truncated-half.tar.xz", "truncated-half.tar.zst", "truncated-single.jsonl.gz", "flipped.zip",
            "flipped-deflated.zip", "flipped.tar.gz", "flipped.jsonl.gz", "not-a-tar.tar.gz",
        ])
    func damage(name: String) throws {
        let error = #expect(throws: ArchiveError.self) { try readAll(name) }
        guard case .damaged(let path, _, _) = error else {
            Issue.record("\(name): \(String(describing: error))")
            return
        }
        #expect(path == fixtures + name)
        #expect(error?.description.contains("truncated or corrupt") == true)
    }

    @Test("a wrong checksum names the entry")
    func checksum() throws {
        let archive = try Archive.open(fixtures + "flipped.zip")
        let error = #expect(throws: ArchiveError.self) { try archive.read(entryEndingWith: "train.jsonl") }
        #expect(error?.description.contains("BoolQ/train.jsonl") == true)
        #expect(try !archive.read(entryEndingWith: "val.jsonl").isEmpty)
    }

    @Test("an error page saved under an archive's name is not taken for data")
    func errorPages() {
        for name in ["error-page.zip", "error-page.tar.gz"] {
            let error = #expect(throws: ArchiveError.self) { try Archive.open(fixtures + name) }
            #expect(error?.description.contains("the name promises") == true)
        }
    }

    @Test("names that lead out of the archive close it")
    func unsafeNames() {
        for (name, word) in [("absolute.zip", "absolute"), ("escaping.tar", "..")] {
            let error = #expect(throws: ArchiveError.self) { try readAll(name) }
            #expect(error?.description.contains(word) == true)
        }
    }

    @Test("a name that stands twice is refused, its neighbours are not")
    func duplicates() throws {
        let archive = try Archive.open(fixtures + "duplicate.zip")
        #expect(
            throws: ArchiveError.duplicateEntry(path: archive.path, entry: "BoolQ/train.jsonl", count: 2)
        ) { try archive.read(entryEndingWith: "train.jsonl") }
        #expect(try archive.read(entryNamed: "a") == Array("a".utf8))
    }

    @Test("encrypted entries are refused")
    func encryption() {
        #expect(
            throws: ArchiveError.encryptedEntry(path: fixtures + "encrypted.zip", entry: "secret.txt")
        ) { try readAll("encrypted.zip") }
    }

    @Test("a link in a tar is neither listed nor read")
    func links() throws {
        let archive = try Archive.open(fixtures + "link.tar")
        #expect(try archive.entryNames() == ["target"])
        #expect(throws: ArchiveError.notAFile(path: archive.path, entry: "BoolQ/train.jsonl")) {
            try archive.read(entryNamed: "BoolQ/train.jsonl")
        }
    }

    @Test("limits on an entry's bytes hold for declared and for undeclared sizes")
    func entryLimits() {
        var limits = ArchiveLimits.standard
        limits.bytesPerEntry = 100
        for name in ["good.zip", "good.tar.zst", "good-single.jsonl.gz"] {
            let error = #expect(throws: ArchiveError.self) { try readAll(name, limits: limits) }
            #expect(error?.description.contains("bytes an entry") == true)
        }
    }

    @Test("limits on the number of entries and on their sum hold")
    func archiveLimits() throws {
        var few = ArchiveLimits.standard
        few.entries = 2
        var small = ArchiveLimits.standard
        small.totalBytes = 1000
        for (limits, word) in [(few, "2 entries"), (small, "bytes in all")] {
            let archive = try Archive.open(fixtures + "good.tar.xz")
            let error = #expect(throws: ArchiveError.self) {
                try archive.read(entryNamed: "BoolQ/val.jsonl", limits: limits)
            }
            #expect(error?.description.contains(word) == true)
        }
    }

    @Test("an entry that unpacks to a thousand times the archive is refused")
    func compressionRatio() throws {
        try withTemporaryFolder { folder in
            let bomb = folder + "/bomb.jsonl"
            try Data(count: 80 << 20).write(to: URL(fileURLWithPath: bomb))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gzip", "-9", bomb]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            var limits = ArchiveLimits.standard
            limits.compressionRatio = 100
            let archive = try Archive.open(bomb + ".gz")
            let error = #expect(throws: ArchiveError.self) {
                try archive.read(entryNamed: "bomb.jsonl", limits: limits)
            }
            #expect(
                error?.description.contains("unpacked bytes per archive byte") == true,
                "\(String(describing: error))")
        }
    }

    @Test("what is not there is an error with its path")
    func missing() {
        let error = #expect(throws: ArchiveError.self) { try Archive.open("/nonexistent/BoolQ.zip") }
        #expect(error?.description.contains("/nonexistent/BoolQ.zip") == true)
    }
}
