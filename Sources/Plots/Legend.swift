/// The row or rows that say what colours, markers and dashes mean.
struct Legend {
    /// One entry: a sample of at most ``sampleWidth`` around a place, and what it stands for.
    struct Entry {
        let label: String
        let sample: (_ x: Double, _ y: Double) -> [SVGElement]
    }

    private struct Place {
        let entry: Entry
        let lines: [String]
        let x: Double
        let y: Double
    }

    static let sampleWidth = 30.0
    private static let indent = sampleWidth + 6
    private static let gap = 18.0
    private static let rowHeight = 19.0
    private let places: [Place]
    /// The height of all rows.
    let height: Double

    /// Entries side by side, in as many rows as `width` needs; a label that is longer than a row goes on below itself.
    init(_ entries: [Entry], width: Double) {
        var places: [Place] = []
        var x = 0.0
        var y = 0.0
        var rowBottom = 0.0
        for entry in entries {
            let lines = TextMeasure.wrapped(
                entry.label, limit: width - Self.indent, size: PlotStyle.textSize)
            let widest = lines.map { TextMeasure.width($0, size: PlotStyle.textSize) }.max() ?? 0
            if x > 0, x + Self.indent + widest > width {
                x = 0
                y = rowBottom
            }
            places.append(Place(entry: entry, lines: lines, x: x, y: y))
            x += Self.indent + widest + Self.gap
            let further = Double(max(0, lines.count - 1)) * PlotStyle.lineHeight
            rowBottom = max(rowBottom, y + Self.rowHeight + further)
        }
        self.places = places
        height = rowBottom
    }

    /// The rows from a place at their upper left.
    func elements(x: Double, y: Double) -> [SVGElement] {
        places.flatMap { place in
            let middle = y + place.y + Self.rowHeight / 2
            return place.entry.sample(x + place.x + Self.sampleWidth / 2, middle)
                + place.lines.enumerated().map { index, line in
                    .label(
                        line, x: x + place.x + Self.indent,
                        y: middle + 4 + Double(index) * PlotStyle.lineHeight, "legend")
                }
        }
    }
}
