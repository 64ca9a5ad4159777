/// Comma-separated text by RFC 4180: lines end in CR LF, fields are quoted when they must be.
///
/// A text that a spreadsheet would read as a formula gets an apostrophe before it.
package enum CSVRenderer {
    /// The whole report in one tidy form: one line a cell, keyed by section, table, row and column.
    ///
    /// Prose, captions and footnotes are lines too, with the column `text`, `caption` or `footnote`; rows count from 1.
    package static func render(_ report: Report) -> String {
        var lines = [["section", "table", "row", "column", "value"], ["", "", "1", "title", report.title]]
        for section in report.sections {
            var textNumber = 0
            for block in section.blocks {
                switch block {
                case .paragraph(let text):
                    textNumber += 1
                    lines.append([section.title, "", String(textNumber), "text", text])
                case .list(let items):
                    for item in items {
                        textNumber += 1
                        lines.append([section.title, "", String(textNumber), "text", item])
                    }
                case .table(let table): lines += tidyLines(of: table, section: section.title)
                // What a plot shows is in the tables beside it.
                case .figure: continue
                }
            }
        }
        lines += report.footer.enumerated().map { ["", "", String($0.offset + 1), "footer", $0.element] }
        return text(of: lines)
    }

    /// One table as it stands: a header line, then its rows.
    package static func render(_ table: Table) -> String {
        text(of: [table.columns.map(\.title)] + table.plainRows)
    }

    private static func tidyLines(of table: Table, section: String) -> [[String]] {
        var lines = [[section, table.name, "", "caption", table.caption]]
        for (index, row) in table.plainRows.enumerated() {
            for (column, cell) in zip(table.columns, row) {
                lines.append([section, table.name, String(index + 1), column.title, cell])
            }
        }
        for (index, note) in table.footnotes.enumerated() {
            lines.append([section, table.name, String(index + 1), "footnote", note])
        }
        return lines
    }

    /// Records as lines.
    static func text(of lines: [[String]]) -> String {
        lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func quoted(_ field: String) -> String {
        // What stands for no value in a table would make a column of numbers one of text.
        if field == Figures.none { return "" }
        let line = DisplayText.singleLine(field)
        let text = isFormula(line) ? "'" + line : line
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// Signs that a formula begins with, in both widths.
    private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
    /// What stands between and around the numbers of a figure, such as `-1.0 to 2.5` and `-2.4 points`.
    private static let wordsOfFigures: Set<String> = ["to", "points", "±"]
    /// What stands right after a number, the asterisk of an emphasis among it.
    private static let marksOfFigures: Set<Character> = [")", ",", ";", "%", "x", "*"]

    /// Whether a spreadsheet could compute the text; a negative number or interval is a figure and none.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != " " }), formulaSigns.contains(first) else {
            return false
        }
        return !text.split(separator: " ").allSatisfy { word in
            wordsOfFigures.contains(String(word)) || isNumber(word)
        }
    }

    private static func isNumber(_ word: Substring) -> Bool {
        var digits = word.drop(while: { $0 == "(" })
        while let last = digits.last, marksOfFigures.contains(last) { digits.removeLast() }
        return Double(digits) != nil
    }
}
