/// Why a claims ledger could not be read.
package enum LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A folder or file could not be read.
    case unreadable(path: String, reason: String)
    /// A quoted field is not closed, or text follows its closing quote.
    case malformedQuotes(file: String, line: Int)
    /// A column that every ledger has is absent.
    case missingColumn(file: String, column: String)
    /// The header has a column that no ledger has.
    case unknownColumn(file: String, column: String, known: [String])
    /// A row has another number of fields than the header.
    case fieldCount(file: String, line: Int, found: Int, expected: Int)
    /// A field that must say something is empty.
    case emptyField(file: String, line: Int, claim: String, column: String)
    /// A claim's value is not a number, or none that its metric can have.
    case invalidValue(file: String, line: Int, claim: String, found: String, expected: String)
    /// A claim's optional number is neither empty nor a number of at least 0.
    case invalidNumber(file: String, line: Int, claim: String, column: String, found: String)
    /// A field is none of the words that its column may hold.
    case unknownWord(file: String, line: Int, claim: String, column: String, found: String, known: [String])
    /// A claim's unit is not that of its metric.
    case wrongUnit(file: String, line: Int, claim: String, metric: String, found: String, expected: String)
    /// An identifier stands for two claims.
    case repeatedClaim(file: String, line: Int, claim: String)
    /// A remark names a claim that the ledger does not have.
    case unknownClaim(file: String, line: Int, claim: String)

    /// One sentence with the place, what was found and what to do.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "claims ledger \(path) cannot be read: \(reason); expected a folder of CSV files such as suites/claims"
        case .malformedQuotes(let file, let line):
            "\(file), line \(line): a quoted field does not end properly; double the quotes inside it and close it"
        case .missingColumn(let file, let column):
            "\(file), line 1: there is no column '\(column)'; add it to the header"
        case .unknownColumn(let file, let column, let known):
            "\(file), line 1: the column '\(column)' is not known; known: \(known.joined(separator: ", "))"
        case .fieldCount(let file, let line, let found, let expected):
            "\(file), line \(line): found \(found) fields where the header has \(expected); quote fields with commas"
        case .emptyField(let file, let line, let claim, let column):
            "\(file), line \(line), claim \(claim): '\(column)' is empty; say what the source says"
        case .invalidValue(let file, let line, let claim, let found, let expected):
            "\(file), line \(line), claim \(claim): the value is '\(found)'; expected \(expected)"
        case .invalidNumber(let file, let line, let claim, let column, let found):
            "\(file), line \(line), claim \(claim): '\(column)' is '\(found)', which is no such number; leave it "
                + "empty when the source does not state it"
        case .unknownWord(let file, let line, let claim, let column, let found, let known):
            "\(file), line \(line), claim \(claim): \(column) '\(found)' is not known; known: "
                + known.joined(separator: ", ")
        case .wrongUnit(let file, let line, let claim, let metric, let found, let expected):
            "\(file), line \(line), claim \(claim): the unit is '\(found)'; \(metric) is counted in '\(expected)'"
        case .repeatedClaim(let file, let line, let claim):
            "\(file), line \(line): claim \(claim) is in the ledger already; identifiers must be unique"
        case .unknownClaim(let file, let line, let claim):
            "\(file), line \(line): there is no claim \(claim) in the ledger; name claims by their claim_id"
        }
    }
}
