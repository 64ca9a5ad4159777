import Foundation
import TestSupport
import Tokenization

/// OPT's vocabulary, read here and not through ModelFiles so that this room is tested by itself.
enum OPTVocabulary {
    static func definition() throws -> TokenizerDefinition {
        let folder = SharedData.folder.appending(path: "tokenizers/opt")
        let vocabulary = try JSONDecoder().decode(
            [String: Int].self, from: Data(contentsOf: folder.appending(path: "vocab.json")))
        var tokens = [String](repeating: "", count: (vocabulary.values.max() ?? -1) + 1)
        for (token, id) in vocabulary { tokens[id] = token }
        let lines = try String(contentsOf: folder.appending(path: "merges.txt"), encoding: .utf8)
            .split(separator: "\n").dropFirst()
        return TokenizerDefinition(
            tokens: tokens, merges: lines.map { $0.split(separator: " ").map(String.init) },
            preTokenizer: .gpt2,
            specialTokens: ["</s>": 2, "<pad>": 1], leadingToken: 2, endOfTextToken: 2, sha256: "")
    }
}
