import Comparison

/// The reported figures beside ours.
enum NotebookClaims {
    static func section(_ findings: SuiteFindings) -> NotebookSection? {
        guard !findings.claims.assessments.isEmpty else { return nil }
        var table = NotebookTable(columns: ["claim", "reported", "read as", "measured", "verdict", "reason"])
        for assessment in findings.claims.assessments {
            table.append([
                assessment.claim.id, assessment.claim.reportedWords, assessment.reading?.rawValue ?? "",
                assessment.subject, assessment.verdict.words, assessment.reasons.joined(separator: "; "),
            ])
        }
        return NotebookSection(
            "claims",
            """
            ## Reported figures beside ours

            The verdicts come from lezobench's intervals alone and hold for this machine, model and shape.
            """,
            steps: [(source, [table.output])])
    }

    private static let source = #"""
        claims = read("claims")[["claim", "reported", "read as", "measured", "verdict", "reason"]]
        show(claims.astype(object).fillna("").to_dict("records"))
        """#
}
