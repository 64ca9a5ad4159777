import Archives
import Tasks
import Testing
import Tokenization

@Suite("Tasks on real archives", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RealArchiveTests {
    private static let names = ["sst2", "boolq", "copa", "squad"]

    private func task(_ name: String) throws -> (any TaskDefinition, Archive) {
        (
            try #require(TaskCatalog.task(named: name)),
            try Archive.open(#require(SharedData.archivePaths[name]))
        )
    }

    @Test("every prompt, option and answer of both splits is the restated protocol's", arguments: names)
    func words(name: String) throws {
        let (task, archive) = try task(name)
        let golden = try TaskGoldens.load().task(name)
        for (split, count, expected) in [
            (ArchiveSplit.train, golden.train, golden.trainWords),
            (.validation, golden.validation, golden.validationWords),
        ] {
            let examples = try task.examples(of: split, in: archive)
            #expect(examples.count == count)
            var checksum = CRC32()
            for example in examples {
                let answers = task.kind == .generation ? example.goldAnswers : []
                for text in [example.prompt] + example.fullTexts + ["\(example.goldIndex)"] + answers {
                    checksum.update(text.utf8)
                    checksum.update(CollectionOfOne(0))
                }
            }
            #expect(checksum.value == expected, "\(name) \(split)")
        }
    }

    @Test("the drawn examples are those that NumPy draws, for data seeds 0 to 2", arguments: names)
    func draws(name: String) throws {
        let (task, archive) = try task(name)
        let golden = try TaskGoldens.load().task(name)
        for (seed, draw) in golden.draws.enumerated() {
            let drawn = try ProtocolSampling.draw(
                task: task, archive: archive, trainExamples: golden.counts[0], devExamples: golden.counts[1],
                testExamples: golden.counts[2], dataSeed: UInt32(seed))
            for (part, split, examples) in [
                ("train", "train", drawn.train), ("dev", "train", drawn.dev),
                ("test", "validation", drawn.test),
            ] {
                let expected = try #require(draw[part])
                let indices = examples.compactMap { Int($0.id.split(separator: ":")[1]) }
                #expect(examples.allSatisfy { $0.id.hasPrefix(split + ":") })
                #expect(indices.count == expected.count)
                #expect(Array(indices.prefix(12)) == expected.first, "\(name) seed \(seed) \(part)")
                #expect(CRC32.ofNumbers(indices) == expected.crc32, "\(name) seed \(seed) \(part)")
            }
        }
    }

    @Test("encoded examples have the reference's ids under OPT's tokenizer", arguments: names)
    func encodedForOPT(name: String) throws {
        let (task, archive) = try task(name)
        let golden = try #require(try TaskGoldens.load().task(name).encoded["opt"])
        try EncodedExampleCheck(
            task: task, archive: archive, tokenizer: Tokenizer(SharedData.optDefinition()), leadingToken: 0
        ).expectAll(golden)
    }

    @Test("what is partial is said")
    func notes() throws {
        let (boolq, boolqArchive) = try task("boolq")
        #expect(try boolq.notes(on: boolqArchive).contains { $0.contains("2,045 of the 9,427") })
        #expect(try boolq.notes(on: boolqArchive).contains { $0.contains("title") })
        let (squad, squadFolder) = try task("squad")
        #expect(try squad.notes(on: squadFolder).contains { $0.contains("44 of the 442") })
        let (sst2, sst2Archive) = try task("sst2")
        #expect(try sst2.notes(on: sst2Archive) == [])
        let drawn = try ProtocolSampling.draw(
            task: sst2, archive: sst2Archive, trainExamples: 10, devExamples: 5, testExamples: 1000,
            dataSeed: 0)
        #expect(drawn.notes.count == 1)
        #expect(drawn.notes.contains { $0.contains("1000 test") && $0.contains("872") })
    }
}

/// Compares encoded examples of a real archive with the golden ones.
struct EncodedExampleCheck {
    let task: any TaskDefinition
    let archive: Archive
    let tokenizer: Tokenizer
    let leadingToken: Int32?

    func expectAll(_ goldens: [TaskGoldens.Encoded]) throws {
        #expect(goldens.count == 20)
        let whole = ExampleEncoder(tokenizer: tokenizer, leadingToken: leadingToken, maximumTokens: 2048)
        let short = ExampleEncoder(tokenizer: tokenizer, leadingToken: leadingToken, maximumTokens: 80)
        let splits = [
            "train": try task.examples(of: .train, in: archive),
            "validation": try task.examples(of: .validation, in: archive),
        ]
        for golden in goldens {
            let place = golden.id.split(separator: ":")
            let example = try #require(splits[String(place[0])])[#require(Int(place[1]))]
            let encoded = whole.encode(example, task: task)
            #expect(encoded.id == golden.id)
            #expect(encoded.goldIndex == golden.gold)
            #expect(encoded.options.map { [Int32($0.optionTokenCount)] + $0.tokens } == golden.options)
            #expect(encoded.promptTokens == golden.prompt)
            let cut = short.encode(example, task: task)
            let cutOptions = cut.options.map { [Int32($0.optionTokenCount)] + $0.tokens }
            #expect(cutOptions.map(CRC32.ofNumbers) == golden.shortOptions, "\(golden.id) cut to 80 tokens")
            #expect(CRC32.ofNumbers(cut.promptTokens) == golden.shortPrompt, "\(golden.id) cut to 80 tokens")
        }
    }
}
