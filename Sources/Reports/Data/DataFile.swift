/// One file of figures in long form: what a program reads to compute everything again.
package struct DataFile: Sendable, Hashable {
    /// The file's name without its ending.
    package let name: String
    /// The names of the columns.
    package let columns: [String]
    /// The rows; an empty field stands for no value.
    package private(set) var rows: [[String]] = []

    init(_ name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }

    /// Adds a row with a field for each column.
    mutating func append(_ fields: [DataField?]) {
        rows.append(fields.map { $0?.text ?? "" })
    }

    /// Comma-separated text by RFC 4180 with a header line.
    package var csv: String {
        CSVRenderer.text(of: [columns] + rows)
    }
}

/// A value as a data file writes it: whole, never rounded.
struct DataField: ExpressibleByStringLiteral {
    let text: String

    init(stringLiteral value: String) {
        text = value
    }

    init(_ text: String) {
        self.text = text
    }

    init(_ number: some BinaryInteger) {
        text = String(number)
    }

    /// The shortest digits that read back as the same number; `nan`, `inf` and `-inf` where it is not finite.
    init(_ number: Double) {
        text = "\(number)"
    }

    init(_ number: Float) {
        text = "\(number)"
    }
}
