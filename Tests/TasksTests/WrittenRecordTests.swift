import Archives
import Foundation
import Tasks
import TestSupport
import Testing

/// Records written by hand in the official layouts, under `Fixtures/records`.
@Suite("Tasks on written records")
struct WrittenRecordTests {
    private struct Goldens: Decodable {
        struct Written: Decodable {
            let prompt: String
            let fullTexts: [String]
            let gold: [Int]
            let answers: [String]?
        }
        let tasks: [String: [String: [Written]]]
    }

    private static let folders = [
        "sst2": "SST-2", "rte": "RTE", "cb": "CB", "boolq": "BoolQ", "wsc": "WSC", "wic": "WiC",
        "multirc": "MultiRC", "copa": "COPA", "record": "ReCoRD", "squad": "squad", "drop": "drop_dataset",
    ]

    @Test("prompts, options and answers are the restated protocol's", arguments: folders.keys.sorted())
    func words(name: String) throws {
        let goldens = try JSONDecoder().decode(
            Goldens.self,
            from: Data(contentsOf: TaskGoldens.fixtures.appending(path: "written_goldens.json")))
        let task = try #require(TaskCatalog.task(named: name))
        let folder = try #require(Self.folders[name])
        let archive = try Archive.open(TaskGoldens.fixtures.appending(path: "records/\(folder)").path)
        for split in ArchiveSplit.allCases {
            let expected = try #require(goldens.tasks[name]?[split.rawValue])
            let examples = try task.examples(of: split, in: archive)
            #expect(examples.count == expected.count)
            for (example, golden) in zip(examples, expected) {
                // Byte for byte: Swift's strings are equal where only their normal forms are.
                #expect(Array(example.prompt.utf8) == Array(golden.prompt.utf8), "\(example.id)")
                #expect(example.fullTexts.map { Array($0.utf8) } == golden.fullTexts.map { Array($0.utf8) })
                #expect(example.goldIndices == golden.gold, "\(example.id)")
                if let answers = golden.answers { #expect(example.goldAnswers == answers, "\(example.id)") }
            }
        }
    }

    @Test(
        "a task reads the same from a zip, a tar in gzip, xz or zstd, and a folder",
        arguments: ["WSC.zip", "WSC.tar.gz", "WSC.tar.xz", "WSC.tar.zst"])
    func packings(fileName: String) throws {
        #expect(WSC().acceptedArchives.contains { $0.fileName == fileName })
        let packed = try Archive.open(TaskGoldens.fixtures.appending(path: "archives/\(fileName)").path)
        let folder = try Archive.open(TaskGoldens.fixtures.appending(path: "records/WSC").path)
        for split in ArchiveSplit.allCases {
            let examples = Array(try WSC().examples(of: split, in: packed))
            #expect(examples.count == (split == .train ? 7 : 1))
            #expect(examples == Array(try WSC().examples(of: split, in: folder)))
        }
    }

    @Test("DROP: questions that the published loader leaves out are counted")
    func leftOut() throws {
        let archive = try Archive.open(TaskGoldens.fixtures.appending(path: "records/drop_dataset").path)
        let drawn = try ProtocolSampling.draw(
            task: DROP(), archive: archive, trainExamples: 9, devExamples: 0, testExamples: 1, dataSeed: 0)
        #expect(drawn.train.count == 5)
        #expect(drawn.notes.count == 3)
        for (note, part) in zip(drawn.notes, ["2 of 7 questions", "2 of 4 questions", "9 training examples"])
        {
            #expect(note.contains(part), "\(note)")
        }
    }
}
