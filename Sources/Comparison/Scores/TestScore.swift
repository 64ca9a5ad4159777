package import ResultStore
package import Statistics
import Tasks
import Training

/// One finished trial's figure on test examples, at the step that development examples chose.
package struct TestScore: Sendable {
    /// How the interval was made.
    package enum IntervalKind: Sendable, Hashable {
        /// Clopper and Pearson's, for a count of right answers.
        case exactBinomial
        /// The bias-corrected and accelerated bootstrap over examples, for a mean of F1 scores.
        case bootstrapOverExamples
    }

    /// The trial.
    package let trial: TrialResult
    /// The step whose parameters were tested.
    package let step: Int
    /// `accuracy`, `f1` or, by ``byExactMatch``, `exact_match`.
    package private(set) var metric: String
    /// The mean score, in 0...1.
    package private(set) var value: Double
    /// Test examples.
    package let exampleCount: Int
    /// The interval of the value at 95 % over examples; nil when it cannot be made.
    package private(set) var interval: Interval?
    /// How the interval was made.
    package private(set) var intervalKind: IntervalKind
    /// The share of generated answers that are accepted ones; nil for options, and where it was not recorded.
    package let exactMatch: Double?
    /// The exact binomial interval of that share at 95 % over examples.
    package let exactMatchInterval: Interval?
    /// The share of the most frequent right option: what always choosing it would score; nil without options, and
    /// where examples have options of their own.
    package let majorityShare: Double?
    /// The share of the option that was chosen most often; nil where ``majorityShare`` is.
    package let favouriteShare: Double?
    /// The score of each example by its identity; empty when predictions were not stored.
    package private(set) var scores: [String: Double]
    /// Whether each example's generated answer is an accepted one, 1 or 0, by its identity; empty without such answers.
    private let exactMatches: [String: Double]

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
        exactMatches = Dictionary(
            evaluation.predictions.compactMap { answer in answer.exactMatch.map { (answer.exampleID, $0) } },
            uniquingKeysWith: { first, _ in first })
        exactMatch = evaluation.exactMatch
        exactMatchInterval = Self.interval(ofRightCount: evaluation.predictions.map(\.exactMatch))
        // Only where all examples have the same options is there an answer to give always.
        let task = choice.chosen.cell.cell.workload.taskName.flatMap(TaskCatalog.task(named:))
        let sharesOptions = task?.kind == .classification
        majorityShare = sharesOptions ? Self.largestShare(evaluation.predictions.map(\.goldOption)) : nil
        favouriteShare = sharesOptions ? Self.largestShare(evaluation.predictions.map(\.chosenOption)) : nil
        if metric == "accuracy" {
            let rightCount =
                evaluation.predictions.isEmpty
                ? Int(exactly: (evaluation.value * Double(exampleCount)).rounded()) ?? -1
                : evaluation.predictions.count { $0.score == 1 }
            intervalKind = .exactBinomial
            interval = BinomialProportion(successes: rightCount, trials: exampleCount)?.exactInterval()
        } else {
            intervalKind = .bootstrapOverExamples
            interval = ExampleBootstrap.meanInterval(of: evaluation.predictions.map(\.score))
        }
    }

    /// The same answers graded as accepted or not; nil where they were not generated.
    package var byExactMatch: TestScore? {
        guard let exactMatch else { return nil }
        var score = self
        score.metric = "exact_match"
        score.value = exactMatch
        score.interval = exactMatchInterval
        score.intervalKind = .exactBinomial
        score.scores = exactMatches
        return score
    }

    /// The interval of the share of ones, nil unless every example has a one or a zero.
    private static func interval(ofRightCount scores: [Double?]) -> Interval? {
        let known = scores.compactMap { $0 }
        guard !known.isEmpty, known.count == scores.count else { return nil }
        return BinomialProportion(successes: known.count { $0 == 1 }, trials: known.count)?.exactInterval()
    }

    /// The share of the most frequent option, nil unless every example has one.
    private static func largestShare(_ options: [Int?]) -> Double? {
        let known = options.compactMap { $0 }
        guard !known.isEmpty, known.count == options.count else { return nil }
        let counts = known.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        return counts.values.max().map { Double($0) / Double(known.count) }
    }
}

extension Sequence<TestScore> {
    /// Scores of one cell's trials by their seeds, the first where several share them.
    var bySeeds: [TrialSeeds: TestScore] {
        Dictionary(map { ($0.trial.seeds, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
