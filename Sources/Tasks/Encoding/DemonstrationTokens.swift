import Tokenization

/// The end of what stands before an example: demonstrations with blank lines between them, as tokens.
///
/// A long text is cut into parts that are encoded one by one, from the last one on, and no more of them than fit. It is
/// cut within a blank line where the tokenizers here end a piece in any case: between the two line breaks, if neither
/// white space nor a number nor a special token comes next. So the parts' tokens are those of the whole text.
struct DemonstrationTokens {
    private let tokenizer: Tokenizer
    private let maximumTokens: Int
    private let parts: [String]
    /// The tokens of all parts up to the middle of the blank line that follows, or of the last ones.
    private let tokens: [Int32]

    /// Demonstrations without outer white space, in their order.
    ///
    /// - Parameter maximumTokens: The most tokens that are of use; more may be given.
    init(_ demonstrations: [String], tokenizer: Tokenizer, maximumTokens: Int) {
        var parts: [String] = []
        for demonstration in demonstrations where !demonstration.isEmpty {
            Self.append(demonstration, to: &parts, tokenizer: tokenizer)
        }
        self.tokenizer = tokenizer
        self.maximumTokens = maximumTokens
        self.parts = parts
        tokens =
            parts.isEmpty
            ? [] : Self.lastTokens(of: parts, end: "\n", tokenizer: tokenizer, maximumTokens: maximumTokens)
    }

    /// The tokens of the demonstrations and a text after them, or of the last of them and more than fit.
    ///
    /// Without demonstrations the text loses its leading white space; trailing plain spaces go in any case.
    func tokens(before text: String) -> [Int32] {
        guard !parts.isEmpty else {
            return tokenizer.encode(text.strippedOfLeadingWhiteSpace.strippedOfPlainSpaces)
        }
        guard Self.endsPiece(before: text, tokenizer: tokenizer) else {
            return Self.lastTokens(
                of: parts, end: "\n\n" + text.strippedOfTrailingPlainSpaces, tokenizer: tokenizer,
                maximumTokens: maximumTokens)
        }
        return tokens + tokenizer.encode("\n" + text.strippedOfTrailingPlainSpaces)
    }

    private static func append(_ text: String, to parts: inout [String], tokenizer: Tokenizer) {
        guard let last = parts.indices.last else {
            parts.append(text)
            return
        }
        if endsPiece(before: text, tokenizer: tokenizer) {
            parts[last] += "\n"
            parts.append("\n" + text)
        } else {
            parts[last] += "\n\n" + text
        }
    }

    /// Whether the two line breaks of a blank line before a text are two pieces, whatever stands before them.
    ///
    /// White space runs together with them, and where digits or special tokens are cut out first, a run of white space
    /// before them is one piece.
    private static func endsPiece(before text: String, tokenizer: Tokenizer) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return !first.isPythonSpace && first.properties.numericType == nil
            && !tokenizer.definition.specialTokens.keys.contains { $0.unicodeScalars.first == first }
    }

    private static func lastTokens(
        of parts: [String], end: String, tokenizer: Tokenizer, maximumTokens: Int
    ) -> [Int32] {
        var encoded: [[Int32]] = []
        var count = 0
        for (index, part) in parts.enumerated().reversed() {
            // One token too many tells that the beginning is lost.
            if count > maximumTokens { break }
            let tokens = tokenizer.encode(index == parts.count - 1 ? part + end : part)
            encoded.append(tokens)
            count += tokens.count
        }
        return Array(encoded.reversed().joined())
    }
}
