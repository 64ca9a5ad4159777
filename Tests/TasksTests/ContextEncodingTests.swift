import Archives
import Foundation
import Tasks
import TestSupport
import Testing
import Tokenization

/// Examples after demonstrations, and options without their question, against Hugging Face's tokenizers on the whole
/// text.
@Suite("Examples in context")
struct ContextEncodingTests {
    /// Under vocabularies that are in the fixture.
    private struct Goldens: Decodable {
        struct Hard: Decodable {
            let prompt: String
            let fullTexts: [String]
        }
        struct Case: Decodable {
            /// A task whose hand-written train records are the demonstrations of its first test record.
            let task: String?
            /// Places among the hard texts: the example, and its demonstrations.
            let hard: Int?
            let demonstrations: [Int]?
            let leading: Int32?
            let maximum: Int
            /// For each option its count of option tokens, then its ids.
            let options: [[Int32]]
            let prompt: [Int32]
            /// For each option how many of its tokens have a score without context, then the ids.
            let calibration: [[Int32]]
        }
        struct Vocabulary: Decodable {
            let digits: Bool
            let tokens: [String]
            let merges: [[String]]
            let special: Int32
            let cases: [Case]
        }
        let hard: [Hard]
        let vocabularies: [Vocabulary]
    }

    private static let folders = [
        "sst2": "SST-2", "rte": "RTE", "cb": "CB", "boolq": "BoolQ", "wsc": "WSC", "wic": "WiC",
        "multirc": "MultiRC", "copa": "COPA", "record": "ReCoRD", "squad": "squad", "drop": "drop_dataset",
    ]

    private static func goldens() throws -> Goldens {
        try JSONDecoder().decode(
            Goldens.self,
            from: Data(contentsOf: TaskGoldens.fixtures.appending(path: "small_context_goldens.json")))
    }

    private static func tokenizer(_ vocabulary: Goldens.Vocabulary) throws -> Tokenizer {
        try Tokenizer(
            TokenizerDefinition(
                tokens: vocabulary.tokens, merges: vocabulary.merges,
                preTokenizer: vocabulary.digits ? .singleDigitsThenGPT2 : .gpt2,
                specialTokens: ["<mark>": vocabulary.special], leadingToken: nil, endOfTextToken: nil,
                sha256: ""))
    }

    private static func rows(_ options: [EncodedOption]) -> [[Int32]] {
        options.map { [Int32($0.optionTokenCount)] + $0.tokens }
    }

    @Test("hand-written records of every task", arguments: [false, true])
    func written(digits: Bool) throws {
        let vocabulary = try #require(try Self.goldens().vocabularies.first { $0.digits == digits })
        let cases = vocabulary.cases.filter { $0.task != nil }
        #expect(Set(cases.compactMap(\.task)) == Set(Self.folders.keys) && cases.count == 33)
        for golden in cases {
            let name = try #require(golden.task)
            let task = try #require(TaskCatalog.task(named: name))
            let folder = try #require(Self.folders[name])
            let archive = try Archive.open(TaskGoldens.fixtures.appending(path: "records/\(folder)").path)
            let encoder = ExampleEncoder(
                tokenizer: try Self.tokenizer(vocabulary), leadingToken: golden.leading,
                maximumTokens: golden.maximum)
            let test = try task.examples(of: .validation, in: archive)[0]
            let encoded = encoder.encode(
                test, task: task, demonstrations: Array(try task.examples(of: .train, in: archive)))
            #expect(Self.rows(encoded.options) == golden.options, "\(name), at most \(golden.maximum)")
            #expect(encoded.promptTokens == golden.prompt, "\(name), at most \(golden.maximum)")
            #expect((test.calibration == nil) == (task.kind == .generation))
            let calibration = test.calibration.map(encoder.encode) ?? []
            #expect(Self.rows(calibration) == golden.calibration, "\(name), at most \(golden.maximum)")
            let whole = try #require(
                cases.first { $0.task == name && $0.leading == golden.leading && $0.maximum == 2048 })
            #expect(encoded.isCut == (whole.options != golden.options || whole.prompt != golden.prompt))
        }
    }

    @Test(
        "texts with white space, numbers and special tokens where demonstrations meet",
        arguments: [false, true])
    func hard(digits: Bool) throws {
        let goldens = try Self.goldens()
        let vocabulary = try #require(goldens.vocabularies.first { $0.digits == digits })
        let cases = vocabulary.cases.filter { $0.hard != nil }
        #expect(cases.count == 50)
        let examples = goldens.hard.enumerated().map { index, hard in
            Example(
                id: "train:\(index)", prompt: hard.prompt, fullTexts: hard.fullTexts, goldIndex: 0,
                goldAnswers: ["a"])
        }
        for golden in cases {
            let encoder = ExampleEncoder(
                tokenizer: try Self.tokenizer(vocabulary), leadingToken: golden.leading,
                maximumTokens: golden.maximum)
            let encoded = encoder.encode(
                examples[try #require(golden.hard)], task: COPA(),
                demonstrations: try #require(golden.demonstrations).map { examples[$0] })
            #expect(
                Self.rows(encoded.options) == golden.options, "\(golden.hard ?? -1) at most \(golden.maximum)"
            )
        }
    }
}
