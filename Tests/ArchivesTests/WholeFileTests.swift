import Archives
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Files that are written whole or not at all")
struct WholeFileTests {
    private func content(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test("a new file has its content, and nothing is beside it")
    func new() throws {
        try TemporaryFolder.with { folder in
            for bytes in [[], [UInt8](repeating: 7, count: 3_000_000)] {
                try WholeFile.write(bytes, to: folder.path("a"))
                #expect(try content(folder.path("a")) == bytes)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
            }
        }
    }

    @Test("a replaced file keeps its rights, and a link goes on pointing to it", arguments: [0o640, 0o444])
    func replaced(_ rights: Int) throws {
        try TemporaryFolder.with { folder in
            try WholeFile.write([1], to: folder.path("target"))
            try #require(chmod(folder.path("target"), mode_t(rights)) == 0)
            try #require(symlink("target", folder.path("link")) == 0)
            try WholeFile.write([2, 3], to: folder.path("link"))
            #expect(try content(folder.path("target")) == [2, 3])
            let manager = FileManager.default
            #expect(try manager.destinationOfSymbolicLink(atPath: folder.path("link")) == "target")
            let attributes = try manager.attributesOfItem(atPath: folder.path("target"))
            #expect(attributes[.posixPermissions] as? Int == rights)
        }
    }

    @Test("an open reader goes on with the old content")
    func reader() throws {
        try TemporaryFolder.with { folder in
            try WholeFile.write([1, 2], to: folder.path("a"))
            let reader = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path("a")))
            try WholeFile.write([3, 4, 5], to: folder.path("a"))
            #expect(try reader.readToEnd() == Data([1, 2]))
            #expect(try content(folder.path("a")) == [3, 4, 5])
        }
    }

    @Test("a link that lies in wait for the unfinished file is not followed")
    func linkInWait() throws {
        try TemporaryFolder.with { folder in
            try WholeFile.write([9], to: folder.path("theirs"))
            try #require(symlink("theirs", folder.path("a.partial-\(getpid())")) == 0)
            try WholeFile.write([1], to: folder.path("a"))
            #expect(try content(folder.path("theirs")) == [9] && content(folder.path("a")) == [1])
            #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == ["a", "theirs"])
        }
    }

    @Test("a device is written to, and its refusal has the system's reason")
    func device() throws {
        try WholeFile.write([1], to: "/dev/null")
        let failure = #expect(throws: WholeFile.Failure.self) { try WholeFile.write([1], to: "/dev/full") }
        #expect(failure?.errorNumber == ENOSPC && failure?.path == "/dev/full")
        #expect(failure?.description.hasPrefix("cannot write /dev/full: No space left on device") == true)
    }

    @Test("a folder under the name, and a folder that is not there, are errors that leave nothing")
    func folders() throws {
        try TemporaryFolder.with { folder in
            try #require(mkdir(folder.path("sub"), 0o755) == 0)
            for (name, number) in [("sub", EISDIR), ("missing/a", ENOENT)] {
                let failure = #expect(throws: WholeFile.Failure.self) {
                    try WholeFile.write([1], to: folder.path(name))
                }
                #expect(failure?.errorNumber == number)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sub"])
        }
    }
}
