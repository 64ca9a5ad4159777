import Tasks
import Testing

@Suite("Protocol sampling")
struct ProtocolSamplingTests {
    private func archive(train: Int, validation: Int) throws -> WrittenArchive {
        func table(_ count: Int) -> String {
            "sentence\tlabel\n" + (0..<count).map { "s\($0)\t\($0 % 2)\n" }.joined()
        }
        return try WrittenArchive(["train.tsv": table(train), "dev.tsv": table(validation)])
    }

    private func draw(
        _ archive: WrittenArchive, train: Int, dev: Int, test: Int, seed: UInt32 = 0
    ) throws -> DrawnExamples {
        try ProtocolSampling.draw(
            task: SST2(), archive: archive.open(), trainExamples: train, devExamples: dev, testExamples: test,
            dataSeed: seed)
    }

    @Test("numpy.random.seed(0); numpy.random.permutation(10) is drawn, dev last")
    func knownPermutation() throws {
        let drawn = try draw(archive(train: 10, validation: 10), train: 5, dev: 3, test: 4)
        #expect(drawn.train.map(\.id) == [2, 8, 4, 9, 1].map { "train:\($0)" })
        #expect(drawn.dev.map(\.id) == [6, 7, 3].map { "train:\($0)" })
        #expect(drawn.test.map(\.id) == [2, 8, 4, 9].map { "validation:\($0)" })
        #expect(drawn.notes == [])
    }

    @Test("when the train split is too small dev is filled and train gets what is left")
    func trainIsShort() throws {
        let drawn = try draw(archive(train: 10, validation: 3), train: 20, dev: 8, test: 5)
        #expect(drawn.train.map(\.id) == ["train:2", "train:8"])
        #expect(drawn.dev.count == 8)
        #expect(drawn.test.count == 3)
        #expect(drawn.notes.count == 2)
        #expect(drawn.notes[0].contains("20 training") && drawn.notes[0].contains("2 drawn"))
        #expect(drawn.notes[1].contains("5 test") && drawn.notes[1].contains("has 3"))
    }

    @Test("when not even dev can be filled train is empty")
    func devIsShort() throws {
        let drawn = try draw(archive(train: 4, validation: 1), train: 1, dev: 8, test: 1)
        #expect(drawn.train.isEmpty)
        #expect(drawn.dev.count == 4)
        #expect(drawn.notes.count == 2)
    }

    @Test("without dev all that is drawn trains")
    func withoutDev() throws {
        let drawn = try draw(archive(train: 10, validation: 1), train: 3, dev: 0, test: 0)
        #expect(drawn.train.map(\.id) == ["train:2", "train:8", "train:4"])
        #expect(drawn.dev.isEmpty && drawn.test.isEmpty)
    }

    @Test("a split that nothing is asked of need not be there")
    func absentSplit() throws {
        let records = "sentence\tlabel\na\t0\nb\t1\n"
        let validation = try draw(WrittenArchive(["dev.tsv": records]), train: 0, dev: 0, test: 2)
        #expect(validation.test.count == 2 && validation.train.isEmpty && validation.dev.isEmpty)
        let train = try draw(WrittenArchive(["train.tsv": records]), train: 1, dev: 1, test: 0)
        #expect(train.train.count == 1 && train.dev.count == 1 && train.test.isEmpty)
        #expect(throws: TaskError.self) {
            try draw(WrittenArchive(["dev.tsv": records]), train: 0, dev: 1, test: 2)
        }
    }

    @Test("an empty split is an error when examples of it are asked for")
    func emptySplit() throws {
        let archive = try archive(train: 3, validation: 0)
        let error = #expect(throws: TaskError.self) { try draw(archive, train: 1, dev: 1, test: 1) }
        #expect(error?.description.contains("entry dev.tsv holds no record") == true)
    }

    @Test("train, dev and their union hold no example twice, and another seed draws others")
    func disjoint() throws {
        let archive = try archive(train: 200, validation: 50)
        let first = try draw(archive, train: 100, dev: 50, test: 50, seed: 1)
        let second = try draw(archive, train: 100, dev: 50, test: 50, seed: 2)
        #expect(Set((first.train + first.dev).map(\.id)).count == 150)
        #expect(first.train != second.train)
        #expect(Set(first.test.map(\.id)) == Set(second.test.map(\.id)))
    }
}
