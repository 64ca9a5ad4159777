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
    /// The position of the right option; where several are right, of the one that is trained on.
    package let goldIndex: Int
    /// The positions of all options that count as right, ``goldIndex`` first.
    package let goldIndices: [Int]
    /// All accepted answers of a generation task; for other tasks the right options' own words.
    package let goldAnswers: [String]
    /// The options without what they are about, for calibration; nil for a generation task.
    package let calibration: CalibrationTexts?

    /// An example from all its parts.
    ///
    /// - Parameter goldIndices: nil where one option alone is right.
    package init(
        id: String, prompt: String, fullTexts: [String], goldIndex: Int, goldIndices: [Int]? = nil,
        goldAnswers: [String], calibration: CalibrationTexts? = nil
    ) {
        self.id = id
        self.prompt = prompt
        self.fullTexts = fullTexts
        self.goldIndex = goldIndex
        self.goldIndices = goldIndices ?? [goldIndex]
        self.goldAnswers = goldAnswers
        self.calibration = calibration
    }

    /// A question whose options stand right after the prompt, one of them right.
    ///
    /// - Parameter calibrationPrompt: What stands before an option when it is scored without the question.
    init(
        id: String, prompt: String, options: [String], goldIndex: Int, calibrationPrompt: String = ""
    ) {
        self.init(
            id: id, prompt: prompt, fullTexts: options.map { prompt + $0 }, goldIndex: goldIndex,
            goldAnswers: [options[goldIndex]],
            calibration: CalibrationTexts(
                prompt: calibrationPrompt, fullTexts: options.map { calibrationPrompt + $0 }))
    }

    /// The example with its right answer, as it is shown before another example.
    package var demonstration: String { fullTexts[goldIndex].strippedOfWhiteSpace }
}
