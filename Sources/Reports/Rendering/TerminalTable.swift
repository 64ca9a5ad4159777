/// A table for a terminal: aligned columns without boxes, folded to the width at hand.
///
/// A table that is too wide first gives up columns that are the same in all rows, said once above it; then text and
/// headings are folded between words; then the columns are shown in several panels, each with the key columns; and when
/// even that does not fit, each row becomes a block of `heading: value` lines.
package struct TerminalTable: Sendable {
    private let columns: [Table.Column]
    private let keyColumnCount: Int
    private let rows: [[String]]
    private static let gap = 2
    private static let shortPhraseWidth = 16

    /// A terminal's view of a table.
    package init(_ table: Table) {
        columns = table.columns.map { Table.Column(DisplayText.singleLine($0.title), $0.alignment) }
        keyColumnCount = table.keyColumnCount
        rows = table.plainRows.map { $0.map(DisplayText.singleLine) }
    }

    /// A table of its own from headings and rows, for lists that are no part of a report.
    package init(columns: [Table.Column], rows: [[String]]) {
        var table = Table(name: "list", caption: "", columns: columns)
        for row in rows { table.append(row) }
        self.init(table)
    }

    /// The lines of the table, each at most `width` columns wide, without caption and footnotes.
    ///
    /// - Parameter colour: Whether headings are set bold by escape sequences.
    package func lines(width: Int, colour: Bool) -> [String] {
        let all = Array(columns.indices)
        if let widths = widths(of: all, available: width, folding: false) {
            return panel(all, widths: widths, colour: colour)
        }
        let constant = all.filter { column in rows.count > 1 && Set(rows.map { $0[column] }).count == 1 }
        let varying = all.filter { !constant.contains($0) }
        guard let panels = panels(of: varying, available: width) else { return blocks(width: width) }
        let heading = constant.map { "\(columns[$0].title): \(rows[0][$0])" }.joined(separator: "; ")
        return (heading.isEmpty ? [] : DisplayText.wrapped(heading, width: width) + [""])
            + panels.enumerated().flatMap { index, chosen in
                (index == 0 ? [] : [""]) + panel(chosen.columns, widths: chosen.widths, colour: colour)
            }
    }

    /// The lines as one text, each ended.
    package func render(width: Int, colour: Bool) -> String {
        lines(width: width, colour: colour).map { $0 + "\n" }.joined()
    }

    /// The columns of each panel with their widths: keys first, then as many others as fit; nil when none fits.
    private func panels(of chosen: [Int], available: Int) -> [(columns: [Int], widths: [Int])]? {
        let keys = chosen.filter { $0 < keyColumnCount }
        var panels: [(columns: [Int], widths: [Int])] = []
        var rest = chosen.filter { $0 >= keyColumnCount }[...]
        if rest.isEmpty { return widths(of: keys, available: available, folding: true).map { [(keys, $0)] } }
        while !rest.isEmpty {
            let fitting = (1...rest.count).last {
                widths(of: keys + rest.prefix($0), available: available, folding: true) != nil
            }
            guard let fitting = fitting.map({ wholeIntervals(rest, $0) }),
                let widths = widths(of: keys + rest.prefix(fitting), available: available, folding: true)
            else { return nil }
            panels.append((keys + rest.prefix(fitting), widths))
            rest = rest.dropFirst(fitting)
        }
        return panels
    }

    /// So many columns of `rest`, at most `count`, that no estimate is parted from the ends of its interval; `count` itself
    /// where they are too wide to stand together.
    private func wholeIntervals(_ rest: ArraySlice<Int>, _ count: Int) -> Int {
        let isEnd = rest.map { columns[$0].isIntervalEnd }
        var kept = count
        while kept > 0, kept < rest.count, isEnd[kept] { kept -= 1 }
        return kept > 0 ? kept : count
    }

    /// A width for each column that fits all of them into `available`, nil when words would have to be broken.
    private func widths(of chosen: [Int], available: Int, folding: Bool) -> [Int]? {
        let gaps = Self.gap * max(0, chosen.count - 1)
        var widths = chosen.map { column in
            max(
                DisplayText.width(columns[column].title),
                rows.map { DisplayText.width($0[column]) }.max() ?? 0)
        }
        if widths.reduce(gaps, +) <= available { return widths }
        let smallest = chosen.map { column in
            max(
                DisplayText.longestWordWidth(columns[column].title),
                rows.map { unbreakableWidth($0[column], columns[column].alignment) }.max() ?? 0)
        }
        guard folding, smallest.reduce(gaps, +) <= available else { return nil }
        // No column gets more than there is; this only spares the way down from an endless text.
        widths = widths.map { min($0, available) }
        while widths.reduce(gaps, +) > available {
            // The widest column that can still give way gives one place.
            let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
        }
        return widths
    }

    /// Figures and short phrases such as a model's name stay on one line; sentences keep their words whole.
    private func unbreakableWidth(_ text: String, _ alignment: Table.Alignment) -> Int {
        let whole = DisplayText.width(text)
        return alignment == .trailing || whole <= Self.shortPhraseWidth
            ? whole : DisplayText.longestWordWidth(text)
    }

    private func panel(_ chosen: [Int], widths: [Int], colour: Bool) -> [String] {
        let header = folded(chosen.map { columns[$0].title }, chosen, widths: widths)
            .map { colour ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
        return header + rows.flatMap { row in folded(chosen.map { row[$0] }, chosen, widths: widths) }
    }

    private func folded(_ cells: [String], _ chosen: [Int], widths: [Int]) -> [String] {
        let texts = cells.indices.map { DisplayText.wrapped(cells[$0], width: widths[$0]) }
        let height = texts.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = texts.indices.map { index in
                DisplayText.padded(
                    line < texts[index].count ? texts[index][line] : "", to: widths[index],
                    alignment: columns[chosen[index]].alignment)
            }
            let text = parts.joined(separator: String(repeating: " ", count: Self.gap))
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func blocks(width: Int) -> [String] {
        rows.enumerated().flatMap { index, row in
            let lines = zip(columns, row).filter { !$0.1.isEmpty }.flatMap { column, cell in
                DisplayText.wrapped("\(column.title): \(cell)", width: max(1, width - 2))
                    .enumerated().map { ($0.offset == 0 ? "" : "  ") + $0.element }
            }
            return index == 0 ? lines : [""] + lines
        }
    }
}
