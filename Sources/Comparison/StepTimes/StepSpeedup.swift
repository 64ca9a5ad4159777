import Foundation
import Optimizers
import Provenance
package import ResultStore
package import Statistics
import Training

/// How much faster a step of one cell is than one of another that it was interleaved with: LeZO's against MeZO's on
/// the same plan, or the fused plan's against the reference plan's with the same optimizer.
///
/// Rounds are paired by number; each contributes the logarithm of the candidate's median step time over the baseline's.
/// The estimate is Hodges and Lehmann's, the interval the exact signed-rank one, both turned into a ratio at the end.
package struct StepSpeedup: Sendable {
    /// One round in which both cells were timed.
    package struct Pair: Sendable, Hashable {
        /// The round's number.
        package var round: Int
        /// The baseline's median step.
        package var baselineNanoseconds: Double
        /// The candidate's median step.
        package var candidateNanoseconds: Double
        /// `ln(candidate / baseline)`, negative when the candidate is faster.
        package var logRatio: Double {
            log(candidateNanoseconds / baselineNanoseconds)
        }
    }

    /// What the pairs say when they may be used.
    package struct Measurement: Sendable, Hashable {
        /// The Hodges-Lehmann estimate of the baseline's time over the candidate's; above 1 the candidate is faster.
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

        /// A correlation beyond this, either way, is remarked on.
        package static let notableDrift = 0.5

        /// What to say when ratio and round go together, which with few rounds chance alone does.
        package var driftRemark: String? {
            guard driftWarning == nil, let driftCorrelation, abs(driftCorrelation) > Self.notableDrift else {
                return nil
            }
            return "the ratio may have changed over the rounds (rank correlation "
                + String(format: "%.2f", driftCorrelation) + "), where the interval assumes that it did not"
        }

        /// What to say when the ratio changed over the rounds by more than chance does, which the interval cannot hold and
        /// which keeps it from deciding.
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

    /// The cell held against: MeZO, or the reference plan.
    package let baseline: CellResult
    /// The cell in question: LeZO, or the fused plan.
    package let candidate: CellResult
    /// The rounds that both have, ascending.
    package let pairs: [Pair]
    /// Rounds that only one of the two has.
    package let unpairedRoundCount: Int
    /// What follows from the pairs.
    package let outcome: Outcome
    /// What leaving layers out can gain at most, from MeZO's measured shares; nil when the model's size is unknown,
    /// and between plans.
    package let limit: AmdahlLimit?

    /// The measurement, nil when it was refused.
    ///
    /// Never inlined: where it was, the optimizing compiler of Swift 6.3.1 failed on callers that own the speedup.
    @inline(never)
    package var measurement: Measurement? {
        if case .measured(let measurement) = outcome { measurement } else { nil }
    }

    /// The median over the pairs of the baseline's step; nil without pairs.
    package var medianBaselineNanoseconds: Double? { median(of: pairs.map(\.baselineNanoseconds)) }
    /// The same of the candidate's.
    package var medianCandidateNanoseconds: Double? { median(of: pairs.map(\.candidateNanoseconds)) }

    /// The exact interval of the speedup at another confidence; nil when there is no measurement, or too few rounds.
    package func interval(confidence: Double) -> Interval? {
        guard measurement != nil else { return nil }
        return HodgesLehmann(differences: pairs.map(\.logRatio), confidence: confidence)?.interval?
            .mapped(decreasing: { exp(-$0) })
    }

    /// Compares two cells that both have timing rounds.
    package init(baseline: CellResult, candidate: CellResult, in snapshot: ResultSnapshot) {
        let all = RoundPair.all(baseline: baseline, candidate: candidate)
        let matches = all.filter { !$0.isApart(from: all) }
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
            ?? Self.outcome(of: pairs, apartCount: all.count - matches.count, environments: environments)
        limit =
            baseline.cell.plan == candidate.cell.plan
            ? AmdahlLimit(baseline: baseline, candidate: candidate, in: snapshot) : nil
    }

    /// Why a round's two cells must not be compared: one was timed with another program than the other.
    private static func differingBuild(
        _ matches: [RoundPair], _ snapshot: ResultSnapshot
    ) -> String? {
        func build(_ round: RoundResult) -> [String]? {
            round.environmentID.flatMap { snapshot.environments[$0] }.map {
                [$0.gitCommit, $0.gitIsDirty.map(String.init) ?? "unknown", $0.compiler]
            }
        }
        return matches.first { build($0.baseline) != build($0.candidate) }
            .map { "round \($0.candidate.round) timed the two cells with different builds" }
    }

    private static func outcome(
        of pairs: [Pair], apartCount: Int, environments: [Environment?]
    ) -> Outcome {
        let needed = HodgesLehmann.smallestCount(confidence: 0.95)
        guard pairs.count >= needed else {
            let apart =
                apartCount > 0
                ? " (\(apartCount) more were not timed side by side but in runs of their own)" : ""
            return .refused(
                reason:
                    "\(pairs.count) paired rounds\(apart) cannot give an interval at 95%, which needs at least \(needed)"
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
    package var timedRounds: [RoundResult] {
        rounds.filter { !$0.stepNanoseconds.isEmpty }
    }
}

extension RoundResult {
    /// The round's value: the median of its steps.
    var medianStepNanoseconds: Double? {
        median(of: stepNanoseconds.map { Double($0) })
    }
}
