import Archives
import Tasks
import TestSupport
import Testing
import Tokenization

@Suite("Tasks on real archives", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RealArchiveTests {
    private func task(_ name: String) throws -> (any TaskDefinition, Archive) {
        (
            try #require(TaskCatalog.task(named: name)),
            try Archive.open(#require(SharedData.archivePaths[name]))
        )
    }

    @Test("every task has an archive here, but for the variants of one")
    func tasks() {
        #expect(Set(SharedData.tasks) == Set(TaskCatalog.names).subtracting(["boolq-with-titles"]))
        #expect(SharedData.tasks.count == 11)
    }

    @Test(
        "every prompt, option and answer of both splits is the restated protocol's",
        arguments: SharedData.tasks)
    func words(name: String) throws {
        let (task, archive) = try task(name)
        let golden = try TaskGoldens.load().task(name)
        #expect(golden.words.count == (name == "drop" ? 1 : 2))
        for (split, expected) in golden.words {
            let examples = try task.examples(of: #require(ArchiveSplit(rawValue: split)), in: archive)
            #expect(examples.count == golden.sizes[split])
            let hasAnswers = task.kind == .generation || name == "record"
            var checksum = CRC32()
            for example in examples {
                let gold = example.goldIndices.map { "\($0)" }.joined(separator: " ")
                #expect(example.goldIndices.first == example.goldIndex)
                let answers = hasAnswers ? example.goldAnswers : []
                for text in [example.prompt] + example.fullTexts + [gold] + answers {
                    checksum.update(text.utf8)
                    checksum.update(CollectionOfOne(0))
                }
            }
            #expect(checksum.value == expected, "\(name) \(split)")
        }
    }

    @Test(
        "the drawn examples are those that NumPy draws, for data seeds 0 to 2", arguments: SharedData.tasks)
    func draws(name: String) throws {
        let (task, archive) = try task(name)
        let golden = try TaskGoldens.load().task(name)
        let published = task.publishedCounts
        #expect([published.train, published.dev, published.test] == golden.counts)
        let hasTrain = golden.sizes["train"] != nil
        for (seed, draw) in golden.draws.enumerated() {
            let drawn = try ProtocolSampling.draw(
                task: task, archive: archive, trainExamples: hasTrain ? golden.counts[0] : 0,
                devExamples: hasTrain ? golden.counts[1] : 0, testExamples: golden.counts[2],
                dataSeed: UInt32(seed))
            for (part, split, examples) in [
                ("train", "train", drawn.train), ("dev", "train", drawn.dev),
                ("test", "validation", drawn.test),
            ] {
                let indices = examples.compactMap { Int($0.id.split(separator: ":")[1]) }
                guard let expected = draw[part] else {
                    #expect(!hasTrain && indices.isEmpty)
                    continue
                }
                #expect(examples.allSatisfy { $0.id.hasPrefix(split + ":") })
                #expect(indices.count == expected.count)
                #expect(Array(indices.prefix(12)) == expected.first, "\(name) seed \(seed) \(part)")
                #expect(CRC32.ofNumbers(indices) == expected.crc32, "\(name) seed \(seed) \(part)")
            }
        }
    }

    @Test("encoded examples have the reference's ids under OPT's tokenizer", arguments: SharedData.tasks)
    func encodedForOPT(name: String) throws {
        let (task, archive) = try task(name)
        let goldens = try #require(try TaskGoldens.load().task(name).encoded["opt"])
        #expect(goldens.count == 20)
        let tokenizer = try Tokenizer(OPTVocabulary.definition())
        let whole = ExampleEncoder(tokenizer: tokenizer, leadingToken: 0, maximumTokens: 2048)
        let cut = ExampleEncoder(tokenizer: tokenizer, leadingToken: 0, maximumTokens: 80)
        var splits: [String: ExampleList] = [:]
        for golden in goldens {
            let place = golden.id.split(separator: ":").map(String.init)
            if splits[place[0]] == nil {
                splits[place[0]] = try task.examples(
                    of: #require(ArchiveSplit(rawValue: place[0])), in: archive)
            }
            let example = try #require(splits[place[0]])[#require(Int(place[1]))]
            #expect(
                ComparedExample(whole.encode(example, task: task)).differences(from: golden) == [])
            #expect(
                ComparedExample(cut.encode(example, task: task)).differencesWhenCut(from: golden) == [])
        }
    }

    @Test("WSC: every noun phrase is a part of its text once corrected")
    func spans() throws {
        let (task, archive) = try task("wsc")
        for split in ArchiveSplit.allCases {
            for example in try task.examples(of: split, in: archive) {
                let parts = example.prompt.split(separator: "\n", maxSplits: 1)
                let named = try #require(parts[1].firstRange(of: " refer to "))
                let phrase = parts[1][named.upperBound...].dropLast("? Yes or No?\n".count)
                #expect(parts[0].contains(phrase), "\(example.id)")
            }
        }
    }

    @Test("what is partial is said")
    func notes() throws {
        for (name, parts) in [
            ("boolq", ["2,045 of the 9,427", "title"]), ("squad", ["44 of the 442"]),
            ("record", ["64 of the 100,730"]), ("drop", ["no training questions"]), ("sst2", []), ("cb", []),
        ] {
            let (task, archive) = try task(name)
            let notes = try task.notes(on: archive)
            #expect(notes.isEmpty == parts.isEmpty)
            for part in parts { #expect(notes.contains { $0.contains(part) }, "\(name): \(notes)") }
        }
        let (sst2, sst2Archive) = try task("sst2")
        let drawn = try ProtocolSampling.draw(
            task: sst2, archive: sst2Archive, trainExamples: 10, devExamples: 5, testExamples: 1000,
            dataSeed: 0)
        #expect(drawn.notes.count == 1)
        #expect(drawn.notes.contains { $0.contains("1000 test") && $0.contains("872") })
    }

    @Test("a split that is not in the archive is named when examples of it are asked for")
    func missingSplit() throws {
        let (drop, archive) = try task("drop")
        let error = #expect(throws: TaskError.self) {
            try ProtocolSampling.draw(
                task: drop, archive: archive, trainExamples: 1, devExamples: 0, testExamples: 1, dataSeed: 0)
        }
        #expect(error?.description.contains("drop_dataset_train.json") == true)
    }
}

extension ComparedExample {
    init(_ example: EncodedExample) {
        self.init(
            id: example.id, gold: example.goldIndices, counts: example.options.map(\.optionTokenCount),
            options: example.options.map(\.tokens), prompt: example.promptTokens)
    }
}
