import Archives
import Foundation
import Tasks
import TestSupport
import Testing
import Tokenization

/// Demonstrations from the data sets themselves.
@Suite("Contexts of real records")
struct RealContextSlowTests {
    @Test(
        "real splits: NumPy draws the same",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: ContextGoldens.taskNames)
    func draws(name: String) throws {
        let golden = try #require(try ContextGoldens.load().tasks[name])
        let task = try #require(TaskCatalog.task(named: name))
        let archive = try #require(SharedData.archivePaths[name])
        #expect(golden.draws.count == 6)
        for draw in golden.draws {
            let drawn = try ProtocolSampling.drawContexts(
                task: task, archive: .open(archive), testExamples: task.publishedCounts.test,
                demonstrationCount: draw.count, draw: draw.fixed ? .fixedSet : .perExample,
                dataSeed: draw.seed)
            let positions = try ContextDrawTests.positions(of: drawn)
            #expect(positions.count == draw.testCount)
            #expect(Array(positions[0].prefix(8)) == draw.first)
            #expect(CRC32.ofNumbers(positions.flatMap { $0 }) == draw.crc32, "\(name) seed \(draw.seed)")
        }
    }

    @Test(
        "real records under OPT's tokenizer",
        .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: ContextGoldens.taskNames)
    func encoding(name: String) throws {
        let goldens = try #require(try ContextGoldens.load().tasks[name]?.encoded["opt"])
        let task = try #require(TaskCatalog.task(named: name))
        let archive = try Archive.open(#require(SharedData.archivePaths[name]))
        let encoder = ExampleEncoder(
            tokenizer: try Tokenizer(OPTVocabulary.definition()), leadingToken: 0, maximumTokens: 2048)
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
