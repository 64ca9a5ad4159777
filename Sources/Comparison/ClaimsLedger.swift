package import Foundation

/// The reported figures that suites are held against, by identifier.
package struct ClaimsLedger: Sendable {
    /// All claims, by identifier.
    package let claims: [Claim]

    /// A ledger of given claims.
    package init(claims: [Claim]) {
        self.claims = claims.sorted { $0.id < $1.id }
    }

    /// An empty ledger.
    package static let empty = ClaimsLedger(claims: [])

    /// Reads every `.csv` file of a folder, in order of their names.
    package init(folder: URL) throws(ComparisonError) {
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "csv" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        } catch {
            throw .unreadable(path: folder.path, reason: error.localizedDescription)
        }
        var claims: [Claim] = []
        for file in files {
            let text: String
            do {
                text = try String(contentsOf: file, encoding: .utf8)
            } catch {
                throw .unreadable(path: file.path, reason: error.localizedDescription)
            }
            try Self.read(text, file: file.path, into: &claims)
        }
        self.init(claims: claims)
    }

    /// Reads the text of one ledger file; `file` is only for messages.
    package init(text: String, file: String) throws(ComparisonError) {
        var claims: [Claim] = []
        try Self.read(text, file: file, into: &claims)
        self.init(claims: claims)
    }

    /// The claim with an identifier, nil when the ledger has none.
    package subscript(id id: String) -> Claim? {
        claims.first { $0.id == id }
    }

    private static func read(_ text: String, file: String, into claims: inout [Claim]) throws(ComparisonError)
    {
        let records = try CommaSeparatedText(text, file: file).records
        guard let header = records.first else { throw .missingColumn(file: file, column: "claim_id") }
        for record in records.dropFirst() {
            guard record.fields.count == header.fields.count else {
                throw .fieldCount(
                    file: file, line: record.line, found: record.fields.count, expected: header.fields.count)
            }
            let row = LedgerRow(header: header.fields, record: record, file: file)
            let claim = try row.claim()
            guard !claims.contains(where: { $0.id == claim.id }) else {
                throw .repeatedClaim(file: file, line: record.line, claim: claim.id)
            }
            claims.append(claim)
        }
    }
}

/// One row of a ledger file under its header.
private struct LedgerRow {
    var header: [String]
    var record: CommaSeparatedText.Record
    var file: String

    func field(_ column: String) throws(ComparisonError) -> String {
        guard let index = header.firstIndex(of: column) else {
            throw .missingColumn(file: file, column: column)
        }
        return record.fields[index]
    }

    /// A number in a column that a ledger need not have and a row need not fill.
    func number(_ column: String) throws(ComparisonError) -> Double? {
        guard header.contains(column) else { return nil }
        let text = try field(column)
        guard !text.isEmpty else { return nil }
        guard let number = Double(text), number.isFinite, number >= 0 else {
            throw try invalidNumber(column, found: text)
        }
        return number
    }

    /// The same for a count.
    func wholeNumber(_ column: String) throws(ComparisonError) -> Int? {
        guard let number = try number(column) else { return nil }
        guard let whole = Int(exactly: number) else {
            throw try invalidNumber(column, found: try field(column))
        }
        return whole
    }

    private func invalidNumber(_ column: String, found: String) throws(ComparisonError) -> ComparisonError {
        .invalidNumber(
            file: file, line: record.line, claim: try field("claim_id"), column: column, found: found)
    }

    func claim() throws(ComparisonError) -> Claim {
        let id = try field("claim_id")
        let valueText = try field("value")
        guard let value = Double(valueText), value.isFinite else {
            throw .invalidValue(file: file, line: record.line, claim: id, found: valueText)
        }
        let unitText = try field("unit")
        guard let known = Claim.Unit.ledgerNames.first(where: { $0.name == unitText }) else {
            throw .unknownUnit(file: file, line: record.line, claim: id, found: unitText)
        }
        return Claim(
            id: id, paper: try field("paper"), arxiv: try field("arxiv"), method: try field("method"),
            baseline: try field("baseline"), model: try field("model"), task: try field("task"),
            metric: try field("metric"), value: value, unit: known.unit, relation: known.relation,
            tokens: try wholeNumber("tokens"), sparsity: try number("sparsity"),
            source: try field("source"), note: try field("note"))
    }
}
