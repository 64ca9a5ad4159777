import Testing
import Tokenization

@Suite("Tokenizer errors")
struct TokenizerErrorTests {
    private func definition(
        tokens: [String] = ["a", "b", "ab"], merges: [[String]] = [["a", "b"]],
        specials: [String: Int32] = [:],
        leading: Int32? = nil, end: Int32? = nil
    ) -> TokenizerDefinition {
        TokenizerDefinition(
            tokens: tokens, merges: merges, preTokenizer: .gpt2, specialTokens: specials,
            leadingToken: leading,
            endOfTextToken: end, sha256: "")
    }

    private func message(of definition: TokenizerDefinition) -> String? {
        do throws(TokenizerError) {
            _ = try Tokenizer(definition)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("a sound definition is accepted")
    func sound() { #expect(message(of: definition(specials: ["ab": 2], leading: 2, end: 0)) == nil) }

    @Test("each unusable vocabulary is refused with what is wrong and where")
    func refused() {
        let cases: [(TokenizerDefinition, [String])] = [
            (definition(tokens: []), ["no tokens"]),
            (definition(tokens: ["a", "b", "ab", "a"]), ["\"a\"", "0 and 3"]),
            (definition(merges: [["a", "b"], ["a"]]), ["Merge number 2", "two non-empty tokens"]),
            (definition(merges: [["a", ""]]), ["Merge number 1"]),
            (definition(merges: [["b", "a"]]), ["Merge number 1", "\"ba\"", "belong together"]),
            (definition(merges: [["a", "c"]]), ["\"c\""]),
            (definition(specials: ["<x>": 3]), ["special token \"<x>\"", "id 3", "0 to 2"]),
            (definition(specials: ["": 1]), ["id 1", "empty"]),
            (definition(leading: 9), ["leading token", "id 9"]),
            (definition(end: -1), ["end-of-text token", "id -1"]),
        ]
        for (definition, parts) in cases {
            let found = message(of: definition) ?? "accepted"
            for part in parts { #expect(found.contains(part), "\(found)") }
        }
    }
}
