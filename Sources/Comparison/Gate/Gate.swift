import Foundation
package import ResultStore
import Statistics
package import Suites
import Training

/// Whether a candidate may take a baseline's place: coverage, exact quantities, test scores, step times.
package struct Gate: Sendable {
    /// What was found, in the order of the gates and of the tables.
    package let checks: [GateCheck]
    /// The judgement of step times, with the cells that it is about; nil when none were interleaved.
    package let timing: TimingGate?
    /// The cells that ``timing`` is about, in its order.
    package let timedCells: [CellDifference]

    /// What it comes to.
    package var outcome: GateOutcome { GateOutcome(of: checks) }

    /// Holds one suite's two records against a policy.
    ///
    /// - Parameters:
    ///   - difference: The records.
    ///   - policy: What is asked for.
    ///   - history: Earlier runs of the suite, in any order.
    ///   - failedRounds: Timing rounds that ended without a result, which no database holds.
    package init(
        of difference: SuiteDifference, policy: GatePolicy, history: [ResultSnapshot] = [],
        failedRounds: (baseline: Int, candidate: Int) = (0, 0)
    ) {
        timedCells = difference.cells.filter { cell in
            !TimedPair.all(baseline: cell.baseline, candidate: cell.candidate).isEmpty
        }
        let timing =
            timedCells.isEmpty || policy.timing.missing == .ignore
            ? nil : TimingGate(timedCells.map { $0.samples(of: policy.timing) }, policy: policy.timing)
        self.timing = timing
        let checks =
            CoverageGate.checks(of: difference, failedRounds: failedRounds)
            + ExactGate.checks(of: difference, policy: policy.exact)
            + QualityGate.checks(of: difference, policy: policy.quality)
            + TimingChecks.checks(of: difference, timing: timing, cells: timedCells, policy: policy.timing)
            + HistoryGate.checks(candidate: difference.candidate, history: history, policy: policy.history)
        self.checks = checks.map { check in
            check.finding == .undecided && policy.undecided == .warn ? check.softened(to: .warning) : check
        }
    }

    /// The cells that need fresh rounds before they may be called slower.
    package var cellsToConfirm: [CellResult] {
        guard let timing else { return [] }
        return zip(timedCells, timing.cells).filter { $0.1.finding == .flagged }.map { $0.0.candidate }
    }
}

extension CellDifference {
    /// The log ratios of interleaved rounds, by stage: the confirmation's rounds have numbers above the first stage's.
    func samples(of policy: GatePolicy.Timing) -> TimingGate.Samples {
        let pairs = TimedPair.all(baseline: baseline, candidate: candidate)
        return TimingGate.Samples(
            firstStage: pairs.filter { $0.baseline.round <= policy.rounds }.compactMap(\.logRatio),
            confirmation: pairs.filter { $0.baseline.round > policy.rounds }.compactMap(\.logRatio))
    }

    /// The log ratios of consecutive blocks of rounds, for holding a program against itself.
    package func blocks(of rounds: Int) -> [[Double]] {
        let pairs = TimedPair.all(baseline: baseline, candidate: candidate)
        let blocks = Dictionary(grouping: pairs) { ($0.baseline.round - 1) / max(1, rounds) }
        return blocks.sorted { $0.key < $1.key }.map { $0.value.compactMap(\.logRatio) }
    }
}
