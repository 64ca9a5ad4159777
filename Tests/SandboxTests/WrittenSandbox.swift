import Archives
import Foundation
import Sandbox
import TestSupport

/// One sandbox, written once for all tests and read back with parsers that are not the sandbox's own.
struct WrittenSandbox {
    struct Review: Hashable {
        let sentence: String
        let label: String
    }

    struct YesNo: Decodable, Hashable {
        let question: String
        let passage: String
        let idx: Int
        let label: Bool?
    }

    struct Cause: Decodable, Hashable {
        let premise: String
        let choice1: String
        let choice2: String
        let question: String
        let label: Int?
        let idx: Int
    }

    struct Squad: Decodable {
        struct Article: Decodable {
            let title: String
            let paragraphs: [Paragraph]
        }
        struct Paragraph: Decodable {
            let context: String
            let qas: [Question]
        }
        struct Question: Decodable {
            let answers: [Answer]
            let question: String
            let id: String
        }
        struct Answer: Decodable {
            let answerStart: Int
            let text: String

            private enum CodingKeys: String, CodingKey {
                case answerStart = "answer_start"
                case text
            }
        }
        let data: [Article]
        let version: String
    }

    /// The files of seed 7 by their paths inside the folder.
    let files: [String: [UInt8]]
    /// The entries of the three archives by `archive: entry`.
    let entries: [String: String]

    static let shared = Result { try WrittenSandbox(seed: 7) }

    init(seed: UInt64) throws {
        (files, entries) = try TemporaryFolder.with { folder in
            let contents = try Sandbox.make(in: folder.path("sandbox"), seed: seed)
            var entries: [String: String] = [:]
            for name in ["glue/SST-2.zip", "superglue/BoolQ.zip", "superglue/COPA.zip"] {
                let archive = try Archive.open(contents.dataFolder + "/" + name)
                for entry in try archive.entryNames() {
                    entries[entry] = String(decoding: try archive.read(entryNamed: entry), as: UTF8.self)
                }
            }
            return (try Self.allFiles(under: folder.path("sandbox")), entries)
        }
    }

    /// Every file below a folder, by its path from there.
    static func allFiles(under folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let url = URL(fileURLWithPath: folder + "/" + name)
            if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                files[name] = try Array(Data(contentsOf: url))
            }
        }
        return files
    }

    /// The lines of an entry, which ends with a line break.
    func lines(_ entry: String) -> [String] {
        entries[entry, default: ""].split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }

    /// The labelled rows of `train` or `dev`.
    func reviews(_ part: String) -> [Review] {
        lines("SST-2/\(part).tsv").dropFirst().map { line in
            let fields = line.components(separatedBy: "\t")
            return Review(sentence: fields[0], label: fields.count == 2 ? fields[1] : "not two fields")
        }
    }

    func yesNo(_ part: String) throws -> [YesNo] {
        try lines("BoolQ/\(part).jsonl").map { try JSONDecoder().decode(YesNo.self, from: Data($0.utf8)) }
    }

    func causes(_ part: String) throws -> [Cause] {
        try lines("COPA/\(part).jsonl").map { try JSONDecoder().decode(Cause.self, from: Data($0.utf8)) }
    }

    func squad(_ part: String) throws -> Squad {
        try JSONDecoder().decode(
            Squad.self, from: Data(files["data/squad/\(part)-v1.1.json", default: []]))
    }
}
