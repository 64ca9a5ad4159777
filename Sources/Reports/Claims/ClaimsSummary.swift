import Comparison
import Optimizers

/// The verdicts counted over the settings that a claim was held against, in sentences.
enum ClaimsSummary {
    /// One sentence for each claim; one for all claims of a paper that differ in the length of rows only, and one for all
    /// that were not measured where they are many.
    static func sentences(_ assessments: [ClaimAssessment]) -> [String] {
        let groups = Grouping.inOrder(assessments, by: { subject(of: $0.claim, among: assessments) })
        let unmeasured = groups.filter { !$0.items.contains(where: \.isMeasured) }
        let isMany = unmeasured.count > mostUnmeasured
        let shown = isMany ? groups.filter { $0.items.contains(where: \.isMeasured) } : groups
        let isJudged = assessments.contains {
            [.supported, .contradicted, .sameDirection].contains($0.verdict)
        }
        return shown.map { "\($0.key): \(verdicts(of: $0.items))." }
            + (isJudged
                ? [
                    "Verdicts hold for the machine, models and data of this run; what differs from the papers stands beside each."
                ]
                : [])
            + (isMany ? ["Not measured here: \(Figures.count(unmeasured.count, "figure"))."] : [])
    }

    /// More claims without a measurement than these are counted only.
    private static let mostUnmeasured = 8

    private static func subject(of claim: Claim, among assessments: [ClaimAssessment]) -> String {
        guard claim.tokens != nil else { return "\(claim.id) (\(claim.reportedWords))" }
        let alike = assessments.map(\.claim).filter {
            $0.tokens != nil && $0.arxiv == claim.arxiv && $0.metric == claim.metric
        }
        let lengths = Set(alike.compactMap(\.tokens)).sorted()
        let what = claim.metric.isShare ? "Shares of a step's time" : "Speedups of a step"
        return "\(what) at \(Figures.joined(lengths.map(String.init))) tokens, reported by \(claim.paper)"
    }

    /// The verdicts by reading and, where several plans were measured, by plan.
    private static func verdicts(of all: [ClaimAssessment]) -> String {
        // A share is a claim about the reference plan's passes; what other plans have is in the table.
        let judged = all.filter { !$0.claim.metric.isShare || $0.plan != .fused }
        guard !judged.isEmpty else { return "not judged, as only the fused plan was timed" }
        let namesPlan = Set(judged.compactMap(\.plan)).count > 1
        let groups = Grouping.inOrder(judged) { assessment in
            let plan = namesPlan ? assessment.plan.map { "\($0.rawValue) plan" } : nil
            return [assessment.reading?.rawValue, plan].compactMap { $0 }.joined(separator: ", ")
        }
        return groups.map { name, items in
            (name.isEmpty ? "" : "\(name): ") + counted(items.map(\.verdict.words))
        }.joined(separator: "; ")
    }

    private static func counted(_ verdicts: [String]) -> String {
        var distinct: [String] = []
        for words in verdicts where !distinct.contains(words) { distinct.append(words) }
        let settings = Figures.count(verdicts.count, "setting")
        if distinct.count == 1, let words = distinct.first {
            return words + (verdicts.count == 1 ? "" : " in each of \(settings)")
        }
        let counts = distinct.map { words in "\(words) in \(verdicts.count { $0 == words })" }
        return "\(Figures.joined(counts)) of \(settings)"
    }
}
