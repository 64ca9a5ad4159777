import ResultStore
import Statistics
import Training

/// Whether the candidate has all that the baseline has: a gate that compares less and less would pass more and more.
enum CoverageGate {
    static func checks(
        of difference: SuiteDifference, failedRounds: (baseline: Int, candidate: Int)
    ) -> [GateCheck] {
        var checks = difference.onlyBaseline.map { cell in
            GateCheck(
                gate: .coverage, cell: cell, subject: "cell", finding: .notComparable,
                detail: "the candidate does not have this cell")
        }
        checks += difference.onlyCandidate.map { cell in
            GateCheck(
                gate: .coverage, cell: cell, subject: "cell", finding: .warning,
                detail: "the baseline does not have this cell, so nothing holds it")
        }
        for cell in difference.cells { checks += self.checks(of: cell) }
        let failures: [(Int, GateCheck.Finding, String)] = [
            (failedRounds.candidate, .crash, "candidate"),
            (failedRounds.baseline, .notComparable, "baseline"),
        ]
        for (count, finding, side) in failures where count > 0 {
            checks.append(
                GateCheck(
                    gate: .coverage, cell: nil, subject: "timing rounds", finding: finding,
                    detail: "\(count) of the \(side) ended without a result"))
        }
        if difference.cells.isEmpty {
            checks.append(
                GateCheck(
                    gate: .coverage, cell: nil, subject: "cells", finding: .notComparable,
                    detail: "the two sides share no cell"))
        }
        return checks
    }

    private static func checks(of cell: CellDifference) -> [GateCheck] {
        var checks: [GateCheck] = []
        func add(_ finding: GateCheck.Finding, _ subject: String, _ detail: String) {
            checks.append(
                GateCheck(
                    gate: .coverage, cell: cell.candidate, subject: subject, finding: finding, detail: detail)
            )
        }
        let others = cell.candidate.trials.bySeeds
        for trial in cell.baseline.trials where trial.status == .done {
            let subject = "trial with data seed \(trial.dataSeed) and noise seed \(trial.noiseSeed)"
            let other = others[trial.seeds]
            switch (other?.status, other?.failure) {
            case (.done?, _): continue
            case (.failed?, let failure?) where failure.reason == .diverged:
                add(
                    .inferior, subject,
                    "done in the baseline, diverged in the candidate: \(failure.message)")
            case (.failed?, let failure):
                add(
                    .crash, subject,
                    "done in the baseline, failed in the candidate: \(failure?.message ?? "no reason recorded")"
                )
            case (let status, _):
                add(
                    .notComparable, subject,
                    "done in the baseline, \(status?.rawValue ?? "absent") in the candidate")
            }
        }
        if let mismatch = cell.inputMismatch { add(.notComparable, "inputs", mismatch) }
        return checks
    }
}
