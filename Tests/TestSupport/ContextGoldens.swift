import Foundation

/// What `TasksTests/Fixtures/make_context_goldens.py` wrote.
package struct ContextGoldens: Decodable {
    /// Demonstrations that NumPy drew for all test examples of a split.
    package struct Draw: Decodable {
        package let trainSize: Int
        package let testCount: Int
        package let count: Int
        package let seed: UInt32
        package let fixed: Bool
        /// Up to eight positions of the first and of the last test example.
        package let first: [Int]
        package let last: [Int]
        /// Over all positions, test example by test example.
        package let crc32: UInt32
    }
    /// One test example after its demonstrations.
    package struct Encoded: Decodable {
        package let count: Int
        /// The place among the drawn test examples.
        package let place: Int
        package let id: String
        /// For each option its count of option tokens, the text's count of tokens, and the checksum of its ids.
        package let options: [[UInt32]]
        package let goldTail: [Int32]
        /// Count and checksum of a generation's prompt.
        package let prompt: [UInt32]
        /// For each option how many of its tokens have a score without context, then the ids.
        package let calibration: [[Int32]]
    }
    /// One task.
    package struct Task: Decodable {
        package let draws: [Draw]
        /// By tokenizer.
        package let encoded: [String: [Encoded]]
    }

    package let tasks: [String: Task]

    /// Reads the fixture.
    package static func load() throws -> ContextGoldens {
        try JSONDecoder().decode(
            ContextGoldens.self,
            from: Data(contentsOf: TaskGoldens.fixtures.appending(path: "context_goldens.json")))
    }

    /// The names of its tasks, sorted: all that have a train split to draw from.
    package static let taskNames = SharedData.tasks.filter { $0 != "drop" }
}

extension ContextGoldens.Encoded {
    /// What is not as here, in words; nothing when all agree.
    package func differences(
        id: String, goldIndex: Int, options: [(count: Int, tokens: [Int32])], prompt: [Int32],
        calibration: [(count: Int, tokens: [Int32])]
    ) -> [String] {
        var differences: [String] = []
        func compare<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
            if found != expected {
                differences.append("\(self.id), \(count) demonstrations: \(what) \(found), not \(expected)")
            }
        }
        compare("id", id, self.id)
        compare(
            "options",
            options.map { [UInt32($0.count), UInt32($0.tokens.count), CRC32.ofNumbers($0.tokens)] },
            self.options)
        compare("last ids", Array(options[goldIndex].tokens.suffix(48)), goldTail)
        compare("prompt", [UInt32(prompt.count), CRC32.ofNumbers(prompt)], self.prompt)
        compare("calibration", calibration.map { [Int32($0.count)] + $0.tokens }, self.calibration)
        return differences
    }
}
