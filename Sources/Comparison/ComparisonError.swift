/// Why a claims ledger could not be read.
package enum ComparisonError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A folder or file could not be read.
    case unreadable(path: String, reason: String)
    /// A quoted field is not closed, or text follows its closing quote.
    case malformedQuotes(file: String, line: Int)
    /// A column that every ledger has is absent.
    case missingColumn(file: String, column: String)
    /// A row has another number of fields than the header.
    case fieldCount(file: String, line: Int, found: Int, expected: Int)
    /// A claim's value is not a number.
    case invalidValue(file: String, line: Int, claim: String, found: String)
    /// A claim's optional number is neither empty nor a number of at least 0.
    case invalidNumber(file: String, line: Int, claim: String, column: String, found: String)
    /// A claim's unit is none that a verdict knows.
    case unknownUnit(file: String, line: Int, claim: String, found: String)
    /// An identifier stands for two claims.
    case repeatedClaim(file: String, line: Int, claim: String)

    /// One sentence with the place, what was found and what to do.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "claims ledger \(path) cannot be read: \(reason); expected a folder of CSV files such as suites/claims"
        case .malformedQuotes(let file, let line):
            "\(file), line \(line): a quoted field does not end properly; double the quotes inside it and close it"
        case .missingColumn(let file, let column):
            "\(file), line 1: there is no column '\(column)'; add it to the header"
        case .fieldCount(let file, let line, let found, let expected):
            "\(file), line \(line): found \(found) fields where the header has \(expected); quote fields with commas"
        case .invalidValue(let file, let line, let claim, let found):
            "\(file), line \(line), claim \(claim): the value '\(found)' is not a finite number"
        case .invalidNumber(let file, let line, let claim, let column, let found):
            "\(file), line \(line), claim \(claim): '\(column)' is '\(found)', which is no such number; leave it "
                + "empty when the source does not state it"
        case .unknownUnit(let file, let line, let claim, let found):
            "\(file), line \(line), claim \(claim): unit '\(found)' is not known; known: "
                + Claim.Unit.knownNames.joined(separator: ", ")
        case .repeatedClaim(let file, let line, let claim):
            "\(file), line \(line): claim \(claim) is in the ledger already; identifiers must be unique"
        }
    }
}
