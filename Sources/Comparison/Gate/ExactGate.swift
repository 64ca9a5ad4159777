import Foundation
import ResultStore
import Statistics
import Suites
import Training

/// G1: what has no noise.
///
/// Most regressions show here, and a false alarm is impossible.
enum ExactGate {
    static func checks(of difference: SuiteDifference, policy: GatePolicy.Exact) -> [GateCheck] {
        difference.cells.filter { $0.inputMismatch == nil }.flatMap { cell in
            [
                numbers(of: cell, shouldAgree: difference.shouldAgreeExactly, consequence: policy.numbers),
                work(of: cell, consequence: policy.work),
                memory(of: cell, policy: policy),
            ].compactMap { $0 }
        }
    }

    private static func numbers(
        of cell: CellDifference, shouldAgree: Bool, consequence: GatePolicy.Consequence
    ) -> GateCheck? {
        guard cell.exact.isMeasured, consequence != .ignore else { return nil }
        func check(_ finding: GateCheck.Finding, _ detail: String) -> GateCheck {
            let isSoft = consequence == .warn && finding != .passed
            return GateCheck(
                gate: .exact, cell: cell.candidate, subject: "losses, answers and weights",
                finding: isSoft ? .warning : finding, detail: detail)
        }
        let exact = cell.exact
        guard let place = exact.firstDifference else {
            return check(.passed, "the same to the bit: \(words(exact))")
        }
        let counts = "the same to the bit: \(words(exact)); the first difference: \(place)"
        return shouldAgree
            ? check(.regression, counts)
            : check(.notComparable, "\(counts); BLAS or instruction set differ, which round differently")
    }

    /// What was compared and how much of it agrees, such as `trials 1 of 1, rounds 6 of 6`.
    private static func words(_ exact: ExactAgreement) -> String {
        let parts = [
            ("trials", exact.equalTrials, exact.comparedTrials),
            ("rounds", exact.equalRounds, exact.comparedRounds),
        ]
        return parts.filter { $0.2 > 0 }.map { "\($0.0) \($0.1) of \($0.2)" }.joined(separator: ", ")
    }

    private static func work(of cell: CellDifference, consequence: GatePolicy.Consequence) -> GateCheck? {
        guard let work = cell.work, consequence != .ignore else { return nil }
        let changes = WorkDifference.quantities.compactMap { quantity -> String? in
            let values = (work.baseline[keyPath: quantity.value], work.candidate[keyPath: quantity.value])
            return values.0 == values.1 ? nil : "\(quantity.name) \(values.1) against \(values.0)"
        }
        let hasGrown = !work.grown.isEmpty
        return GateCheck(
            gate: .exact, cell: cell.candidate, subject: "counted work",
            finding: !hasGrown ? .passed : consequence == .warn ? .warning : .regression,
            detail: "over \(work.steps) steps: "
                + (changes.isEmpty
                    ? "as many operations and allocated bytes" : changes.joined(separator: ", ")))
    }

    private static func memory(of cell: CellDifference, policy: GatePolicy.Exact) -> GateCheck? {
        guard let memory = cell.memory, policy.memory != .ignore else { return nil }
        let hasGrown = memory.ratio > 1 + policy.memoryTolerance
        return GateCheck(
            gate: .exact, cell: cell.candidate, subject: "peak memory",
            finding: !hasGrown ? .passed : policy.memory == .warn ? .warning : .regression,
            detail: String(
                format: "%.1f MiB against %.1f MiB (%+.1f%%; %.1f%% are tolerated)",
                memory.candidateBytes / 1_048_576, memory.baselineBytes / 1_048_576, 100 * (memory.ratio - 1),
                100 * policy.memoryTolerance))
    }
}
