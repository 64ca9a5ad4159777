package import Tokenization

/// Turns examples into tokens by the published protocol's rules.
///
/// Prompt and full texts lose outer plain spaces (the training text of a generation task is kept as it is). An
/// option's length is the difference of the two token counts. The final text is that of the demonstrations, each
/// with its right answer and a blank line after it, and then the example's own. It loses all leading white space and
/// outer plain spaces, is encoded, and when too long keeps its leading token and its last tokens.
/// Source: `encode_prompt` in `utils.py` of MeZO's large-model code.
package struct ExampleEncoder: Sendable {
    /// The model's tokenizer.
    package let tokenizer: Tokenizer
    /// What every text begins with, nil for nothing.
    package let leadingToken: Int32?
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

    /// The tokens of an example that stands after others.
    ///
    /// - Parameter demonstrations: The others, in their order; none for an example by itself.
    package func encode(
        _ example: Example, task: any TaskDefinition, demonstrations: [Example] = []
    ) -> EncodedExample {
        let isGeneration = task.kind == .generation
        let limit = isGeneration ? max(maximumTokens - maximumNewTokens, 1) : maximumTokens
        let room = max(limit - (leadingToken == nil ? 0 : 1), 0)
        let context = DemonstrationTokens(
            demonstrations.map(\.demonstration), tokenizer: tokenizer, maximumTokens: room)
        let prompt = example.prompt.strippedOfPlainSpaces
        let promptCount = tokenizer.encode(prompt).count
        var isCut = false
        func finalTokens(of text: String) -> [Int32] {
            let tokens = context.tokens(before: text)
            if tokens.count > room { isCut = true }
            return leadingTokens + tokens.suffix(room)
        }
        let options = example.fullTexts.map { text in
            let full = isGeneration ? text : text.strippedOfPlainSpaces
            return EncodedOption(
                tokens: finalTokens(of: full), optionTokenCount: tokenizer.encode(full).count - promptCount)
        }
        let promptTokens = isGeneration ? finalTokens(of: prompt) : []
        return EncodedExample(
            id: example.id, options: options, goldIndex: example.goldIndex, goldIndices: example.goldIndices,
            promptTokens: promptTokens, goldAnswers: example.goldAnswers, isCut: isCut)
    }

    /// The tokens of an example's options without what they are about.
    ///
    /// A first token with none before it cannot be scored and does not count as an option's: the published code
    /// passes over it too. So an option may have no scored token at all, for a model without a leading token.
    package func encode(_ calibration: CalibrationTexts) -> [EncodedOption] {
        let promptCount = tokenizer.encode(calibration.prompt.strippedOfPlainSpaces).count
        return calibration.fullTexts.map { text in
            let optionTokens = tokenizer.encode(text.strippedOfPlainSpaces)
            let tokens =
                leadingTokens + optionTokens.suffix(max(maximumTokens - leadingTokens.count, 0))
            return EncodedOption(
                tokens: tokens,
                optionTokenCount: min(optionTokens.count - promptCount, tokens.count - 1))
        }
    }

    private var leadingTokens: [Int32] { leadingToken.map { [$0] } ?? [] }
}
