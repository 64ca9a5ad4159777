package import Provenance

/// Everything that one suite left in a database, as plain values: what reports and comparisons read.
///
/// Rows are sorted by their identity, never by insertion, so that the same content gives the same bytes.
package struct ResultSnapshot: Sendable {
    /// The suite's name.
    package var suiteName: String
    /// SHA-256 of the suite file's bytes.
    package var suiteSHA256: String
    /// The protocol of the suite; empty when its file has no choice.
    package var protocolName: String
    /// The suite's one-line description.
    package var title: String
    /// Timing rounds that the suite asks for of each timed cell; nil when it times none.
    package var plannedRounds: Int?
    /// Identifiers of the claims that the suite checks, as in the claims ledger.
    package var claims: [String]
    /// Environments by row id.
    package var environments: [Int64: Environment]
    /// How fast BLAS was when each environment was first met, by the same ids; none from older programs.
    package var blasRates: [Int64: BLASRates]
    /// Archives, weights and vocabularies used, by SHA-256.
    package var artifacts: [StoredArtifact]
    /// All cells of the suite with what was recorded for them.
    package var cells: [CellResult]

    /// A snapshot from all its parts.
    package init(
        suiteName: String, suiteSHA256: String, title: String, claims: [String],
        environments: [Int64: Environment], artifacts: [StoredArtifact], cells: [CellResult],
        blasRates: [Int64: BLASRates] = [:], protocolName: String = "", plannedRounds: Int? = nil
    ) {
        self.suiteName = suiteName
        self.suiteSHA256 = suiteSHA256
        self.title = title
        self.claims = claims
        self.environments = environments
        self.blasRates = blasRates
        self.protocolName = protocolName
        self.plannedRounds = plannedRounds
        self.artifacts = artifacts
        self.cells = cells
    }
}
