package import ResultStore

/// Holds the claims that a suite names against what the suite measured.
package struct ClaimAssessments: Sendable {
    /// All assessments, in the order in which the suite names its claims.
    package let assessments: [ClaimAssessment]
    /// Identifiers that the suite names and the ledger does not have.
    package let unknownClaims: [String]

    /// Assesses the claims of a snapshot.
    package init(of snapshot: ResultSnapshot, ledger: ClaimsLedger) {
        self.init(of: snapshot, ledger: ledger, speedups: StepSpeedups.all(in: snapshot))
    }

    /// The same with speedups that were computed already.
    package init(of snapshot: ResultSnapshot, ledger: ClaimsLedger, speedups: [StepSpeedup]) {
        let assessor = ClaimAssessor(snapshot: snapshot, speedups: speedups)
        assessments = snapshot.claims.compactMap { ledger[id: $0] }.flatMap(assessor.assess)
        unknownClaims = snapshot.claims.filter { ledger[id: $0] == nil }
    }
}
