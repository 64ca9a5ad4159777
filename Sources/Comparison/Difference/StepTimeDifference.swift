import Foundation
import Optimizers
package import Provenance
package import ResultStore
package import Statistics
import Training

/// The step time of one cell in two databases.
///
/// Rounds that were taken in turns give the exact paired interval. Otherwise each side has its own level, the interval is
/// Fieller's, and whatever drifted between the two measurements is in the ratio: such a comparison is labelled and its
/// margin is wider.
package struct StepTimeDifference: Sendable {
    /// How the two sides' values belong together.
    package enum Pairing: String, Sendable, Hashable {
        /// Rounds in fresh processes, taken in turns.
        case interleaved
        /// Rounds or trials of their own: the drift of the machine is not controlled.
        case unpaired
    }

    /// Nanoseconds of a baseline step: the median over rounds, or over trials where there are no rounds.
    package let baseline: Centre
    /// Nanoseconds of a candidate step.
    package let candidate: Centre
    /// How they belong together.
    package let pairing: Pairing
    /// Pairs of rounds where they were interleaved, else values of the side that has fewer.
    package let count: Int
    /// The logarithms of candidate over baseline by round, empty when unpaired.
    package let logRatios: [Double]
    /// The candidate's time over the baseline's.
    package let ratio: Double
    /// The interval of the ratio at 95%; nil when there are too few values.
    package let interval: Interval?
    /// The two-sided p-value that the ratio is within the margin; nil when there are too few values.
    package let pValue: Double?
    /// Spearman's correlation of the log ratios with the round, nil when unpaired or without variation.
    package let driftCorrelation: Double?
    /// Why the times must not be compared, or nil.
    package let obstacle: String?

    /// A ratio up to this, or down to its inverse, counts as the same: 2% when interleaved, 10% otherwise.
    package var margin: Double { pairing == .interleaved ? Self.pairedMargin : Self.unpairedMargin }

    /// The margin of interleaved rounds.
    package static let pairedMargin = 0.02
    /// The margin where drift is not controlled.
    package static let unpairedMargin = 0.10

    /// The difference, nil when a side has no times at all.
    package init?(
        baseline: CellResult, candidate: CellResult, baselineEnvironments: [Int64: Environment],
        candidateEnvironments: [Int64: Environment]
    ) {
        let haveRounds = !baseline.timedRounds.isEmpty && !candidate.timedRounds.isEmpty
        let before = TimedUnits(of: baseline, rounds: haveRounds, environments: baselineEnvironments)
        let after = TimedUnits(of: candidate, rounds: haveRounds, environments: candidateEnvironments)
        guard let first = Centre(of: before.nanoseconds), let second = Centre(of: after.nanoseconds) else {
            return nil
        }
        self.baseline = first
        self.candidate = second
        obstacle =
            before.lacksEnvironment || after.lacksEnvironment
            ? "a process was timed in an environment that was not recorded"
            : TimingEnvironment.reasonAgainstComparing(before.environments + after.environments)
        let pairs = TimedPair.all(baseline: baseline, candidate: candidate)
        let logRatios = pairs.compactMap(\.logRatio)
        let margin = log(1 + Self.pairedMargin)
        if let estimate = HodgesLehmann(differences: logRatios), let interval = estimate.interval {
            pairing = .interleaved
            count = logRatios.count
            self.logRatios = logRatios
            ratio = exp(estimate.estimate)
            self.interval = interval.mapped(increasing: { exp($0) })
            pValue = min(
                1,
                2
                    * min(
                        SignedRankTest(differences: logRatios.map { $0 - margin }).pValueAbove,
                        SignedRankTest(differences: logRatios.map { $0 + margin }).pValueBelow))
            driftCorrelation = spearmanCorrelation(logRatios, pairs.map { Double($0.baseline.round) })
        } else {
            let fieller = FiellerRatio(denominators: before.nanoseconds, numerators: after.nanoseconds)
            pairing = .unpaired
            count = min(before.nanoseconds.count, after.nanoseconds.count)
            self.logRatios = []
            ratio = fieller?.estimate ?? second.median / first.median
            interval = fieller?.interval
            pValue = Self.unpairedPValue(before.nanoseconds, after.nanoseconds)
            driftCorrelation = nil
        }
    }

    /// The verdict, given the p-value after Holm's correction.
    func verdict(adjustedPValue: Double?) -> ChangeVerdict? {
        guard obstacle == nil else { return nil }
        return ChangeVerdict(
            change: log(ratio), interval: interval?.mapped(increasing: { log($0) }),
            adjustedPValue: adjustedPValue, margin: log(1 + margin), count: count)
    }

    /// Welch's test on the logarithms, on either side of the margin.
    private static func unpairedPValue(_ first: [Double], _ second: [Double]) -> Double? {
        let before = first.map { log($0) }
        let after = second.map { log($0) }
        let margin = log(1 + unpairedMargin)
        guard let middleBefore = mean(of: before), let middleAfter = mean(of: after) else { return nil }
        let change = middleAfter - middleBefore
        let shift = change < 0 ? -margin : margin
        guard let twoSided = welchPValue(before.map { $0 + shift }, after) else { return nil }
        return abs(change) > margin ? min(1, twoSided) : 1
    }
}

/// The values that stand for a cell's step time, one a process, and the machines that they were taken on.
private struct TimedUnits {
    var nanoseconds: [Double]
    var environments: [Environment]
    var lacksEnvironment: Bool

    /// A cell's rounds, or the steps that its trials trained with.
    init(of cell: CellResult, rounds: Bool, environments known: [Int64: Environment]) {
        let units =
            rounds
            ? cell.rounds.map { (steps: $0.stepNanoseconds, environmentID: $0.environmentID) }
            : cell.trials.map { (steps: $0.stepNanoseconds, environmentID: $0.environmentID) }
        let timed = units.filter { !$0.steps.isEmpty }
        nanoseconds = timed.compactMap { unit in median(of: unit.steps.map { Double($0) }) }
            .filter { $0 > 0 }
        environments = timed.compactMap { $0.environmentID.flatMap { known[$0] } }
        lacksEnvironment = environments.count < timed.count
    }
}
