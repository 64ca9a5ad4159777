/// How a table fits on a page of LaTeX.
///
/// Widths are estimates from the number of characters, which is enough to choose a page and whether to make the table
/// smaller; where it is made smaller LaTeX does the measuring.
struct LaTeXTableLayout {
    /// The page that it is set on.
    let page: LaTeXPage
    /// Whether it is scaled down to the width of that page.
    let isScaled: Bool
    /// The column specification of `tabular`.
    let specification: String
    /// The headings, each folded into lines.
    let headings: [[String]]
    /// The rows as parts that fit on a page each; at least one part.
    let parts: [Range<Int>]
    /// Whether the table with its notes fits on one page.
    let notesFit: Bool

    private static let characterWidth = 4.4
    private static let columnGap = 8.0
    /// Text wider than this is folded inside its cell.
    private static let foldedWidth = 36

    /// The layout of a table on the first page that is wide enough, else on the last one.
    init(_ table: Table, on first: LaTeXPage, else others: LaTeXPage...) {
        let widths = table.columns.indices.map { column -> (characters: Int, isFolded: Bool) in
            let widest = table.rows.map { DisplayText.width($0[column]) }.max() ?? 0
            let heading = DisplayText.longestWordWidth(table.columns[column].title)
            let isFolded = widest > Self.foldedWidth && table.columns[column].alignment == .leading
            return (max(isFolded ? Self.foldedWidth : widest, heading), isFolded)
        }
        headings = zip(table.columns, widths).map { column, width in
            DisplayText.wrapped(column.title, width: max(width.characters, 8))
        }
        let total = zip(headings, widths).reduce(0.0) { sum, column in
            let heading = column.0.map(DisplayText.width).max() ?? 0
            return sum + Self.columnGap + Self.characterWidth * Double(max(column.1.characters, heading))
        }
        let page = ([first] + others).first { total <= $0.width } ?? others.last ?? first
        self.page = page
        isScaled = total > page.width
        let specifiers = zip(table.columns, widths).map { column, width in
            if width.isFolded {
                let points = Int(Self.characterWidth * Double(width.characters))
                return ">{\\raggedright\\arraybackslash}p{\(points)pt}"
            }
            return column.alignment == .leading ? "l" : "r"
        }
        specification = specifiers.joined()
        let lines = table.rows.map { row in
            zip(row, widths).map { cell, width in
                width.isFolded ? DisplayText.wrapped(cell, width: width.characters).count : 1
            }.max() ?? 1
        }
        let room = Int(Double(page.lines) * max(1, total / page.width))
        parts = Self.parts(lines, room: room)
        let noteLines = table.footnotes.reduce(0) {
            $0 + DisplayText.wrapped($1, width: Int(page.width / Self.characterWidth)).count
        }
        notesFit = parts.count == 1 && lines.reduce(0, +) + noteLines <= room
    }

    private static func parts(_ lines: [Int], room: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        var used = 0
        for (row, height) in lines.enumerated() {
            if row > start, used + height > room {
                parts.append(start..<row)
                start = row
                used = 0
            }
            used += height
        }
        return parts + [start..<lines.count]
    }
}
