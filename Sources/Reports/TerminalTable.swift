/// A table for a terminal: aligned columns without boxes, folded to the width at hand.
///
/// Text columns are folded between words when the table is too wide; when even that does not fit, each row becomes a
/// block of `heading: value` lines.
package struct TerminalTable: Sendable {
    private let table: Table
    private static let gap = 2

    /// A terminal's view of a table.
    package init(_ table: Table) {
        self.table = table
    }

    /// A table of its own from headings and rows, for lists that are no part of a report.
    package init(columns: [Table.Column], rows: [[String]]) {
        var table = Table(name: "list", caption: "", columns: columns)
        for row in rows { table.append(row) }
        self.table = table
    }

    /// The lines of the table, each at most `width` columns wide, without caption and footnotes.
    ///
    /// - Parameter colour: Whether headings are set bold by escape sequences.
    package func lines(width: Int, colour: Bool) -> [String] {
        let rows = table.rows.map { $0.map(DisplayText.singleLine) }
        guard let widths = columnWidths(rows: rows, available: width) else {
            return blocks(of: rows, width: width)
        }
        let header = folded(table.columns.map { DisplayText.singleLine($0.title) }, widths: widths)
            .map { colour ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
        return header + rows.flatMap { folded($0, widths: widths) }
    }

    /// The lines as one text, each ended.
    package func render(width: Int, colour: Bool) -> String {
        lines(width: width, colour: colour).map { $0 + "\n" }.joined()
    }

    /// A width for each column that fits all of them into `available`, nil when words would have to be broken.
    private func columnWidths(rows: [[String]], available: Int) -> [Int]? {
        let texts = table.columns.indices.map { column in
            [DisplayText.singleLine(table.columns[column].title)] + rows.map { $0[column] }
        }
        let gaps = Self.gap * max(0, texts.count - 1)
        var widths = texts.map { column in column.map(DisplayText.width).max() ?? 0 }
        let smallest = texts.enumerated().map { index, column in
            table.columns[index].alignment == .trailing
                ? max(
                    column.dropFirst().map(DisplayText.width).max() ?? 0,
                    DisplayText.longestWordWidth(column[0]))
                : column.map(DisplayText.longestWordWidth).max() ?? 0
        }
        guard smallest.reduce(gaps, +) <= available else { return nil }
        while widths.reduce(gaps, +) > available {
            // The widest column that can still give way gives one column of the terminal.
            let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
        }
        return widths
    }

    private func folded(_ cells: [String], widths: [Int]) -> [String] {
        let columns = cells.indices.map { DisplayText.wrapped(cells[$0], width: widths[$0]) }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = columns.indices.map { column in
                DisplayText.padded(
                    line < columns[column].count ? columns[column][line] : "", to: widths[column],
                    alignment: table.columns[column].alignment)
            }
            let text = parts.joined(separator: String(repeating: " ", count: Self.gap))
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func blocks(of rows: [[String]], width: Int) -> [String] {
        rows.enumerated().flatMap { index, row in
            let lines = zip(table.columns, row).filter { !$0.1.isEmpty }.flatMap { column, cell in
                DisplayText.wrapped(
                    "\(DisplayText.singleLine(column.title)): \(cell)", width: max(1, width - 2)
                )
                .enumerated().map { ($0.offset == 0 ? "" : "  ") + $0.element }
            }
            return index == 0 ? lines : [""] + lines
        }
    }
}
