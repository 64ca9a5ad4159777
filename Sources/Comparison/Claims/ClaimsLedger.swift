package import Foundation

/// The reported figures that suites are held against, by identifier, with what is known to be wrong among them.
package struct ClaimsLedger: Sendable {
    /// All claims, by identifier.
    package let claims: [Claim]
    /// Remarks on contradictions and misprints, in the order of their file.
    package let remarks: [LedgerRemark]

    /// A ledger of given claims.
    package init(claims: [Claim], remarks: [LedgerRemark] = []) {
        self.claims = claims.sorted { $0.id < $1.id }
        self.remarks = remarks
    }

    /// An empty ledger.
    package static let empty = ClaimsLedger(claims: [])

    /// Reads every `.csv` file of a folder, in order of their names; `contradictions.csv` has the remarks.
    package init(folder: URL) throws(LedgerError) {
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "csv" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        } catch {
            throw .unreadable(path: folder.path, reason: error.localizedDescription)
        }
        var claims: [Claim] = []
        for file in files where file.lastPathComponent != LedgerRemark.fileName {
            try Self.read(try Self.text(of: file), file: file.path, into: &claims)
        }
        var remarks: [LedgerRemark] = []
        for file in files where file.lastPathComponent == LedgerRemark.fileName {
            remarks = try LedgerRemark.all(in: try Self.text(of: file), file: file.path, claims: claims)
        }
        self.init(claims: claims, remarks: remarks)
    }

    /// Reads the text of one ledger file; `file` is only for messages.
    package init(text: String, file: String) throws(LedgerError) {
        var claims: [Claim] = []
        try Self.read(text, file: file, into: &claims)
        self.init(claims: claims)
    }

    /// The claim with an identifier, nil when the ledger has none.
    package subscript(id id: String) -> Claim? {
        claims.first { $0.id == id }
    }

    /// Other figures for the very same thing: of the same source, or of others that ran the same.
    package func otherFigures(for claim: Claim) -> [Claim] {
        claims.filter { $0.id != claim.id && $0.value != claim.value && $0.hasSameSubject(as: claim) }
    }

    /// The remarks on a claim.
    package func remarks(on claim: Claim) -> [LedgerRemark] {
        remarks.filter { $0.claims.contains(claim.id) }
    }

    /// The lengths of a task's rows that any claim states, ascending.
    func statedLengths(ofTaskNamed task: String) -> [Int] {
        Set(claims.filter { $0.names(taskNamed: task) }.compactMap(\.tokens)).sorted()
    }

    /// The tasks behind a reported average, by the published code's names: those with a figure of their own in the same row
    /// of the same table.
    func tasks(behind average: Claim) -> [String] {
        let row = claims.filter { other in
            other.paper == average.paper && other.source == average.source && other.method == average.method
                && other.setting == average.setting && other.model == average.model
                && other.mode == average.mode && [.accuracy, .f1].contains(other.metric)
        }
        return Claim.tasks.filter { task in row.contains { $0.task == task } }
    }

    private static func text(of file: URL) throws(LedgerError) -> String {
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw .unreadable(path: file.path, reason: error.localizedDescription)
        }
    }

    private static func read(_ text: String, file: String, into claims: inout [Claim]) throws(LedgerError) {
        let rows = try LedgerRow.all(
            in: text, file: file, required: LedgerRow.requiredColumns, optional: LedgerRow.optionalColumns)
        var known = Set(claims.map(\.id))
        for row in rows {
            let claim = try row.claim()
            guard known.insert(claim.id).inserted else {
                throw .repeatedClaim(file: file, line: row.line, claim: claim.id)
            }
            claims.append(claim)
        }
    }
}
