import Comparison
import Optimizers
import Statistics

/// One line for each claim and setting that it was held against: reported, measured, verdict.
enum ClaimsTable {
    /// Differences that every measured row has, as phrases.
    static func sharedDifferences(_ assessments: [ClaimAssessment]) -> [String] {
        let measured = assessments.map { $0.differences.map(\.words) }.filter { !$0.isEmpty }
        return (measured.first ?? []).filter { phrase in measured.allSatisfy { $0.contains(phrase) } }
    }

    /// The table; what `shared` names is left out of its rows.
    static func table(_ assessments: [ClaimAssessment], shared: [String]) -> Table {
        var table = Table(
            name: "claims",
            caption:
                "Reported figures beside ours; the verdict comes from the interval alone and holds for this machine, model and "
                + "data; shares and speedups of time depend on all three.",
            columns: [
                .init("no.", .trailing), .init("claim"), .init("reported", .trailing), .init("read as"),
                .init("verdict"), .init("value", .trailing), .init("low", .trailing),
                .init("high", .trailing), .init("at", .trailing), .init("measured"), .init("over"),
                .init("why"), .init("remarks"), .init("also differs"),
            ], keyColumnCount: 2, footnotes: footnotes(assessments))
        for (index, assessment) in assessments.enumerated() {
            let claim = assessment.claim
            table.append([
                String(index + 1), claim.id, claim.reportedWords, assessment.reading?.rawValue ?? "",
                assessment.verdict.words, figure(assessment.value, of: claim),
                figure(assessment.interval?.lower, of: claim), figure(assessment.interval?.upper, of: claim),
                coverage(of: assessment), assessment.subject, assessment.basis,
                assessment.reasons.joined(separator: "; "), assessment.remarks.joined(separator: "; "),
                assessment.differences.map(\.words).filter { !shared.contains($0) }.joined(separator: "; "),
            ])
        }
        return table
    }

    /// A value in a claim's unit.
    static func figure(_ value: Double?, of claim: Claim) -> String {
        guard let value else { return Figures.none }
        return switch claim.unit {
        case .ratio: Figures.ratio(value) + "x"
        case .percent: Figures.fixed(value, decimals: 1) + "%"
        case .points: Figures.fixed(value, decimals: 1) + " points"
        }
    }

    /// The confidence asked of an interval: exact ones cover somewhat more.
    private static func coverage(of assessment: ClaimAssessment) -> String {
        guard let interval = assessment.interval else { return Figures.none }
        guard let confidence = assessment.confidence else { return interval.coverage < 0.95 ? "90%" : "95%" }
        return Figures.percent(confidence, decimals: confidence > 0.99 ? 2 : 1) + "%"
    }

    private static func footnotes(_ assessments: [ClaimAssessment]) -> [String] {
        let metrics = assessments.map(\.claim.metric)
        let relations = assessments.map(\.claim.relation)
        var notes: [String] = []
        if assessments.count(where: { $0.interval != nil }) > 1 {
            notes.append(SpeedupSection.uncorrected)
        }
        if assessments.contains(where: { $0.confidence != nil }) {
            notes.append(
                "Where the fastest of several stands for all, it is judged by the interval whose chance to miss is divided by "
                    + "their number (Bonferroni), as the fastest is also the luckiest.")
        }
        if zip(metrics, relations).contains(where: { $0.isSpeedup && $1 == .equal }) {
            notes.append(
                "A reported ratio of times is supported when the 90% interval lies within 10% of it (two one-sided tests at "
                    + "5%); it has the same direction when the interval only excludes 1 on its side; it is contradicted "
                    + "when the interval lies below the tolerance and does not exclude 1.")
        }
        if zip(metrics, relations).contains(where: { $0.isShare && $1 == .equal }) {
            notes.append("A reported share is supported when the interval lies within 10% of it.")
        }
        if zip(metrics, relations).contains(where: { $0 == .accuracy || $0 == .f1 && $1 == .equal }) {
            notes.append("A reported score is supported when the interval lies within 1 point of it.")
        }
        if assessments.contains(where: { $0.reading != nil }) {
            notes.append(
                "A speedup that its source does not define is judged three ways: per step; to an equal score, which is the "
                    + "step's ratio times the ratio of steps to MeZO's development score; and of the whole training as "
                    + "measured, with as many steps.")
        }
        if assessments.contains(where: { $0.whatWouldDecide != nil }) {
            notes.append(
                "What would decide is an extrapolation: an interval shortens with the square root of the count."
            )
        }
        return notes
    }
}
