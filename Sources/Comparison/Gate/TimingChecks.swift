import Foundation
import ResultStore
import Statistics
import Suites
import Training

/// G2 in words: what the timing gate found of each cell that was timed.
enum TimingChecks {
    static func checks(
        of difference: SuiteDifference, timing: TimingGate?, cells: [CellDifference],
        policy: GatePolicy.Timing
    ) -> [GateCheck] {
        guard policy.missing != .ignore else { return [] }
        let judged = timing.map { zip(cells, $0.cells).map { check($0, $1, policy: policy) } } ?? []
        let names = Set(cells.map(\.baseline.id))
        let timedApart = difference.cells.filter { cell in
            cell.stepTime != nil && !cell.baseline.timedRounds.isEmpty && !names.contains(cell.baseline.id)
        }
        let apart = timedApart.map { cell in
            missing(
                cell: cell.candidate,
                "the rounds of the two sides were not taken in turns, so the drift of the machine is in them; "
                    + "'lezobench gate --baseline-program' takes them in turns", policy: policy)
        }
        if judged.isEmpty, apart.isEmpty {
            return [missing(cell: nil, "no cell was timed on both sides", policy: policy)]
        }
        return judged + apart
    }

    private static func missing(
        cell: CellResult?, _ detail: String, policy: GatePolicy.Timing
    ) -> GateCheck {
        GateCheck(
            gate: .timing, cell: cell, subject: "step time",
            finding: policy.missing == .warn ? .warning : .notComparable, detail: detail)
    }

    private static func check(
        _ difference: CellDifference, _ judged: TimingGate.Cell, policy: GatePolicy.Timing
    ) -> GateCheck {
        func check(_ finding: GateCheck.Finding, _ detail: String) -> GateCheck {
            GateCheck(
                gate: .timing, cell: difference.candidate, subject: "step time", finding: finding,
                detail: detail)
        }
        if let obstacle = difference.stepTime?.obstacle { return check(.notComparable, obstacle) }
        let figures = words(judged)
        switch judged.finding {
        case .passed:
            return check(
                .passed, "\(figures); a slowdown of \(percent(judged.smallestDetectable)) would be found")
        case .tooFewRounds(let needed):
            return check(.undecided, "\(figures); with fewer than \(needed) rounds no slowdown can be found")
        case .tooNoisy:
            return check(
                .undecided,
                "\(figures); only a slowdown of \(percent(judged.smallestDetectable)) would be found, where the policy "
                    + "asks for \(percent(policy.detectable))")
        case .flagged:
            return check(
                .undecided,
                "\(figures); flagged (Holm-corrected p \(pValue(judged.pValue))), to be confirmed by fresh rounds"
            )
        case .notConfirmed:
            return check(
                .warning,
                "\(figures); flagged (Holm-corrected p \(pValue(judged.pValue))), but fresh rounds did not confirm it "
                    + "(p \(pValue(judged.confirmationPValue ?? 1)))")
        case .slower:
            return check(
                .regression,
                "\(figures); more than \(percent(policy.margin)) slower, flagged (Holm-corrected p "
                    + "\(pValue(judged.pValue))) and confirmed by fresh rounds (p "
                    + "\(pValue(judged.confirmationPValue ?? 1)))")
        }
    }

    private static func words(_ judged: TimingGate.Cell) -> String {
        guard let estimate = judged.estimate else { return "no rounds of the first stage" }
        let change = String(format: "%+.1f%% a step", 100 * (exp(estimate.estimate) - 1))
        let interval = estimate.interval.map {
            String(
                format: " (95%%: %+.1f%% to %+.1f%%)", 100 * (exp($0.lower) - 1), 100 * (exp($0.upper) - 1))
        }
        return "\(change)\(interval ?? ""), \(judged.rounds) rounds"
    }

    private static func percent(_ share: Double?) -> String {
        share.map { String(format: "%.1f%%", 100 * $0) } ?? "unknown size"
    }

    private static func pValue(_ value: Double) -> String { String(format: "%.2g", value) }
}
