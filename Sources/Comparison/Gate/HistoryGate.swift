import Foundation
import Provenance
package import ResultStore
import Statistics
package import Suites
import Training

/// G3: a candidate's step times beside those of earlier runs on a machine like it.
///
/// It only ever warns, because runs of different days are not interleaved.
package enum HistoryGate {
    /// Earlier runs of a cell below which nothing is said.
    static let fewestRuns = 5
    /// How sure a change of level among earlier runs must be to leave out what came before it.
    private static let changeSignificance = 0.001
    /// How large it must be: 3%.
    private static let smallestChange = 0.03

    /// One check for each cell with enough earlier runs on a like machine, in table order.
    package static func checks(
        candidate: ResultSnapshot, history: [ResultSnapshot], policy: GatePolicy.History
    ) -> [GateCheck] {
        let series = candidate.orderedCells.compactMap { cell -> Series? in
            Series(of: cell, in: candidate, history: history, runs: policy.runs)
        }
        let significance = policy.significance / Double(max(1, series.count))
        return series.compactMap { series in
            guard let limit = upperPredictionLimit(of: series.steady, significance: significance),
                let centre = median(of: series.steady)
            else { return nil }
            let isAbove = series.present > limit
            let change = exp(series.present - centre) - 1
            var detail =
                "a step takes \(percent(change)) compared with the median of \(series.steady.count) earlier runs; "
                + "the limit is \(percent(exp(limit - centre) - 1))"
            if series.steady.count < series.all.count {
                let shift = ChangePoint(series: series.all).map { exp($0.shift) - 1 } ?? 0
                detail += "; runs before a change of level by \(percent(shift)) are left out"
            }
            return GateCheck(
                gate: .history, cell: series.cell, subject: "step time of earlier runs",
                finding: isAbove ? .warning : .passed, detail: detail)
        }
    }

    private static func percent(_ share: Double) -> String { String(format: "%+.1f%%", 100 * share) }

    /// The logarithms of one cell's step time over the runs, oldest first.
    private struct Series {
        var cell: CellResult
        var present: Double
        var all: [Double]
        var steady: [Double]

        init?(of cell: CellResult, in candidate: ResultSnapshot, history: [ResultSnapshot], runs: Int) {
            guard let present = Run(of: cell, in: candidate) else { return nil }
            let earlier = history.compactMap { snapshot -> Run? in
                guard snapshot.suiteSHA256 == candidate.suiteSHA256,
                    let same = snapshot.cells.first(where: { $0.cell == cell.cell }),
                    let run = Run(of: same, in: snapshot),
                    // A database that is given twice, or the candidate's own, is no earlier run.
                    run.recorded < present.recorded, run.isLike(present)
                else { return nil }
                return run
            }
            .sorted { $0.recorded < $1.recorded }
            let values = Array(earlier.map(\.logNanoseconds).suffix(runs))
            let steady = HistoryGate.steadyEnd(of: values)
            guard steady.count >= HistoryGate.fewestRuns else { return nil }
            self.cell = cell
            self.present = present.logNanoseconds
            all = values
            self.steady = steady
        }
    }

    /// The values after the last change of level that is sure and large.
    private static func steadyEnd(of values: [Double]) -> [Double] {
        var rest = values
        while let change = ChangePoint(series: rest), change.pValue <= changeSignificance,
            abs(change.shift) >= log(1 + smallestChange)
        {
            rest = Array(rest.dropFirst(change.position))
        }
        return rest
    }

    /// One run's time of a cell.
    private struct Run {
        var logNanoseconds: Double
        var recorded: Int64
        var environments: [Environment]

        init?(of cell: CellResult, in snapshot: ResultSnapshot) {
            let rounds = cell.timedRounds
            guard let value = median(of: rounds.compactMap(\.medianStepNanoseconds)), value > 0,
                let recorded = rounds.compactMap(\.recordedNanoseconds).max()
            else { return nil }
            logNanoseconds = log(value)
            self.recorded = recorded
            environments = rounds.compactMap { $0.environmentID.flatMap { snapshot.environments[$0] } }
        }

        /// Whether both ran on the same kind of machine with the same libraries and compiler.
        func isLike(_ other: Run) -> Bool {
            TimingEnvironment.reasonAgainstComparing(environments + other.environments) == nil
                && Set((environments + other.environments).map(\.compiler)).count == 1
        }
    }
}
