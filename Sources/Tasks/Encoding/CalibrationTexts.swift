/// An example's options without what they are about.
///
/// Calibration takes from an option's score what it scores here: how likely it is anyhow (Holtzman et al. 2021,
/// arXiv 2104.08315, "surface form competition").
package struct CalibrationTexts: Sendable, Hashable {
    /// The text without an option; may be empty.
    package let prompt: String
    /// The text with each option, in the task's order.
    package let fullTexts: [String]

    /// Texts from both parts.
    package init(prompt: String, fullTexts: [String]) {
        self.prompt = prompt
        self.fullTexts = fullTexts
    }
}
