import Comparison
import LanguageModels
import Optimizers
import ResultStore
import Tasks
import Training

extension ProtocolSentences {
    /// What texts begin with, how demonstrations were drawn, what calibration is, and what was optimised or chosen by where
    /// that is not the likelihood.
    static func departures(_ cells: [CellResult]) -> [String] {
        let settings = cells.compactMap(\.cell.method.inContextSettings)
        let draws = Set(settings.filter { $0.demonstrationCount > 0 }.map(\.demonstrationDraw))
        var sentences: [String] = []
        let firstTokens = Set(cells.flatMap(\.trials).compactMap(\.data?.firstToken)).sorted()
        if !firstTokens.isEmpty {
            sentences.append("Texts begin with token \(Figures.joined(firstTokens.map(String.init))).")
        }
        if draws.contains(.perExample) {
            sentences.append(
                "In context: each test example stands after demonstrations of its own, drawn from the train split under a "
                    + "seed drawn for it, as the published script does; what is too long loses its beginning."
            )
        }
        if draws.contains(.fixedSet) {
            sentences.append(
                "In context, fixed set: all test examples stand after the same demonstrations, the first training examples "
                    + "drawn.")
        }
        if settings.contains(where: \.calibrates) {
            sentences.append(
                "Calibrated: options are compared by the sum of their log-probabilities minus the sum that they have "
                    + "without what they are about, instead of by the mean.")
        }
        if cells.contains(where: { $0.cell.method == .linearProbe }) {
            sentences.append(
                "LP (linear probing): a logistic regression without intercept from what the head reads before the tokens of "
                    + "right answers to these tokens, regularised as five-fold cross-validation on the training examples "
                    + "chooses; its weights take the place of the head's for these tokens, and where embeddings and head "
                    + "are one, of their embeddings.")
        }
        if cells.contains(where: { $0.cell.method.tunesHead }) {
            sentences.append(
                "LP (head): linear probing as the MeZO paper has it for tasks without classes: the weight of the output head "
                    + "alone is tuned, by the gradient of its use as the head; where embeddings and head are one, the "
                    + "embeddings change with it. The paper does not say whether it made them two.")
        }
        if cells.contains(where: { $0.cell.objective == .metric }) {
            sentences.append(
                "Objective metric: steps make the metric itself larger (accuracy, or the F1 of generated answers) in "
                    + "place of the log-likelihood; losses on development examples are still those of the likelihood."
            )
        }
        if cells.contains(where: { $0.cell.schedule.checkpointRule == .devMetric }) {
            sentences.append(
                "Tested is the step, and chosen the learning rate, with the highest score on development examples, not with "
                    + "the lowest loss.")
        }
        return sentences
    }
}
