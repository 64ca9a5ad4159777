/// A report for reading in a terminal.
package enum TerminalRenderer {
    /// The whole report, folded to `width` columns; headings are bold when `colour` is wanted.
    package static func render(_ report: Report, width: Int, colour: Bool) -> String {
        let columns = max(20, width)
        func bold(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
        func heading(_ text: String, rule: Character) -> [String] {
            DisplayText.wrapped(DisplayText.singleLine(text), width: columns).map(bold)
                + [String(repeating: rule, count: min(columns, DisplayText.width(text)))]
        }
        var lines = heading(report.title, rule: "=")
        for section in report.sections {
            lines += [""] + heading(section.title, rule: "-")
            for block in section.blocks {
                let shown = self.lines(of: block, width: columns, colour: colour)
                lines += shown.isEmpty ? [] : [""] + shown
            }
        }
        if !report.footer.isEmpty {
            lines +=
                [""]
                + report.footer.flatMap { DisplayText.wrapped(DisplayText.singleLine($0), width: columns) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(of block: Report.Block, width: Int, colour: Bool) -> [String] {
        switch block {
        case .paragraph(let text): DisplayText.wrapped(DisplayText.singleLine(text), width: width)
        case .list(let items): items.flatMap { item($0, width: width) }
        // A terminal shows the tables that hold the same figures.
        case .figure: []
        case .table(let table):
            DisplayText.wrapped(DisplayText.singleLine(table.caption), width: width) + [""]
                + TerminalTable(table).lines(width: width, colour: colour)
                + (table.footnotes.isEmpty ? [] : [""] + table.footnotes.flatMap { item($0, width: width) })
        }
    }

    /// A statement with a dash before it and its later lines set in.
    private static func item(_ text: String, width: Int) -> [String] {
        DisplayText.wrapped(DisplayText.singleLine(text), width: width - 2).enumerated()
            .map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
}
