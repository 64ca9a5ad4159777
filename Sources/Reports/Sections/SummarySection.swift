import Comparison
import Foundation
import ResultStore
import Training

/// The findings in sentences, for a reader who reads nothing else.
enum SummarySection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let sentences =
            [progress(findings)] + warnings(findings) + AccuracySummary.sentences(findings)
            + LostUpdates.sentences(findings) + StepSummary.sentences(findings) + claims(findings)
        return [.list(sentences)]
    }

    private static func progress(_ findings: SuiteFindings) -> String {
        let progress = findings.progress
        let rounds = Figures.count(progress.roundCount, "timing round")
        guard progress.trialCount > 0 else {
            return progress.roundCount > 0
                ? "The suite trains nothing; it has \(rounds). \(brackets)"
                : "The suite has neither trials nor timing rounds."
        }
        let done = progress.counts[.done] ?? 0
        let others = TrialStatus.allCases.filter { $0 != .done }.compactMap { status in
            progress.counts[status].map { "\($0) \(status.rawValue)" }
        }
        let rest = others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
        return
            "\(done) of \(Figures.count(progress.trialCount, "trial")) \(done == 1 ? "is" : "are") done\(rest)"
            + "\(progress.roundCount > 0 ? "; \(rounds)" : ""). \(brackets)"
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

    /// One sentence for each claim, with the verdicts counted over the settings that it was held against; one for all
    /// claims of a paper that differ in the length of rows only.
    private static func claims(_ findings: SuiteFindings) -> [String] {
        var groups: [(subject: String, assessments: [ClaimAssessment])] = []
        for assessment in findings.claims.assessments {
            let subject = subject(of: assessment.claim, findings)
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].assessments.append(assessment)
            } else {
                groups.append((subject, [assessment]))
            }
        }
        return groups.map { "\($0.subject): \(verdicts(of: $0.assessments))." }
    }

    private static func subject(of claim: Claim, _ findings: SuiteFindings) -> String {
        guard claim.tokens != nil else { return "\(claim.id) (\(claim.reportedWords))" }
        let alike = findings.claims.assessments.map(\.claim).filter {
            $0.tokens != nil && $0.arxiv == claim.arxiv && $0.metric == claim.metric
        }
        let lengths = Set(alike.compactMap(\.tokens)).sorted()
        let what = claim.metric == "phase_share" ? "Shares of perturb and update" : "Speedups of a step"
        return "\(what) at \(Figures.joined(lengths.map(String.init))) tokens, reported by \(claim.paper)"
    }

    /// The verdicts on the plan that claims are judged on.
    private static func verdicts(of all: [ClaimAssessment]) -> String {
        let judged = all.filter(\.isOnJudgedPlan).map(\.verdict.words)
        guard !judged.isEmpty else { return "not judged, as only the fused plan was timed" }
        var distinct: [String] = []
        for words in judged where !distinct.contains(words) { distinct.append(words) }
        let settings = Figures.count(judged.count, "setting")
        if distinct.count == 1, let words = distinct.first {
            return words + (judged.count == 1 ? "" : " in each of \(settings)")
        }
        let counts = distinct.map { words in "\(words) in \(judged.count { $0 == words })" }
        return "\(Figures.joined(counts)) of \(settings)"
    }
}
