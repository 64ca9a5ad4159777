import Archives
import Foundation
import Testing

@Suite("ArchiveSearch")
struct ArchiveSearchTests {
    @Test("earlier names win, then what lies nearer, then the order of names")
    func order() throws {
        try withTemporaryFolder { folder in
            try write("x", to: folder + "/b/BoolQ.zip")
            try write("x", to: folder + "/a/deep/BoolQ.zip")
            try write("x", to: folder + "/BoolQ-subset.zip")
            #expect(
                try ArchiveSearch.find(fileNames: ["BoolQ.zip", "BoolQ-subset.zip"], in: [folder])
                    == folder + "/b/BoolQ.zip")
            #expect(
                try ArchiveSearch.find(fileNames: ["BoolQ-subset.zip", "BoolQ.zip"], in: [folder + "/"])
                    == folder + "/BoolQ-subset.zip")
            #expect(
                try ArchiveSearch.find(fileNames: ["BoolQ.zip"], in: [folder + "/a", folder])
                    == folder + "/a/deep/BoolQ.zip")
        }
    }

    @Test("a path to the file or folder itself is taken")
    func itself() throws {
        try withTemporaryFolder { folder in
            try write("x", to: folder + "/BoolQ/train.jsonl")
            try write("x", to: folder + "/SST-2.zip")
            for path in [folder + "/SST-2.zip", folder + "/BoolQ"] {
                #expect(try ArchiveSearch.find(fileNames: ["BoolQ", "SST-2.zip"], in: [path]) == path)
            }
            #expect(try ArchiveSearch.find(fileNames: ["BoolQ"], in: [folder]) == folder + "/BoolQ")
        }
    }

    @Test("four folders down is found, five is not, nor what lies behind a link out")
    func depth() throws {
        try withTemporaryFolder { folder in
            try write("x", to: folder + "/top/1/2/3/4/near.zip")
            try write("x", to: folder + "/top/1/2/3/4/5/far.zip")
            try write("x", to: folder + "/outside/other.zip")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/top/link", withDestinationPath: "../outside")
            let top = folder + "/top"
            #expect(try ArchiveSearch.find(fileNames: ["near.zip"], in: [top]) == top + "/1/2/3/4/near.zip")
            for name in ["far.zip", "other.zip"] {
                #expect(
                    throws: ArchiveError.notFound(accepted: [name], searched: [top], missing: [])
                ) { try ArchiveSearch.find(fileNames: [name], in: [top]) }
            }
        }
    }

    @Test("the error names what is accepted, what was searched, and which folders do not exist")
    func error() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: ArchiveError.self) {
                try ArchiveSearch.find(fileNames: ["SST-2.zip", "SST-2"], in: [folder, "/nonexistent"])
            }
            let text = error?.description ?? ""
            for word in ["SST-2.zip, SST-2", folder, "does not exist: /nonexistent"] {
                #expect(text.contains(word))
            }
        }
    }
}
