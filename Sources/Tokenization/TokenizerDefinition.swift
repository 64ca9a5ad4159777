/// How text is cut into pieces before merges apply.
package enum PreTokenizer: Sendable, Hashable {
    /// GPT-2's pattern, as OPT uses it.
    case gpt2
    /// Every digit by itself, then GPT-2's pattern, as SmolLM2 uses it.
    case singleDigitsThenGPT2
}

/// The content of a byte-level BPE vocabulary, whatever file it came from.
package struct TokenizerDefinition: Sendable, Hashable {
    /// Tokens by id, written in GPT-2's byte alphabet; empty where an id has no token.
    package var tokens: [String]
    /// Merges in order of rank, as pairs of tokens in the byte alphabet.
    package var merges: [[String]]
    /// How text is cut before merging.
    package var preTokenizer: PreTokenizer
    /// Special tokens, which are never split, by their text.
    package var specialTokens: [String: Int32]
    /// The id put before every text by default (OPT: 2), or nil when none is.
    package var leadingToken: Int32?
    /// The id that ends a text.
    package var endOfTextToken: Int32?
    /// SHA-256 of the files that it came from.
    package var sha256: String

    /// A definition from all its parts.
    package init(
        tokens: [String], merges: [[String]], preTokenizer: PreTokenizer, specialTokens: [String: Int32],
        leadingToken: Int32?, endOfTextToken: Int32?, sha256: String
    ) {
        self.tokens = tokens
        self.merges = merges
        self.preTokenizer = preTokenizer
        self.specialTokens = specialTokens
        self.leadingToken = leadingToken
        self.endOfTextToken = endOfTextToken
        self.sha256 = sha256
    }
}
