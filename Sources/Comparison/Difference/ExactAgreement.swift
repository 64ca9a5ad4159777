import Optimizers
package import ResultStore
import Training

/// Whether two records of one cell hold the same numbers to the bit: losses, gradients, dropped layers, answers and
/// weights, times aside.
///
/// Compared are trials with the same seeds that are done on both sides, and rounds of the same number.
package struct ExactAgreement: Sendable, Hashable {
    /// Trials that are done on both sides.
    package private(set) var comparedTrials = 0
    /// Those of them that agree.
    package private(set) var equalTrials = 0
    /// Rounds that both sides have.
    package private(set) var comparedRounds = 0
    /// Those of them that agree.
    package private(set) var equalRounds = 0
    /// The first place where they do not, in words; nil when all agree.
    package private(set) var firstDifference: String?

    /// Whether all that could be compared agrees.
    package var isExact: Bool { firstDifference == nil }
    /// Whether there was anything to compare.
    package var isMeasured: Bool { comparedTrials + comparedRounds > 0 }

    /// The agreement of two records.
    package init(baseline: CellResult, candidate: CellResult) {
        for (first, second) in TrialPair.all(baseline: baseline, candidate: candidate)
        where first.status == .done && second.status == .done {
            comparedTrials += 1
            if let place = Self.firstDifference(first, second) {
                note("trial with data seed \(first.dataSeed) and noise seed \(first.noiseSeed): \(place)")
            } else {
                equalTrials += 1
            }
        }
        for pair in RoundPair.all(baseline: baseline, candidate: candidate) {
            comparedRounds += 1
            let place =
                Self.firstDifference(pair.baseline.steps, pair.candidate.steps)
                ?? Self.firstDifference(pair.baseline.firstOrderSteps, pair.candidate.firstOrderSteps)
            if let place {
                note("round \(pair.baseline.round): \(place)")
            } else {
                equalRounds += 1
            }
        }
    }

    private mutating func note(_ place: String) {
        if firstDifference == nil { firstDifference = place }
    }

    private static func firstDifference(_ first: TrialResult, _ second: TrialResult) -> String? {
        if let place = firstDifference(first.steps, second.steps) { return place }
        if let place = firstDifference(first.firstOrderSteps, second.firstOrderSteps) { return place }
        guard first.evaluations.count == second.evaluations.count else {
            return "\(first.evaluations.count) evaluations against \(second.evaluations.count)"
        }
        for (one, other) in zip(first.evaluations, second.evaluations) where !one.hasSameNumbers(as: other) {
            return "\(one.split.rawValue) evaluation after step \(one.step)"
        }
        let digests = (first.summary?.weightsDigest, second.summary?.weightsDigest)
        return digests.0 == digests.1 ? nil : "weights after the last step"
    }

    private static func firstDifference(_ first: [StepRecord], _ second: [StepRecord]) -> String? {
        for (one, other) in zip(first, second) where !one.hasSameNumbers(as: other) {
            return
                "step \(one.step), losses \(one.lossPlus) and \(one.lossMinus) against \(other.lossPlus) and "
                + "\(other.lossMinus)"
        }
        return first.count == second.count ? nil : "\(first.count) steps against \(second.count)"
    }

    private static func firstDifference(
        _ first: [FirstOrderStepRecord], _ second: [FirstOrderStepRecord]
    ) -> String? {
        for (one, other) in zip(first, second) where !one.hasSameNumbers(as: other) {
            return "step \(one.step), loss \(one.loss) against \(other.loss)"
        }
        return first.count == second.count ? nil : "\(first.count) steps against \(second.count)"
    }
}

/// Trials of one cell in two databases.
enum TrialPair {
    /// The pairs with the same seeds, by seeds.
    static func all(
        baseline: CellResult, candidate: CellResult
    ) -> [(baseline: TrialResult, candidate: TrialResult)] {
        let others = candidate.trials.bySeeds
        return baseline.trials.compactMap { trial in others[trial.seeds].map { (trial, $0) } }
            .sorted { $0.0.seeds < $1.0.seeds }
    }
}

extension EvaluationRecord {
    /// Whether two records say the same of the model, to the bit; how long they took may differ.
    func hasSameNumbers(as other: EvaluationRecord) -> Bool {
        step == other.step && split == other.split && metric == other.metric
            && loss.bitPattern == other.loss.bitPattern && value.bitPattern == other.value.bitPattern
            && predictions.count == other.predictions.count
            && zip(predictions, other.predictions).allSatisfy { $0.hasSameNumbers(as: $1) }
    }
}

extension Prediction {
    fileprivate func hasSameNumbers(as other: Prediction) -> Bool {
        exampleID == other.exampleID && chosenOption == other.chosenOption && goldOption == other.goldOption
            && text == other.text && score.bitPattern == other.score.bitPattern
            && optionScores.map(\.bitPattern) == other.optionScores.map(\.bitPattern)
    }
}
