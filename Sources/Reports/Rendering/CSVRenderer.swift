/// Comma-separated text by RFC 4180: lines end in CR LF, fields are quoted when they must be.
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
        let text = DisplayText.singleLine(field)
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
