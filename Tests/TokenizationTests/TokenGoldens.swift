import Foundation
import Tokenization

/// What `Fixtures/make_token_goldens.py` wrote.
struct TokenGoldens: Decodable {
    struct Classes: Decodable {
        let letter: [[UInt32]]
        let number: [[UInt32]]
        let whiteSpace: [[UInt32]]
        let isolatedDigit: [[UInt32]]
    }
    struct SmallVocabulary: Decodable {
        let tokens: [String]
        let merges: [[String]]
    }
    struct HardString: Decodable {
        let text: String
        let opt: [Int32]
        let smallGPT2: [Int32]
        let smallDigits: [Int32]
    }
    struct Decoding: Decodable {
        let ids: [Int32]
        let all: String
        let plain: String
    }

    let classes: Classes
    let small: SmallVocabulary
    let hard: [HardString]
    let decodings: [Decoding]

    static func load() throws -> TokenGoldens {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try JSONDecoder().decode(
            TokenGoldens.self, from: Data(contentsOf: folder.appending(path: "token_goldens.json")))
    }

    func smallDefinition(_ preTokenizer: PreTokenizer) -> TokenizerDefinition {
        TokenizerDefinition(
            tokens: small.tokens, merges: small.merges, preTokenizer: preTokenizer,
            specialTokens: ["</s>": 0, "<pad>": 1], leadingToken: 0, endOfTextToken: 0, sha256: "")
    }
}

/// Where the shared data lie, when they do.
enum SharedData {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data")
    static let optFolder = folder.appending(path: "tokenizers/opt")

    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }

    static let absence: String = "no ../shared/data beside the package root: real data are not checked"
}
