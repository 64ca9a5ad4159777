/// One option as tokens.
package struct EncodedOption: Sendable, Hashable {
    /// The whole text, leading token and demonstrations included; the last ``optionTokenCount`` are the option's.
    package let tokens: [Int32]
    /// How many tokens carry the loss.
    package let optionTokenCount: Int

    /// An option from its parts.
    package init(tokens: [Int32], optionTokenCount: Int) {
        self.tokens = tokens
        self.optionTokenCount = optionTokenCount
    }
}

/// An example as tokens.
package struct EncodedExample: Sendable, Hashable {
    /// As in ``Example/id``.
    package let id: String
    /// One an option, in the task's order; for generation one, the training text with the first answer.
    package let options: [EncodedOption]
    /// As in ``Example/goldIndex``: the option that is trained on.
    package let goldIndex: Int
    /// As in ``Example/goldIndices``: a choice of any of them is right.
    package let goldIndices: [Int]
    /// What generation goes on from; empty for other tasks.
    package let promptTokens: [Int32]
    /// As in ``Example/goldAnswers``.
    package let goldAnswers: [String]
    /// Whether the beginning of a text was lost, because it was too long.
    package let isCut: Bool
    /// One an option, without what it is about; empty unless the example is scored with calibration.
    package var calibrationOptions: [EncodedOption] = []

    /// An encoded example from all its parts, without calibration.
    ///
    /// - Parameter goldIndices: nil where one option alone is right.
    package init(
        id: String, options: [EncodedOption], goldIndex: Int, goldIndices: [Int]? = nil,
        promptTokens: [Int32], goldAnswers: [String], isCut: Bool = false
    ) {
        self.id = id
        self.options = options
        self.goldIndex = goldIndex
        self.goldIndices = goldIndices ?? [goldIndex]
        self.promptTokens = promptTokens
        self.goldAnswers = goldAnswers
        self.isCut = isCut
    }
}
