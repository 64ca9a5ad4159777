import Comparison
import Optimizers

/// The verdicts counted over the settings that a claim was held against, in sentences.
enum ClaimsSummary {
    /// One sentence for each claim; one for all claims of a paper that differ in the length of rows only.
    static func sentences(_ assessments: [ClaimAssessment]) -> [String] {
        var groups: [(subject: String, assessments: [ClaimAssessment])] = []
        for assessment in assessments {
            let subject = subject(of: assessment.claim, among: assessments)
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                groups[index].assessments.append(assessment)
            } else {
                groups.append((subject, [assessment]))
            }
        }
        return groups.map { "\($0.subject): \(verdicts(of: $0.assessments))." }
    }

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
        var groups: [(name: String, words: [String])] = []
        for assessment in judged {
            let plan = namesPlan ? assessment.plan.map { "\($0.rawValue) plan" } : nil
            let name = [assessment.reading?.rawValue, plan].compactMap { $0 }.joined(separator: ", ")
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].words.append(assessment.verdict.words)
            } else {
                groups.append((name, [assessment.verdict.words]))
            }
        }
        return groups.map { name, words in
            (name.isEmpty ? "" : "\(name): ") + counted(words)
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
