package import Foundation

/// What `TasksTests/Fixtures/make_task_goldens.py` wrote of the real archives.
package struct TaskGoldens: Decodable {
    /// A prediction with its scores.
    package struct Score: Decodable {
        package let prediction: String
        package let gold: [String]
        package let f1: Double
        package let exact: Double
    }
    /// Indices drawn for one part of a trial.
    package struct Draw: Decodable {
        package let count: Int
        package let first: [Int]
        package let crc32: UInt32
    }
    /// One task.
    package struct Task: Decodable {
        /// Examples by split, without splits that the archive lacks.
        package let sizes: [String: Int]
        /// Checksums over all words of a split.
        package let words: [String: UInt32]
        /// Training, dev and test examples that are asked for.
        package let counts: [Int]
        /// By data seed from 0, then by part: `train`, `dev`, `test`.
        package let draws: [[String: Draw]]
        /// Twenty examples by tokenizer.
        package let encoded: [String: [Encoded]]
    }
    /// One example as tokens.
    package struct Encoded: Decodable {
        package let id: String
        /// Positions of right options.
        package let gold: [Int]
        /// For each option its count of option tokens, the text's count of tokens, and the checksum of its ids.
        package let options: [[UInt32]]
        /// The last ids of the gold option's text.
        package let goldTail: [Int32]
        /// Count and checksum of a generation's prompt.
        package let prompt: [UInt32]
        /// Checksums of each option's count and ids, the text cut to 80 tokens.
        package let shortOptions: [UInt32]
        package let shortPrompt: UInt32
    }

    package let scores: [Score]
    package let tasks: [String: Task]

    /// Reads the fixture.
    package static func load() throws -> TaskGoldens {
        try JSONDecoder().decode(
            TaskGoldens.self, from: Data(contentsOf: fixtures.appending(path: "task_goldens.json")))
    }

    /// The folder of the fixture and of the records beside it.
    package static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "TasksTests/Fixtures")

    /// One task of the fixture.
    package func task(_ name: String) throws -> Task {
        guard let task = tasks[name] else { throw CocoaError(.coderValueNotFound) }
        return task
    }
}

/// An encoded example in plain types, for it to be compared with a golden one.
package struct ComparedExample {
    package let id: String
    package let gold: [Int]
    /// Each option's count of option tokens.
    package let counts: [Int]
    /// Each option's ids.
    package let options: [[Int32]]
    package let prompt: [Int32]

    package init(id: String, gold: [Int], counts: [Int], options: [[Int32]], prompt: [Int32]) {
        self.id = id
        self.gold = gold
        self.counts = counts
        self.options = options
        self.prompt = prompt
    }

    /// What is not as in the golden example, in words; nothing when all agree.
    package func differences(from golden: TaskGoldens.Encoded) -> [String] {
        var differences: [String] = []
        func compare<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
            if found != expected { differences.append("\(golden.id): \(what) \(found), not \(expected)") }
        }
        compare("id", id, golden.id)
        compare("gold", gold, golden.gold)
        let shapes = zip(counts, options).map { [UInt32($0), UInt32($1.count), CRC32.ofNumbers($1)] }
        compare("options", shapes, golden.options)
        compare("last ids", golden.gold.first.map { Array(options[$0].suffix(64)) }, golden.goldTail)
        compare("prompt", [UInt32(prompt.count), CRC32.ofNumbers(prompt)], golden.prompt)
        return differences
    }

    /// The same for the example cut to 80 tokens.
    package func differencesWhenCut(from golden: TaskGoldens.Encoded) -> [String] {
        let checksums = zip(counts, options).map { CRC32.ofNumbers([Int32($0)] + $1) }
        return checksums == golden.shortOptions && CRC32.ofNumbers(prompt) == golden.shortPrompt
            ? [] : ["\(golden.id) cut to 80 tokens"]
    }
}
