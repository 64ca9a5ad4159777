import Foundation
import ResultStore
import Statistics
import Suites
import Training

/// Whether test scores became worse than the margin allows.
///
/// A cell is inferior only after Holm's correction over all cells; it passes only when it is shown not to be; in between
/// the answer is that there is none.
enum QualityGate {
    static func checks(of difference: SuiteDifference, policy: GatePolicy.Quality) -> [GateCheck] {
        let tested = difference.cells.filter { $0.inputMismatch == nil }.compactMap { cell -> Tested? in
            let pairs = ScoredPair.all(baseline: cell.baseline, candidate: cell.candidate)
            guard !pairs.isEmpty else { return nil }
            return Tested(cell: cell, test: test(pairs, policy: policy), seeds: pairs.count)
        }
        let known = tested.compactMap(\.test)
        let adjusted = holmAdjusted(known.map(\.inferiorityPValue))
        var rank = 0
        return tested.map { entry in
            guard let test = entry.test else {
                return GateCheck(
                    gate: .quality, cell: entry.cell.candidate, subject: "test score",
                    finding: .notComparable,
                    detail: "the two sides did not answer the same examples, or the answers were not stored")
            }
            defer { rank += 1 }
            return check(
                entry.cell, test, adjustedPValue: adjusted[rank], seeds: entry.seeds, policy: policy)
        }
    }

    private struct Tested {
        var cell: CellDifference
        /// Nil when the two sides did not answer the same examples.
        var test: QualityTest?
        var seeds: Int
    }

    private static func test(_ pairs: [ScoredPair], policy: GatePolicy.Quality) -> QualityTest? {
        let rows = pairs.compactMap(\.exampleDifferences)
        guard rows.count == pairs.count else { return nil }
        return QualityTest(
            rows: rows, isBinary: pairs.allSatisfy { $0.baseline.intervalKind == .exactBinomial },
            policy: policy)
    }

    private static func check(
        _ cell: CellDifference, _ test: QualityTest, adjustedPValue: Double, seeds: Int,
        policy: GatePolicy.Quality
    ) -> GateCheck {
        func points(_ share: Double?) -> String { share.map { String(format: "%+.2f", 100 * $0) } ?? "none" }
        let basis = "\(seeds) \(seeds == 1 ? "pair" : "pairs") of trials"
        let finding: GateCheck.Finding
        let detail: String
        if test.hasSameAnswers {
            finding = .passed
            detail = "the same answer to every example, \(basis)"
        } else {
            let figures =
                "\(points(test.difference)) points, at least \(points(test.lowerBound)) on one side, margin "
                + String(format: "%.2f", policy.marginPoints) + ", \(basis)"
            if adjustedPValue <= policy.significance {
                finding = .inferior
                detail =
                    "worse than the margin allows: \(figures) (Holm-corrected p "
                    + String(format: "%.2g", adjustedPValue) + ")"
            } else if test.isNonInferior {
                finding = .passed
                detail = "not worse than the margin allows: \(figures)"
            } else {
                finding = .undecided
                let needed = test.seedsNeeded.map { "; about \($0) pairs of seeds would decide" } ?? ""
                detail = "neither shown to be worse nor shown not to be: \(figures)\(needed)"
            }
        }
        return GateCheck(
            gate: .quality, cell: cell.candidate, subject: "test score", finding: finding, detail: detail)
    }
}
