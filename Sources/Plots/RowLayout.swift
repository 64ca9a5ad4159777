/// Where the rows of a chart with labels at the left and notes at the right stand.
struct RowLayout {
    /// One line of a heading or label, or one note, at its place.
    private let texts: [SVGElement]
    /// The middle of each row, group by group.
    let middles: [[Double]]
    /// The upper and lower edge of each group's rows.
    let spans: [(top: Double, bottom: Double)]
    /// Where values begin and end.
    let left: Double
    let right: Double
    /// The lower edge of all rows.
    let bottom: Double

    private static let rowPadding = 7.0
    private static let largestLabelShare = 0.42

    /// Rows from a place at the top.
    ///
    /// - Parameter groups: Each group's heading and its rows' labels and notes.
    init(
        groups: [(title: String, rows: [(label: String, note: String)])], noteTitle: String, top: Double
    ) {
        let size = PlotStyle.textSize
        let rows = groups.flatMap(\.rows)
        let widest = rows.map { TextMeasure.width($0.label, size: size) }.max() ?? 0
        let labelWidth = min(widest, PlotSheet.innerWidth * Self.largestLabelShare)
        let notes = rows.map(\.note) + [noteTitle]
        let noteWidth = notes.map { TextMeasure.width($0, size: size) }.max() ?? 0
        left = PlotSheet.margin + labelWidth + 12
        right = PlotSheet.width - PlotSheet.margin - noteWidth - 14
        let edge = PlotSheet.width - PlotSheet.margin
        var texts: [SVGElement] = [.label(noteTitle, x: edge, y: top + 12, anchor: "end", "muted")]
        var middles: [[Double]] = []
        var spans: [(Double, Double)] = []
        var y = top
        for (index, group) in groups.enumerated() {
            // The first heading stands beside that of the notes.
            let limit = PlotSheet.innerWidth - (index == 0 ? noteWidth + 12 : 0)
            let heading = TextMeasure.wrapped(group.title, limit: limit, size: size, bold: true)
            for (index, line) in heading.enumerated() {
                texts.append(
                    .label(
                        line, x: PlotSheet.margin, y: y + 12 + Double(index) * PlotStyle.lineHeight,
                        "heading"))
            }
            y += 20 + Double(max(0, heading.count - 1)) * PlotStyle.lineHeight
            let start = y
            var places: [Double] = []
            for row in group.rows {
                let lines = TextMeasure.wrapped(row.label, limit: labelWidth + 0.01, size: size)
                let height = Double(max(1, lines.count)) * (size + 2) + Self.rowPadding
                let middle = y + height / 2
                let first = middle - Double(lines.count - 1) * (size + 2) / 2 + 4
                for (index, line) in lines.enumerated() {
                    texts.append(
                        .label(
                            line, x: PlotSheet.margin + labelWidth, y: first + Double(index) * (size + 2),
                            anchor: "end", "label"))
                }
                texts.append(.label(row.note, x: edge, y: middle + 4, anchor: "end", "label"))
                places.append(middle)
                y += height
            }
            middles.append(places)
            spans.append((start, y))
            y += 8
        }
        bottom = y
        self.texts = texts
        self.middles = middles
        self.spans = spans
    }

    /// Headings, labels and notes.
    var labels: [SVGElement] { texts }

    /// The grid behind the rows and the axis below them.
    func axis(_ axis: Axis, scale: AxisScale, top: Double) -> [SVGElement] {
        var elements: [SVGElement] = []
        for tick in scale.ticksSideBySide(count: 6, fontSize: PlotStyle.textSize) {
            let x = scale.position(tick.value)
            elements.append(.line(x, top + 18, x, bottom, "gridline"))
            elements.append(.line(x, bottom, x, bottom + 4, "axis"))
            elements.append(.label(tick.label, x: x, y: bottom + 18, anchor: "middle", "muted"))
        }
        elements.append(.line(left, bottom, right, bottom, "axis"))
        elements.append(
            .label(axis.title, x: (left + right) / 2, y: bottom + 36, anchor: "middle", "muted"))
        return elements
    }
}
