/// One half of an archive's labelled records.
package enum ArchiveSplit: String, Sendable, Hashable, CaseIterable {
    /// Records to draw training and dev examples from.
    case train
    /// Labelled records that serve as the test set.
    case validation
}

/// One record as text, before tokens.
package struct Example: Sendable, Hashable {
    /// Split and position among the split's examples, from 0, such as `train:17`.
    package let id: String
    /// The text without an answer.
    package let prompt: String
    /// The prompt with each option, in the task's order; for generation the training text with the first answer.
    package let fullTexts: [String]
    /// The position of the right option.
    package let goldIndex: Int
    /// All accepted answers of a generation task; for other tasks the right option's own words.
    package let goldAnswers: [String]

    /// An example from all its parts.
    package init(id: String, prompt: String, fullTexts: [String], goldIndex: Int, goldAnswers: [String]) {
        self.id = id
        self.prompt = prompt
        self.fullTexts = fullTexts
        self.goldIndex = goldIndex
        self.goldAnswers = goldAnswers
    }
}
