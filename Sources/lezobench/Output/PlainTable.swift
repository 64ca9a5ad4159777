import Reports

/// A list for a person on standard output, columns aligned to the left.
func plainTable(_ titles: [String], rows: [[String]]) -> String {
    TerminalTable(columns: titles.map { Table.Column($0, .leading) }, rows: rows)
        .render(width: StandardOutput.width, colour: StandardOutput.isTerminal)
}
