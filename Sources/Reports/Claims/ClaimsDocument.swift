package import Comparison
import Optimizers
package import ResultStore
import Statistics

/// Verdicts, times to a score and savings as values for programs; keys are those of the JSON form.
///
/// Ratios and shares are plain numbers (a share of 0.43 is 43 in claims counted in percent), times are in nanoseconds,
/// and what is not known is left out.
package struct ClaimsDocument: Encodable {
    /// The form's version; it grows when a key changes its meaning.
    let version = 1
    /// One entry a suite.
    let suites: [SuiteClaims]

    /// The document of some suites' snapshots, each held against the claims that it names, or against `claims`.
    package init(from snapshots: [ResultSnapshot], ledger: ClaimsLedger, claims: [Claim]? = nil) {
        suites = snapshots.map {
            SuiteClaims(SuiteFindings(snapshot: $0, ledger: ledger, claims: claims))
        }
    }

    struct SuiteClaims: Encodable {
        let suite: String
        let suiteSHA256: String
        let claims: [AssessedClaim]
        let unknownClaims: [String]
        let timesToScore: [TimeToScore]
        let savings: [Saving]

        init(_ findings: SuiteFindings) {
            suite = findings.snapshot.suiteName
            suiteSHA256 = findings.snapshot.suiteSHA256
            claims = findings.claims.assessments.map { AssessedClaim($0, ledger: findings.ledger) }
            unknownClaims = findings.claims.unknownClaims
            timesToScore = findings.timesToTarget.map(TimeToScore.entry)
            savings = findings.origins.flatMap(\.savings).map(Saving.entry)
        }
    }

    /// An interval with its ends and the probability with which such intervals hold the true value.
    struct Range: Encodable {
        let low: Double
        let high: Double
        let coverage: Double

        init(_ interval: Interval) {
            low = interval.lower
            high = interval.upper
            coverage = interval.coverage
        }
    }

    struct Difference: Encodable {
        let aspect: String
        let reported: String?
        let ours: String
    }

    struct AssessedClaim: Encodable {
        let id: String
        let paper: String
        let arxiv: String
        let source: String
        let note: String
        let elsewhere: [String]
        let metric: String
        let unit: String
        let relation: String
        let reported: Double
        let reportedWords: String
        let reading: String?
        let plan: String?
        let measured: String
        let value: Double?
        let interval: Range?
        let over: String
        let verdict: String
        let reason: String?
        let direction: String?
        let whatWouldDecide: String?
        let differences: [Difference]
        let remarks: [String]

        init(_ assessment: ClaimAssessment, ledger: ClaimsLedger) {
            let claim = assessment.claim
            id = claim.id
            paper = claim.paper
            arxiv = claim.arxiv
            source = claim.source
            note = claim.note
            elsewhere = ClaimSources.elsewhere(claim, ledger)
            metric = claim.metric.rawValue
            unit = claim.unit.rawValue
            relation = claim.relation.rawValue
            reported = claim.value
            reportedWords = claim.reportedWords
            reading = assessment.reading?.rawValue
            plan = assessment.plan?.rawValue
            measured = assessment.subject
            value = assessment.value
            interval = assessment.interval.map(Range.init)
            over = assessment.basis
            verdict = assessment.verdict.words
            reason = assessment.verdict.reason
            direction = assessment.direction
            whatWouldDecide = assessment.whatWouldDecide
            differences = assessment.differences.map {
                Difference(aspect: $0.aspect, reported: $0.reported, ours: $0.ours)
            }
            remarks = assessment.remarks
        }
    }
}
