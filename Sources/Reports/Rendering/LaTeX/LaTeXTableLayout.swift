/// How a table fits on a page of LaTeX: upright, turned, or turned and made smaller.
///
/// Widths are estimates from the number of characters, which is enough to choose between the three; where they are made
/// smaller LaTeX does the measuring.
struct LaTeXTableLayout {
    /// How the page lies.
    enum Fit {
        /// Upright at its natural width.
        case upright
        /// On a turned page at its natural width.
        case turned
        /// On a turned page, scaled down to its width.
        case turnedAndScaled
    }

    /// How the table fits.
    let fit: Fit
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
    private static let uprightWidth = 455.0
    private static let turnedWidth = 700.0
    private static let uprightLines = 48
    private static let turnedLines = 30
    /// Text wider than this is folded inside its cell.
    private static let foldedWidth = 36

    /// The layout of a table.
    init(_ table: Table) {
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
        fit = total <= Self.uprightWidth ? .upright : total <= Self.turnedWidth ? .turned : .turnedAndScaled
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
        let scale = fit == .turnedAndScaled ? total / Self.turnedWidth : 1
        let room = Int(Double(fit == .upright ? Self.uprightLines : Self.turnedLines) * scale)
        parts = Self.parts(lines, room: room)
        let pageWidth = fit == .upright ? Self.uprightWidth : Self.turnedWidth
        let noteLines = table.footnotes.reduce(0) {
            $0 + DisplayText.wrapped($1, width: Int(pageWidth / Self.characterWidth)).count
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
