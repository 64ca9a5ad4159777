import Foundation
import ModelFiles
import Tasks
import TestSupport
import Testing
import Tokenization
import Training

/// What is said of examples that a model cannot take as they are, on written archives and models of few positions.
@Suite("Trial encoding")
struct TrialEncodingTests {
    private static let short = "dull"
    /// With the question and an option some hundred bytes, each of which is a token.
    private static let long = String(repeating: "a very odd film ", count: 6)

    /// The examples of a task whose records are `train` and `test`, for a model of so many positions.
    private func draw(
        task: String = "sst2", files: (train: String, test: String) = ("train.tsv", "dev.tsv"),
        _ train: String, _ test: String, counts: (train: Int, dev: Int, test: Int), method: Method,
        positions: Int = 64, vocabulary: TokenizerDefinition = TinyWorld.vocabulary
    ) throws -> TrialData {
        try TemporaryFolder.with { folder in
            try train.write(toFile: folder.path(files.train), atomically: true, encoding: .utf8)
            try test.write(toFile: folder.path(files.test), atomically: true, encoding: .utf8)
            let data = try TrialData.draw(
                for: .task(
                    name: task, trainExamples: counts.train, devExamples: counts.dev,
                    testExamples: counts.test),
                method: method, dataSeed: 0, dataPath: folder.path,
                model: ReadableModel(
                    name: "tiny", path: nil,
                    configuration: ModelConfiguration(
                        family: .llama, vocabularySize: vocabulary.tokens.count, hiddenSize: 16,
                        feedForwardSize: 32, layerCount: 2, headCount: 2, keyValueHeadCount: 2,
                        maximumPositions: positions, embeddingSize: 16),
                    vocabulary: vocabulary))
            return try #require(data)
        }
    }

    private func reviews(_ sentences: [String]) -> String {
        "sentence\tlabel\n" + sentences.map { "\($0)\t1\n" }.joined()
    }

    private func notesOnLength(_ data: TrialData) -> [String] {
        data.summary.notes.filter { $0.contains("longer") }
    }

    @Test(
        "texts that are too long are counted split by split, and lose their beginning but for the leading token"
    )
    func tooLong() throws {
        let data = try draw(
            reviews([Self.short, Self.long, Self.short, Self.short]),
            reviews([Self.long, Self.short, Self.long]), counts: (4, 0, 3), method: .linearProbe)
        #expect(
            notesOnLength(data) == [
                "SST-2: 1 of 4 training examples are longer than the model takes and lose their beginning.",
                "SST-2: 2 of 3 test examples are longer than the model takes and lose their beginning.",
            ])
        #expect(data.train.count(where: \.isCut) == 1)
        let cut = try #require(data.test.first { $0.isCut }).options[0]
        #expect(cut.tokens.count == 64 && cut.tokens.first == 256)
        let kept = data.tokenizer.decode(Array(cut.tokens.dropFirst()), skippingSpecialTokens: false)
        #expect(
            (Self.long.strippedOfWhiteSpace + " It was terrible").hasSuffix(kept) && kept.utf8.count == 63)
    }

    @Test("texts that fit are not spoken of")
    func fitting() throws {
        let table = reviews([Self.short, Self.short])
        let data = try draw(table, table, counts: (1, 1, 2), method: .zeroShot)
        #expect(data.summary.notes.allSatisfy { !$0.contains("longer") && !$0.contains("option") })
    }

    @Test("what demonstrations make too long is said with their number")
    func demonstrations() throws {
        let table = reviews([String](repeating: Self.short, count: 4))
        let method = Method.inContext(InContextSettings(demonstrationCount: 2, calibrates: false))
        let data = try draw(table, table, counts: (4, 0, 3), method: method, positions: 48)
        #expect(
            notesOnLength(data) == [
                "SST-2: 3 of 3 test examples with 2 demonstrations are longer than the model takes and lose their "
                    + "beginning."
            ])
        let roomy = try draw(table, table, counts: (4, 0, 3), method: method, positions: 256)
        #expect(notesOnLength(roomy).isEmpty)
    }

    @Test(
        "a calibration option of one token is not scored without a leading token, which is said, and is with one"
    )
    func calibrationOption() throws {
        var vocabulary = TinyWorld.vocabulary
        vocabulary.tokens += ["No", "Ye", "Yes"]
        vocabulary.merges = [["N", "o"], ["Y", "e"], ["Ye", "s"]]
        let record = #"{"premise": "It fell.", "hypothesis": "It rose.", "label": "not_entailment"}"# + "\n"
        let method = Method.inContext(InContextSettings(demonstrationCount: 0, calibrates: true))
        func encoded(_ vocabulary: TokenizerDefinition) throws -> TrialData {
            try draw(
                task: "rte", files: ("train.jsonl", "val.jsonl"), record, record, counts: (1, 0, 1),
                method: method, positions: 256, vocabulary: vocabulary)
        }
        func notes(_ data: TrialData) -> [String] { data.summary.notes.filter { $0.contains("calibration") } }

        let led = try encoded(vocabulary)
        #expect(led.test[0].calibrationOptions.map(\.optionTokenCount) == [1, 1] && notes(led).isEmpty)
        vocabulary.leadingToken = nil
        let bare = try encoded(vocabulary)
        #expect(bare.test[0].calibrationOptions.map(\.optionTokenCount) == [0, 0])
        #expect(
            notes(bare) == [
                "RTE: an option of one token has no token before it without its prompt, for the model has no leading "
                    + "token; calibration takes nothing from its score, as in the published code."
            ])
    }

    @Test(
        "an option that fills all positions cannot be scored, and the error names the example and the option")
    func unscorable() throws {
        // " terrible" is as long as all positions; after the leading token there is room for eight.
        let table = reviews([Self.short])
        let error = #expect(throws: TrainingError.self) {
            try draw(table, table, counts: (0, 0, 1), method: .zeroShot, positions: 9)
        }
        guard case .unscorableExample(let id, let option) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(option == 0 && id.hasPrefix("validation:"), "\(id)")
        // With one more position the first token of the option has the leading one before it.
        _ = try draw(table, table, counts: (0, 0, 1), method: .zeroShot, positions: 10)
    }
}
