import Foundation
import Tokenization

/// What `Fixtures/make_task_goldens.py` wrote.
struct TaskGoldens: Decodable {
    struct Score: Decodable {
        let prediction: String
        let gold: [String]
        let f1: Double
        let exact: Double
    }
    struct Draw: Decodable {
        let count: Int
        let first: [Int]
        let crc32: UInt32
    }
    struct Encoded: Decodable {
        let id: String
        let gold: Int
        /// For each option its count of option tokens, then its ids.
        let options: [[Int32]]
        let prompt: [Int32]
        let shortOptions: [UInt32]
        let shortPrompt: UInt32
    }
    struct Task: Decodable {
        let train: Int
        let validation: Int
        let trainWords: UInt32
        let validationWords: UInt32
        let counts: [Int]
        let draws: [[String: Draw]]
        let encoded: [String: [Encoded]]
    }

    let scores: [Score]
    let tasks: [String: Task]

    static func load() throws -> TaskGoldens {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try JSONDecoder().decode(
            TaskGoldens.self, from: Data(contentsOf: folder.appending(path: "task_goldens.json")))
    }

    func task(_ name: String) throws -> Task {
        guard let task = tasks[name] else { throw CocoaError(.coderValueNotFound) }
        return task
    }
}

/// Where the shared data lie, when they do.
enum SharedData {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data")

    static let archivePaths = [
        "sst2": folder.appending(path: "glue/SST-2.zip").path,
        "boolq": folder.appending(path: "superglue/BoolQ-subset.zip").path,
        "copa": folder.appending(path: "superglue/COPA.zip").path,
        "squad": folder.appending(path: "squad").path,
    ]

    static let isPresent =
        archivePaths.values.allSatisfy(FileManager.default.fileExists(atPath:))
        && FileManager.default.fileExists(atPath: folder.appending(path: "tokenizers/opt/vocab.json").path)

    static let absence = "no ../shared/data beside the package root: real archives are not checked"

    /// OPT's vocabulary, read here and not through ModelFiles so that this room is tested by itself.
    static func optDefinition() throws -> TokenizerDefinition {
        let opt = folder.appending(path: "tokenizers/opt")
        let vocabulary = try JSONDecoder().decode(
            [String: Int].self, from: Data(contentsOf: opt.appending(path: "vocab.json")))
        var tokens = [String](repeating: "", count: (vocabulary.values.max() ?? -1) + 1)
        for (token, id) in vocabulary { tokens[id] = token }
        let lines = try String(contentsOf: opt.appending(path: "merges.txt"), encoding: .utf8)
            .split(separator: "\n").dropFirst()
        return TokenizerDefinition(
            tokens: tokens, merges: lines.map { $0.split(separator: " ").map(String.init) },
            preTokenizer: .gpt2,
            specialTokens: ["</s>": 2, "<pad>": 1], leadingToken: 2, endOfTextToken: 2, sha256: "")
    }
}

/// CRC-32 as zlib has it, so that goldens can name whole splits without their text.
struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    private var state: UInt32 = 0xFFFF_FFFF

    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8) }
    }

    var value: UInt32 { ~state }

    /// Of numbers in decimal, joined by spaces.
    static func ofNumbers(_ numbers: [some BinaryInteger]) -> UInt32 {
        var checksum = CRC32()
        checksum.update(numbers.map { "\($0)" }.joined(separator: " ").utf8)
        return checksum.value
    }
}
