import Comparison

/// Each reported figure that the suite checks, beside what was measured.
enum ClaimsSection {
    static func blocks(_ findings: SuiteFindings) -> [Report.Block] {
        let assessments = findings.claims.assessments
        var blocks = measured(assessments)
        if !assessments.isEmpty {
            blocks.append(
                .list(ClaimSources.sentences(assessments.map(\.claim), ledger: findings.ledger)))
        }
        return blocks + unknown(findings)
    }

    /// The claims that the suite names and the ledger does not have.
    static func unknown(_ findings: SuiteFindings) -> [Report.Block] {
        let unknown = findings.claims.unknownClaims
        return unknown.isEmpty
            ? []
            : [
                .paragraph(
                    "The claims ledger does not have \(Figures.joined(unknown)), which the suite names.")
            ]
    }

    /// The table of assessments below what all of its rows share; nothing without any.
    static func measured(_ assessments: [ClaimAssessment]) -> [Report.Block] {
        guard !assessments.isEmpty else { return [] }
        let shared = ClaimsTable.sharedDifferences(assessments)
        let circumstances = Report.Block.paragraph(
            "Circumstances that the claims do not share or do not state, for all measured rows: "
                + "\(shared.joined(separator: "; ")).")
        return (shared.isEmpty ? [] : [circumstances])
            + [.table(ClaimsTable.table(assessments, shared: shared))]
    }
}
