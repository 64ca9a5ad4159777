/// The row or rows that say what colours, markers and dashes mean.
struct Legend {
    /// One entry: a sample of at most ``sampleWidth`` around a place, and what it stands for.
    struct Entry {
        let label: String
        let sample: (_ x: Double, _ y: Double) -> [SVGElement]
    }

    static let sampleWidth = 30.0
    private static let gap = 18.0
    private let placed: [(entry: Entry, x: Double, row: Int)]

    /// Entries side by side, in as many rows as `width` needs.
    init(_ entries: [Entry], width: Double) {
        var placed: [(Entry, Double, Int)] = []
        var x = 0.0
        var row = 0
        for entry in entries {
            let room = Self.sampleWidth + 6 + TextMeasure.width(entry.label, size: PlotStyle.textSize)
            if x > 0, x + room > width {
                x = 0
                row += 1
            }
            placed.append((entry, x, row))
            x += room + Self.gap
        }
        self.placed = placed
    }

    /// The height of all rows.
    var height: Double {
        (placed.last.map { Double($0.row + 1) } ?? 0) * Self.rowHeight
    }

    private static let rowHeight = 19.0

    /// The rows from a place at their upper left.
    func elements(x: Double, y: Double) -> [SVGElement] {
        placed.flatMap { entry, offset, row in
            let middle = y + (Double(row) + 0.5) * Self.rowHeight
            return entry.sample(x + offset + Self.sampleWidth / 2, middle)
                + [.label(entry.label, x: x + offset + Self.sampleWidth + 6, y: middle + 4, "legend")]
        }
    }
}
