/// What a reader of some claims must know that no single one of them says: that they contradict each other, or that a
/// figure looks misprinted.
package struct LedgerRemark: Sendable, Hashable {
    /// The claims, at least one.
    package var claims: [String]
    /// The remark.
    package var note: String

    /// A remark on some claims.
    package init(claims: [String], note: String) {
        self.claims = claims
        self.note = note
    }

    /// The file of a ledger's folder that has the remarks.
    static let fileName = "contradictions.csv"

    /// All remarks of a file's text, about claims that the ledger has.
    static func all(in text: String, file: String, claims: [Claim]) throws(LedgerError) -> [LedgerRemark] {
        let known = Set(claims.map(\.id))
        var remarks: [LedgerRemark] = []
        for row in try LedgerRow.all(in: text, file: file, required: ["claims", "note"], optional: []) {
            let ids = row.field("claims").split(separator: " ").map(String.init)
            for column in ["claims", "note"] where row.field(column).isEmpty {
                throw .emptyField(file: file, line: row.line, claim: row.field("claims"), column: column)
            }
            for id in ids where !known.contains(id) {
                throw .unknownClaim(file: file, line: row.line, claim: id)
            }
            remarks.append(LedgerRemark(claims: ids, note: row.field("note")))
        }
        return remarks
    }
}
