import Archives
import Foundation
import TestSupport
import Testing

@Suite("ArchiveWriter")
struct ArchiveWriterTests {
    private let entries = [
        "SST-2/train.tsv": Array("sentence\tlabel\na warm play \t1\n".utf8),
        "SST-2/empty.tsv": [],
        "SST-2/bytes.bin": (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) },
    ]

    private func fileName(_ format: ArchiveWriter.Format) -> String {
        switch format {
        case .storedZip, .deflatedZip: "made.zip"
        case .tar: "made.tar"
        case .gzippedTar: "made.tar.gz"
        }
    }

    @Test("our reader gives back every entry", arguments: ArchiveWriter.Format.allCases)
    func roundTrip(format: ArchiveWriter.Format) throws {
        try TemporaryFolder.with { folder in
            let path = folder.path(fileName(format))
            try ArchiveWriter.write(entries, to: path, format: format)
            let archive = try Archive.open(path)
            #expect(try archive.entryNames() == entries.keys.sorted())
            for (name, content) in entries {
                #expect(try archive.read(entryNamed: name) == content)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [fileName(format)])
        }
    }

    @Test("the same content gives the same bytes seconds later, in every format")
    func sameBytes() throws {
        try TemporaryFolder.with { folder in
            for format in ArchiveWriter.Format.allCases {
                try ArchiveWriter.write(entries, to: folder.path("first \(format)"), format: format)
            }
            // Times in archives count in seconds, or in two seconds.
            Thread.sleep(forTimeInterval: 2.1)
            for format in ArchiveWriter.Format.allCases {
                try ArchiveWriter.write(entries, to: folder.path("second \(format)"), format: format)
                let first = try folder.contents("first \(format)")
                let second = try folder.contents("second \(format)")
                #expect(first == second, "\(format)")
            }
        }
    }

    @Test("a stored zip holds the first of January 1980 as its time")
    func fixedTime() throws {
        try TemporaryFolder.with { folder in
            try ArchiveWriter.write(["a": [1]], to: folder.path("a.zip"), format: .storedZip)
            let bytes = try folder.contents("a.zip")
            #expect(bytes[..<4] == [0x50, 0x4b, 3, 4])
            // Local header: method at 8, time at 10, date at 12; day 1, month 1, year 0 from 1980.
            #expect(bytes[8..<14] == [0, 0, 0, 0, 0x21, 0])
        }
    }

    @Test("a deflated zip is smaller than a stored one")
    func deflated() throws {
        try TemporaryFolder.with { folder in
            let zeros = ["zeros": [UInt8](repeating: 0, count: 10_000)]
            try ArchiveWriter.write(zeros, to: folder.path("stored.zip"), format: .storedZip)
            try ArchiveWriter.write(zeros, to: folder.path("deflated.zip"), format: .deflatedZip)
            #expect(try folder.contents("stored.zip").count > 10_000)
            #expect(try folder.contents("deflated.zip").count < 500)
        }
    }

    @Test("names that lead out of the archive are not written", arguments: ["/etc/x", "a/../../x", ""])
    func unsafeName(name: String) throws {
        try TemporaryFolder.with { folder throws in
            let error = #expect(throws: ArchiveError.self) {
                try ArchiveWriter.write([name: [1]], to: folder.path("a.zip"), format: .storedZip)
            }
            if case .unsafeName = error {} else { Issue.record("\(String(describing: error))") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("a folder that is not there is named with the reason")
    func missingFolder() throws {
        try TemporaryFolder.with { folder in
            let path = folder.path("nowhere/a.zip")
            let error = #expect(throws: ArchiveError.self) {
                try ArchiveWriter.write(["a": [1]], to: path, format: .storedZip)
            }
            #expect(error?.description.hasPrefix(path + ": cannot be written") == true)
        }
    }
}
