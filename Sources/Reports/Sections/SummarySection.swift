import Comparison
import Foundation
import ResultStore
import Training

/// The findings in sentences, for a reader who reads nothing else.
enum SummarySection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let sentences =
            [progress(findings)] + warnings(findings) + AccuracySummary.sentences(findings)
            + LostUpdates.sentences(findings) + StepSummary.sentences(findings)
            + TimeToTargetWords.sentences(findings)
            + ClaimsSummary.sentences(findings.claims.assessments)
        return [.list(sentences)]
    }

    private static func progress(_ findings: SuiteFindings) -> String {
        let progress = findings.progress
        let planned = progress.plannedRoundCount.flatMap { $0 > progress.roundCount ? $0 : nil }
        let rounds =
            planned.map { "\(progress.roundCount) of \(Figures.count($0, "timing round"))" }
            ?? Figures.count(progress.roundCount, "timing round")
        guard progress.trialCount > 0 else {
            return progress.roundCount > 0
                ? "The suite trains nothing; it has \(rounds). \(brackets)"
                : "The suite has neither trials nor timing rounds."
        }
        let done = progress.counts[.done] ?? 0
        let unavailable = progress.unavailableCount
        var others = TrialStatus.allCases.filter { $0 != .done }.compactMap { status -> String? in
            let count = (progress.counts[status] ?? 0) - (status == .failed ? unavailable : 0)
            return count > 0 ? "\(count) \(status.rawValue)" : nil
        }
        if unavailable > 0 { others.append("\(unavailable) left out, as the archives have no data for them") }
        let rest = others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
        let trials = "\(done) of \(Figures.count(progress.trialCount, "trial"))"
        guard progress.roundCount > 0 || planned != nil else {
            return "\(trials) \(done == 1 ? "is" : "are") done\(rest). \(brackets)"
        }
        guard planned == nil else {
            return rest.isEmpty
                ? "\(trials) and \(rounds) are done. \(brackets)"
                : "\(trials) \(done == 1 ? "is" : "are") done\(rest), and \(rounds). \(brackets)"
        }
        return "\(trials) \(done == 1 ? "is" : "are") done\(rest); \(rounds). \(brackets)"
    }

    private static let brackets = "Intervals in brackets are at 95%."

    private static func warnings(_ findings: SuiteFindings) -> [String] {
        var sentences: [String] = []
        let random = Set(findings.cells.map(\.cell.model).filter(\.hasRandomWeights).map(\.name)).sorted()
        if !random.isEmpty {
            sentences.append(
                "\(Figures.joined(random)) \(random.count == 1 ? "has" : "have") random weights in the official shape: "
                    + "only times are measured on \(random.count == 1 ? "it" : "them").")
        }
        for reason in Set(findings.roundTimes.compactMap(\.reasonAgainst)).sorted() {
            sentences.append("Step times are not to be used: \(reason).")
        }
        return sentences
    }
}
