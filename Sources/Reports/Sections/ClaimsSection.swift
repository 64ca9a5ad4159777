import Comparison
import Statistics

/// Each reported figure that the suite checks, beside what was measured.
enum ClaimsSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let assessments = findings.claims.assessments
        var blocks: [Report.Block] = []
        if !assessments.isEmpty {
            let shared = sharedDifferences(assessments)
            if !shared.isEmpty {
                blocks.append(
                    .paragraph(
                        "Circumstances here that the claims do not state or do not share (all measured rows): "
                            + "\(shared.joined(separator: "; "))."
                    )
                )
            }
            blocks.append(.table(table(assessments, shared: shared)))
        }
        if !findings.claims.unknownClaims.isEmpty {
            blocks.append(
                .paragraph(
                    "The claims ledger does not have \(Figures.joined(findings.claims.unknownClaims)), which the suite names."
                ))
        }
        return blocks
    }

    private static func table(_ assessments: [ClaimAssessment], shared: [String]) -> Table {
        var table = Table(
            name: "claims",
            caption:
                "Reported figures beside ours; the verdict comes from the interval alone and holds for this machine, model and "
                + "shape; shares and speedups of time depend on all three.",
            columns: [
                .init("claim"), .init("reported", .trailing), .init("measured"), .init("value", .trailing),
                .init("95% low", .trailing), .init("95% high", .trailing), .init("verdict"), .init("why"),
                .init("also differs"),
            ], footnotes: footnotes(assessments))
        for assessment in assessments {
            table.append([
                assessment.claim.id, assessment.claim.reportedWords, assessment.subject,
                figure(assessment.value, of: assessment.claim),
                figure(assessment.interval?.lower, of: assessment.claim),
                figure(assessment.interval?.upper, of: assessment.claim), assessment.verdict.words,
                assessment.verdict.reason ?? "",
                assessment.differences.filter { !shared.contains($0) }.joined(separator: "; "),
            ])
        }
        return table
    }

    /// Differences that every measured row has.
    private static func sharedDifferences(_ assessments: [ClaimAssessment]) -> [String] {
        let measured = assessments.map(\.differences).filter { !$0.isEmpty }
        return (measured.first ?? []).filter { phrase in measured.allSatisfy { $0.contains(phrase) } }
    }

    private static func figure(_ value: Double?, of claim: Claim) -> String {
        guard let value else { return Figures.none }
        return switch claim.unit {
        case .ratio: Figures.ratio(value) + "x"
        case .percent: Figures.fixed(value, decimals: 1) + "%"
        case .percentagePoints: Figures.fixed(value, decimals: 1) + " points"
        }
    }

    private static func footnotes(_ assessments: [ClaimAssessment]) -> [String] {
        var notes: [(ids: [String], text: String)] = []
        for claim in assessments.map(\.claim) {
            let text = "\(claim.paper), arXiv \(claim.arxiv), \(claim.source). \(sentence(claim.note))"
            if let index = notes.firstIndex(where: { $0.text == text }) {
                if !notes[index].ids.contains(claim.id) { notes[index].ids.append(claim.id) }
            } else {
                notes.append(([claim.id], text))
            }
        }
        return notes.map { "\(Figures.joined($0.ids)): \($0.text)" }
    }

    private static func sentence(_ note: String) -> String {
        guard let first = note.first, note != "none" else { return "" }
        return first.uppercased() + note.dropFirst() + "."
    }
}
