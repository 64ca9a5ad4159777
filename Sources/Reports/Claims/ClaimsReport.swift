package import Comparison
package import ResultStore

/// The verdicts on reported figures, from one results database.
package enum ClaimsReport {
    /// The report of some suites' snapshots, each held against the claims that it names, or against `claims`.
    ///
    /// The same snapshots and ledger give the same report to the byte.
    package static func make(
        from snapshots: [ResultSnapshot], ledger: ClaimsLedger, claims: [Claim]? = nil
    ) -> Report {
        let sections = snapshots.flatMap { snapshot in
            let findings = SuiteFindings(snapshot: snapshot, ledger: ledger, claims: claims)
            return parts(of: findings, suite: snapshots.count > 1 ? snapshot.suiteName : nil)
        }
        return Report(
            title: "Reported figures compared with \(Figures.joined(snapshots.map(\.suiteName)))",
            sections: sections, footer: footer)
    }

    /// The verdicts alone as comma-separated values: one line a claim and setting, the suite first.
    package static func verdictsCSV(
        from snapshots: [ResultSnapshot], ledger: ClaimsLedger, claims: [Claim]? = nil
    ) -> String {
        var all: Table?
        for snapshot in snapshots {
            let findings = SuiteFindings(snapshot: snapshot, ledger: ledger, claims: claims)
            let table = ClaimsTable.table(findings.claims.assessments, shared: [])
            var lines =
                all
                ?? Table(
                    name: table.name, caption: table.caption,
                    columns: [.init("suite")] + table.columns + [
                        .init("paper"), .init("source"), .init("note"),
                    ])
            for (row, assessment) in zip(table.rows, findings.claims.assessments) {
                let claim = assessment.claim
                lines.append([snapshot.suiteName] + row + [claim.paper, claim.source, claim.note])
            }
            all = lines
        }
        return all.map { CSVRenderer.render($0) } ?? ""
    }

    private static func parts(of findings: SuiteFindings, suite: String?) -> [Report.Section] {
        let assessments = findings.claims.assessments
        func title(_ text: String) -> String { suite.map { "\($0): \(text)" } ?? text }
        guard !assessments.isEmpty || !findings.claims.unknownClaims.isEmpty else {
            return [
                .init(
                    title: title("No claims"),
                    blocks: [
                        .paragraph(
                            "The suite \(findings.snapshot.suiteName) names no claims; choose some by their paper to compare "
                                + "it with.")
                    ])
            ]
        }
        let measured = assessments.filter(\.isMeasured).map(\.claim)
        let sources = ClaimSources.sentences(
            assessments.count > mostSources ? measured : assessments.map(\.claim), ledger: findings.ledger)
        return [
            .init(title: title("In short"), blocks: [.list(ClaimsSummary.sentences(assessments))]),
            .init(
                title: title("Verdicts"),
                blocks: ClaimsSection.measured(assessments) + ClaimsSection.unknown(findings)),
            .init(title: title("Time to MeZO's score"), blocks: TimeToTargetSection.blocks(findings)),
            .init(title: title("Where a speedup comes from"), blocks: SpeedupOriginSection.blocks(findings)),
            .init(title: title("Sources"), blocks: sources.isEmpty ? [] : [.list(sources)]),
        ].filter { !$0.blocks.isEmpty }
    }

    /// With more assessments than these, sources are listed for what was measured; the CSV and JSON forms have all.
    private static let mostSources = 60

    private static let footer = [
        "How it was made: by lezobench from the results database and the claims ledger alone; the same of both give the same "
            + "text."
    ]
}
