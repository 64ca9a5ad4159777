package import Tokenization

/// Turns examples into tokens by the published protocol's rules, without demonstrations.
///
/// Prompt and full texts lose outer plain spaces (the training text of a generation task is kept as it is). An
/// option's length is the difference of the two token counts. The final text then loses all leading white space
/// and outer plain spaces, is encoded, and when too long keeps its leading token and its last tokens.
/// Source: `encode_prompt` in `utils.py` of MeZO's large-model code.
package struct ExampleEncoder: Sendable {
    /// The model's tokenizer.
    package let tokenizer: Tokenizer
    private let leadingToken: Int32?
    private let maximumTokens: Int
    private let maximumNewTokens: Int

    /// An encoder for one model.
    ///
    /// - Parameters:
    ///   - tokenizer: The model's tokenizer.
    ///   - leadingToken: Put in front of every text; nil puts nothing there.
    ///   - maximumTokens: The longest text, leading token included; 2,048 in the published code.
    ///   - maximumNewTokens: Room that a generation task's texts leave for the answer.
    package init(tokenizer: Tokenizer, leadingToken: Int32?, maximumTokens: Int, maximumNewTokens: Int = 50) {
        self.tokenizer = tokenizer
        self.leadingToken = leadingToken
        self.maximumTokens = maximumTokens
        self.maximumNewTokens = maximumNewTokens
    }

    /// The tokens of an example.
    package func encode(_ example: Example, task: any TaskDefinition) -> EncodedExample {
        let isGeneration = task.kind == .generation
        let limit = isGeneration ? max(maximumTokens - maximumNewTokens, 1) : maximumTokens
        let prompt = example.prompt.strippedOfPlainSpaces
        let promptCount = tokenizer.encode(prompt).count
        let options = example.fullTexts.map { text in
            let full = isGeneration ? text : text.strippedOfPlainSpaces
            return EncodedOption(
                tokens: finalTokens(of: full, limit: limit),
                optionTokenCount: tokenizer.encode(full).count - promptCount)
        }
        return EncodedExample(
            id: example.id, options: options, goldIndex: example.goldIndex, goldIndices: example.goldIndices,
            promptTokens: isGeneration ? finalTokens(of: prompt, limit: limit) : [],
            goldAnswers: example.goldAnswers)
    }

    private func finalTokens(of text: String, limit: Int) -> [Int32] {
        let tokens = tokenizer.encode(text.strippedOfLeadingWhiteSpace.strippedOfPlainSpaces)
        guard let leadingToken else { return Array(tokens.suffix(limit)) }
        return [leadingToken] + tokens.suffix(max(limit - 1, 0))
    }
}
