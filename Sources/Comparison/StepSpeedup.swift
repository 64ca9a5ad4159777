import Foundation
import Optimizers
import Provenance
package import ResultStore
package import Statistics

/// How much faster a step of a LeZO cell is than one of the MeZO cell that it was interleaved with.
///
/// Rounds are paired by number; each contributes the logarithm of LeZO's median step time over MeZO's. The estimate is
/// Hodges and Lehmann's, the interval the exact signed-rank one, both turned into a ratio at the end.
package struct StepSpeedup: Sendable {
    /// One round in which both cells were timed.
    package struct Pair: Sendable, Hashable {
        /// The round's number.
        package var round: Int
        /// MeZO's median step.
        package var baselineNanoseconds: Double
        /// LeZO's median step.
        package var candidateNanoseconds: Double
        /// `ln(candidate / baseline)`, negative when LeZO is faster.
        package var logRatio: Double {
            log(candidateNanoseconds / baselineNanoseconds)
        }
    }

    /// What the pairs say when they may be used.
    package struct Measurement: Sendable, Hashable {
        /// The Hodges-Lehmann estimate of MeZO's time over LeZO's; above 1 means that LeZO is faster.
        package var speedup: Double
        /// The exact interval of the speedup, at 95%.
        package var interval: Interval
        /// The plain median of the rounds' ratios.
        package var medianRatio: Double
        /// The smallest ratio of a round.
        package var smallestRatio: Double
        /// Spearman's correlation of log ratio and round, nil when the ratios do not vary.
        package var driftCorrelation: Double?

        /// The two-sided p-value of that correlation, nil without one.
        package var driftPValue: Double?

        /// What to say when the ratio changed over the rounds by more than chance does, which the interval cannot hold.
        package var driftWarning: String? {
            guard let driftCorrelation, let driftPValue, driftPValue < 0.01 else { return nil }
            return "the ratio changed over the rounds (rank correlation "
                + String(format: "%.2f", driftCorrelation) + "), and the interval assumes that it did not"
        }
    }

    /// A measurement, or the sentence that says why there is none.
    package enum Outcome: Sendable, Hashable {
        case measured(Measurement)
        case refused(reason: String)
    }

    /// The MeZO cell.
    package let baseline: CellResult
    /// The LeZO cell.
    package let candidate: CellResult
    /// The rounds that both have, ascending.
    package let pairs: [Pair]
    /// Rounds that only one of the two has.
    package let unpairedRoundCount: Int
    /// What follows from the pairs.
    package let outcome: Outcome
    /// What the step could gain at most, from MeZO's measured shares; nil when the model's size is unknown.
    package let limit: AmdahlLimit?

    /// The measurement, nil when it was refused.
    package var measurement: Measurement? {
        if case .measured(let measurement) = outcome { measurement } else { nil }
    }

    /// Compares two cells that both have timing rounds.
    package init(baseline: CellResult, candidate: CellResult, in snapshot: ResultSnapshot) {
        let byRound = Dictionary(
            baseline.timedRounds.map { ($0.round, $0) }, uniquingKeysWith: { first, _ in first })
        let matches = candidate.timedRounds.sorted { $0.round < $1.round }
            .compactMap { round in byRound[round.round].map { (baseline: $0, candidate: round) } }
        let pairs = matches.compactMap { match -> Pair? in
            guard let before = match.baseline.medianStepNanoseconds,
                let after = match.candidate.medianStepNanoseconds,
                before > 0, after > 0
            else { return nil }
            return Pair(
                round: match.candidate.round, baselineNanoseconds: before, candidateNanoseconds: after)
        }
        self.baseline = baseline
        self.candidate = candidate
        self.pairs = pairs
        unpairedRoundCount = baseline.timedRounds.count + candidate.timedRounds.count - 2 * pairs.count
        let ids = matches.flatMap { [$0.baseline.environmentID, $0.candidate.environmentID] }
        let environments = ids.map { $0.flatMap { snapshot.environments[$0] } }
        outcome =
            Self.differingBuild(matches, snapshot).map { .refused(reason: $0) }
            ?? Self.outcome(of: pairs, environments: environments)
        limit = AmdahlLimit(baseline: baseline, candidate: candidate, in: snapshot)
    }

    /// Why a round's two cells must not be compared: one was timed with another program than the other.
    private static func differingBuild(
        _ matches: [(baseline: RoundResult, candidate: RoundResult)], _ snapshot: ResultSnapshot
    ) -> String? {
        func build(_ round: RoundResult) -> [String]? {
            round.environmentID.flatMap { snapshot.environments[$0] }.map {
                [$0.gitCommit, $0.gitIsDirty.map(String.init) ?? "unknown", $0.compiler]
            }
        }
        return matches.first { build($0.baseline) != build($0.candidate) }
            .map { "round \($0.candidate.round) timed MeZO and LeZO with different builds" }
    }

    private static func outcome(of pairs: [Pair], environments: [Environment?]) -> Outcome {
        let needed = HodgesLehmann.smallestCount(confidence: 0.95)
        guard pairs.count >= needed else {
            return .refused(
                reason:
                    "\(pairs.count) paired rounds cannot give an interval at 95%, which needs at least \(needed)"
            )
        }
        let known = environments.compactMap { $0 }
        guard known.count == environments.count else {
            return .refused(reason: "a round has no recorded environment")
        }
        if let reason = TimingEnvironment.reasonAgainstComparing(known) { return .refused(reason: reason) }
        let logRatios = pairs.map(\.logRatio)
        let drift = spearmanCorrelation(logRatios, pairs.map { Double($0.round) })
        guard let estimate = HodgesLehmann(differences: logRatios), let interval = estimate.interval,
            let middle = median(of: logRatios), let largest = logRatios.max()
        else { return .refused(reason: "the rounds hold no usable times") }
        return .measured(
            Measurement(
                speedup: exp(-estimate.estimate), interval: interval.mapped(decreasing: { exp(-$0) }),
                medianRatio: exp(-middle), smallestRatio: exp(-largest),
                driftCorrelation: drift,
                driftPValue: drift.map { spearmanPValue($0, count: pairs.count) }))
    }
}

extension CellResult {
    /// Rounds that hold at least one step.
    var timedRounds: [RoundResult] {
        rounds.filter { !$0.steps.isEmpty }
    }
}

extension RoundResult {
    /// The round's value: the median of its steps.
    var medianStepNanoseconds: Double? {
        median(of: steps.map { Double($0.times.totalNanoseconds) })
    }
}
