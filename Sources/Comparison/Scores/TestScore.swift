package import ResultStore
package import Statistics
import Training

/// One finished trial's figure on test examples, at the step that development examples chose.
package struct TestScore: Sendable {
    /// How the interval was made.
    package enum IntervalKind: Sendable, Hashable {
        /// Clopper and Pearson's, for a count of right answers.
        case exactBinomial
        /// Student's t over examples, for a mean of F1 scores; assumes near normality.
        case studentOverExamples
    }

    /// The trial.
    package let trial: TrialResult
    /// The step whose parameters were tested.
    package let step: Int
    /// `accuracy` or `f1`.
    package let metric: String
    /// The mean score, in 0...1.
    package let value: Double
    /// Test examples.
    package let exampleCount: Int
    /// The interval of the value at 95 % over examples; nil when it cannot be made.
    package let interval: Interval?
    /// How the interval was made.
    package let intervalKind: IntervalKind
    /// The share of the most frequent right option: what always choosing it would score; nil without options.
    package let majorityShare: Double?
    /// The share of the option that was chosen most often; nil without options.
    package let favouriteShare: Double?
    /// The score of each example by its identity; empty when predictions were not stored.
    package let scores: [String: Double]

    /// The score of a trial of the chosen cell, nil unless it is finished and was tested at its best step.
    package init?(of trial: TrialResult, in choice: SettingsChoice) {
        guard choice.chosen.cell.trials.contains(where: { $0.id == trial.id }), trial.status == .done,
            let bestStep = trial.summary?.bestStep,
            let evaluation = trial.evaluations.first(where: { $0.split == .test && $0.step == bestStep })
        else { return nil }
        self.trial = trial
        step = bestStep
        metric = evaluation.metric
        value = evaluation.value
        scores = Dictionary(
            evaluation.predictions.map { ($0.exampleID, $0.score) }, uniquingKeysWith: { first, _ in first })
        exampleCount =
            evaluation.predictions.isEmpty ? trial.data?.testExamples ?? 0 : evaluation.predictions.count
        majorityShare = Self.largestShare(evaluation.predictions.map(\.goldOption))
        favouriteShare = Self.largestShare(evaluation.predictions.map(\.chosenOption))
        if metric == "accuracy" {
            let rightCount =
                evaluation.predictions.isEmpty
                ? Int((evaluation.value * Double(exampleCount)).rounded())
                : evaluation.predictions.count { $0.score == 1 }
            intervalKind = .exactBinomial
            interval = BinomialProportion(successes: rightCount, trials: exampleCount)?.exactInterval()
        } else {
            intervalKind = .studentOverExamples
            interval = studentMeanInterval(of: evaluation.predictions.map(\.score))
        }
    }

    /// The share of the most frequent option, nil unless every example has one.
    private static func largestShare(_ options: [Int?]) -> Double? {
        let known = options.compactMap { $0 }
        guard !known.isEmpty, known.count == options.count else { return nil }
        let counts = known.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        return counts.values.max().map { Double($0) / Double(known.count) }
    }
}
