import LanguageModels

/// One row of a ledger file under its header.
struct LedgerRow {
    /// The columns that every file of claims has.
    static let requiredColumns = [
        "claim_id", "paper", "arxiv", "method", "baseline", "model", "task", "mode", "metric", "value",
        "unit",
        "relation", "source", "note",
    ]
    /// The columns that it may have as well.
    static let optionalColumns = [
        "setting", "standard_error", "seeds", "steps", "tokens", "batch", "sparsity", "storage", "hardware",
    ]

    private let header: [String]
    private let record: CommaSeparatedText.Record
    private let file: String

    /// All rows of a file.
    ///
    /// - Throws: When a column is missing or unknown, or a row has too many or too few fields.
    static func all(
        in text: String, file: String, required: [String], optional: [String]
    ) throws(LedgerError) -> [LedgerRow] {
        let records = try CommaSeparatedText(text, file: file).records
        let header = records.first?.fields ?? []
        for column in required where !header.contains(column) {
            throw .missingColumn(file: file, column: column)
        }
        for column in header where !(required + optional).contains(column) {
            throw .unknownColumn(file: file, column: column, known: required + optional)
        }
        var rows: [LedgerRow] = []
        for record in records.dropFirst() {
            guard record.fields.count == header.count else {
                throw .fieldCount(
                    file: file, line: record.line, found: record.fields.count, expected: header.count)
            }
            rows.append(LedgerRow(header: header, record: record, file: file))
        }
        return rows
    }

    /// The line that the row starts on.
    var line: Int { record.line }

    /// The field of a column, empty when the file has no such column.
    func field(_ column: String) -> String {
        header.firstIndex(of: column).map { record.fields[$0] } ?? ""
    }

    /// The claim that the row states.
    func claim() throws(LedgerError) -> Claim {
        let metric: ClaimMetric = try word("metric")
        let unit: Claim.Unit = try word("unit")
        guard unit == metric.unit else {
            throw .wrongUnit(
                file: file, line: line, claim: id, metric: metric.rawValue, found: unit.rawValue,
                expected: metric.unit.rawValue)
        }
        return Claim(
            id: try text("claim_id"), paper: try text("paper"), arxiv: field("arxiv"),
            method: try text("method"), setting: field("setting"), baseline: try text("baseline"),
            model: try text("model"), task: try task(), mode: try word("mode"), metric: metric,
            value: try value(of: metric), relation: try word("relation"),
            standardError: try number("standard_error"), seeds: try wholeNumber("seeds"),
            steps: try wholeNumber("steps"), tokens: try wholeNumber("tokens"),
            batch: try wholeNumber("batch"), sparsity: try share("sparsity"), storage: try storage(),
            hardware: field("hardware"), source: try text("source"), note: field("note"))
    }

    private var id: String { field("claim_id") }

    private func text(_ column: String) throws(LedgerError) -> String {
        let text = field(column)
        guard !text.isEmpty else { throw .emptyField(file: file, line: line, claim: id, column: column) }
        return text
    }

    private func word<Word: RawRepresentable & CaseIterable>(_ column: String) throws(LedgerError) -> Word
    where Word.RawValue == String {
        let found = field(column)
        guard let word = Word(rawValue: found) else {
            throw unknownWord(column, found: found, known: Word.allCases.map(\.rawValue))
        }
        return word
    }

    private func task() throws(LedgerError) -> String {
        let found = field("task")
        let names = found.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy(Claim.tasks.contains) else {
            throw unknownWord("task", found: found, known: Claim.tasks)
        }
        return found
    }

    private func storage() throws(LedgerError) -> String {
        let found = field("storage")
        let known = StorageFormat.allCases.map(\.rawValue)
        guard found.isEmpty || known.contains(found) else {
            throw unknownWord("storage", found: found, known: known)
        }
        return found
    }

    private func value(of metric: ClaimMetric) throws(LedgerError) -> Double {
        let (range, expected): (ClosedRange<Double>, String) =
            switch metric.unit {
            case .percent: (0...100, "a number from 0 to 100")
            case .points: (-100...100, "a number from -100 to 100")
            case .ratio: (Double.leastNormalMagnitude...1e9, "a number above 0")
            }
        let found = field("value")
        guard let value = Double(found), range.contains(value) else {
            throw .invalidValue(file: file, line: line, claim: id, found: found, expected: expected)
        }
        return value
    }

    /// A number that a row need not state.
    private func number(_ column: String) throws(LedgerError) -> Double? {
        let text = field(column)
        guard !text.isEmpty else { return nil }
        guard let number = Double(text), number.isFinite, number >= 0 else {
            throw invalidNumber(column)
        }
        return number
    }

    private func wholeNumber(_ column: String) throws(LedgerError) -> Int? {
        guard let number = try number(column) else { return nil }
        guard let whole = Int(exactly: number) else { throw invalidNumber(column) }
        return whole
    }

    private func share(_ column: String) throws(LedgerError) -> Double? {
        guard let number = try number(column) else { return nil }
        guard number <= 1 else { throw invalidNumber(column) }
        return number
    }

    private func invalidNumber(_ column: String) -> LedgerError {
        .invalidNumber(file: file, line: line, claim: id, column: column, found: field(column))
    }

    private func unknownWord(_ column: String, found: String, known: [String]) -> LedgerError {
        .unknownWord(file: file, line: line, claim: id, column: column, found: found, known: known)
    }
}
