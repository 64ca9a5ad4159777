import Foundation
import Optimizers
package import Provenance
package import ResultStore
package import Statistics
import Training

/// The step time of one cell in two databases.
///
/// Rounds that were taken in turns give the exact paired interval. Otherwise each side has its own level, its geometric
/// mean; the ratio of both, its interval and its p-value are all Welch's on the logarithms, and whatever drifted between the
/// two measurements is in the ratio: such a comparison is labelled and its margin is wider.
package struct StepTimeDifference: Sendable {
    /// How the two sides' values belong together.
    package enum Pairing: String, Sendable, Hashable {
        /// Rounds in fresh processes, taken in turns.
        case interleaved
        /// Rounds or trials of their own: the drift of the machine is not controlled.
        case unpaired
    }

    /// Nanoseconds of a baseline step over rounds, or over trials where there are no rounds: the median where rounds were
    /// interleaved, else the geometric mean.
    package let baselineNanoseconds: Double
    /// Nanoseconds of a candidate step.
    package let candidateNanoseconds: Double
    /// How they belong together.
    package let pairing: Pairing
    /// Pairs of rounds where they were interleaved, else values of the side that has fewer.
    package let count: Int
    /// The logarithms of candidate over baseline by round, empty when unpaired.
    package let logRatios: [Double]
    /// The candidate's time over the baseline's.
    package let ratio: Double
    /// The ratio of arithmetic means with Fieller's interval, nil when interleaved or with too few values; slow outliers
    /// weigh more in it than in ``ratio``.
    package let ratioOfMeans: FiellerRatio?
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
        let logarithms = [before, after].map { $0.nanoseconds.map { log($0) } }
        guard let first = median(of: before.nanoseconds), let second = median(of: after.nanoseconds),
            let level = mean(of: logarithms[0]), let otherLevel = mean(of: logarithms[1])
        else { return nil }
        obstacle =
            before.lacksEnvironment || after.lacksEnvironment
            ? "a process was timed in an environment that was not recorded"
            : TimingEnvironment.reasonAgainstComparing(before.environments + after.environments)
        let pairs = TimedPair.all(baseline: baseline, candidate: candidate)
        let logRatios = pairs.compactMap(\.logRatio)
        let margin = log(1 + Self.pairedMargin)
        if let estimate = HodgesLehmann(differences: logRatios), let interval = estimate.ratioInterval {
            pairing = .interleaved
            baselineNanoseconds = first
            candidateNanoseconds = second
            ratioOfMeans = nil
            count = logRatios.count
            self.logRatios = logRatios
            ratio = estimate.ratio
            self.interval = interval
            pValue = min(
                1,
                2
                    * min(
                        SignedRankTest(differences: logRatios.map { $0 - margin }).pValueAbove,
                        SignedRankTest(differences: logRatios.map { $0 + margin }).pValueBelow))
            driftCorrelation = spearmanCorrelation(logRatios, pairs.map { Double($0.baseline.round) })
        } else {
            let welch = WelchDifference(logarithms[0], logarithms[1])
            pairing = .unpaired
            baselineNanoseconds = exp(level)
            candidateNanoseconds = exp(otherLevel)
            ratioOfMeans = FiellerRatio(denominators: before.nanoseconds, numerators: after.nanoseconds)
            count = min(before.nanoseconds.count, after.nanoseconds.count)
            self.logRatios = []
            ratio = exp(otherLevel - level)
            interval = welch?.interval().mapped(increasing: { exp($0) })
            pValue = welch.map(Self.pValueBeyondMargin)
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

    /// The two-sided p-value that the ratio lies within the margin of unpaired times, 1 where the estimate does.
    private static func pValueBeyondMargin(_ welch: WelchDifference) -> Double {
        let margin = log(1 + unpairedMargin)
        guard abs(welch.estimate) > margin else { return 1 }
        return welch.pValue(against: welch.estimate < 0 ? -margin : margin)
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
