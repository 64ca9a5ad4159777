package import ResultStore

/// Holds claims against what a suite measured.
package struct ClaimAssessments: Sendable {
    /// All assessments, in the order of the claims.
    package let assessments: [ClaimAssessment]
    /// Identifiers that the suite names and the ledger does not have.
    package let unknownClaims: [String]

    /// Assesses the claims that a snapshot's suite names.
    package init(of snapshot: ResultSnapshot, ledger: ClaimsLedger) {
        let speedups = StepSpeedups.all(in: snapshot)
        let accuracy = AccuracyTable(from: snapshot)
        self.init(
            of: snapshot, ledger: ledger, speedups: speedups, accuracy: accuracy,
            timesToTarget: TimeToTarget.all(in: snapshot, accuracy: accuracy, speedups: speedups))
    }

    /// The same with comparisons that were made already.
    ///
    /// - Parameter claims: The claims to assess instead of those that the suite names.
    package init(
        of snapshot: ResultSnapshot, ledger: ClaimsLedger, claims: [Claim]? = nil, speedups: [StepSpeedup],
        accuracy: AccuracyTable, timesToTarget: [TimeToTarget]
    ) {
        let assessor = ClaimAssessor(
            snapshot: snapshot, ledger: ledger, speedups: speedups, accuracy: accuracy,
            timesToTarget: timesToTarget)
        let chosen = claims ?? snapshot.claims.compactMap { ledger[id: $0] }
        assessments = chosen.flatMap(assessor.assess)
        unknownClaims = claims == nil ? snapshot.claims.filter { ledger[id: $0] == nil } : []
    }
}
