import Foundation
import Tasks
import TestSupport
import Testing

/// Demonstrations against those that NumPy draws.
@Suite("Draws of demonstrations")
struct ContextDrawTests {
    private struct SmallGoldens: Decodable {
        let draws: [ContextGoldens.Draw]
    }

    private static func archive(train: Int, validation: Int) throws -> WrittenArchive {
        func table(_ count: Int) -> String {
            "sentence\tlabel\n" + (0..<count).map { "s\($0)\t\($0 % 2)\n" }.joined()
        }
        return try WrittenArchive(["train.tsv": table(train), "dev.tsv": table(validation)])
    }

    private func contexts(
        train: Int, test: Int, count: Int, draw: DemonstrationDraw, seed: UInt32 = 0
    ) throws -> DrawnContexts {
        let archive = try Self.archive(train: train, validation: test)
        return try ProtocolSampling.drawContexts(
            task: SST2(), archive: archive.open(), testExamples: test, demonstrationCount: count, draw: draw,
            dataSeed: seed)
    }

    /// Positions in the train split, test example by test example.
    static func positions(of drawn: DrawnContexts) throws -> [[Int]] {
        try drawn.test.indices.map { index in
            try drawn.demonstrations(ofTestExample: index).map { example in
                #expect(example.id.hasPrefix("train:"))
                return try #require(Int(example.id.split(separator: ":")[1]))
            }
        }
    }

    @Test("written splits: NumPy draws the same, for each example and for all at once, whatever the seed")
    func small() throws {
        let goldens = try JSONDecoder().decode(
            SmallGoldens.self,
            from: Data(contentsOf: TaskGoldens.fixtures.appending(path: "small_context_goldens.json")))
        #expect(goldens.draws.count == 18)
        for golden in goldens.draws {
            let drawn = try contexts(
                train: golden.trainSize, test: golden.testCount, count: golden.count,
                draw: golden.fixed ? .fixedSet : .perExample, seed: golden.seed)
            let positions = try Self.positions(of: drawn)
            #expect(positions.count == golden.testCount)
            #expect(Array(positions[0].prefix(8)) == golden.first)
            #expect(Array(positions[positions.count - 1].prefix(8)) == golden.last)
            #expect(CRC32.ofNumbers(positions.flatMap { $0 }) == golden.crc32)
            #expect(
                drawn.notes.contains { $0.contains("demonstrations") } == (golden.trainSize < golden.count))
        }
    }

    @Test("a fixed set is the beginning of the training examples that a trial with the same data seed draws")
    func fixedSet() throws {
        let archive = try Self.archive(train: 60, validation: 5)
        let drawn = try ProtocolSampling.draw(
            task: SST2(), archive: archive.open(), trainExamples: 30, devExamples: 10, testExamples: 5,
            dataSeed: 7)
        let contexts = try ProtocolSampling.drawContexts(
            task: SST2(), archive: archive.open(), testExamples: 5, demonstrationCount: 8, draw: .fixedSet,
            dataSeed: 7)
        #expect(contexts.test == drawn.test)
        for index in contexts.test.indices {
            #expect(contexts.demonstrations(ofTestExample: index) == Array(drawn.train.prefix(8)))
        }
    }

    @Test("without demonstrations the train split is not read, and a negative count is refused")
    func none() throws {
        let archive = try WrittenArchive(["dev.tsv": "sentence\tlabel\ns\t1\n"])
        let drawn = try ProtocolSampling.drawContexts(
            task: SST2(), archive: archive.open(), testExamples: 1, demonstrationCount: 0, draw: .perExample,
            dataSeed: 0)
        #expect(drawn.test.map(\.id) == ["validation:0"])
        #expect(drawn.demonstrations(ofTestExample: 0) == [])
        #expect(throws: TaskError.self) {
            try ProtocolSampling.drawContexts(
                task: SST2(), archive: archive.open(), testExamples: 1, demonstrationCount: -1,
                draw: .perExample,
                dataSeed: 0)
        }
    }
}
