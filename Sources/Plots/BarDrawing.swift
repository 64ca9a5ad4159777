/// A chart of bars on its sheet.
struct BarDrawing {
    private let chart: BarChart
    private let name: String
    private let top: Double
    private let legend: Legend

    private static let barHeight = 14.0

    /// A drawing from a place below the headings.
    init(_ chart: BarChart, name: String, top: Double) {
        self.chart = chart
        self.name = name
        self.top = top
        let entries = chart.segments.enumerated().map { index, segment in
            Legend.Entry(label: segment) { x, y in
                Self.segment(index, name: name, x: x - 12, y: y - 6, width: 24, height: 12)
            }
        }
        legend = Legend(entries, width: PlotSheet.innerWidth)
    }

    /// All that is drawn.
    var elements: DrawnChart {
        let start = top + legend.height + 12
        let rows = RowLayout(
            groups: chart.groups.map { ($0.title, $0.bars.map { ($0.label, $0.note) }) },
            noteTitle: chart.noteTitle, top: start)
        let totals = chart.groups.flatMap(\.bars).map { Self.lengths(of: $0).reduce(0, +) }
        let scale = AxisScale(chart.axis, values: totals, from: rows.left, to: rows.right)
        var bars: [SVGElement] = []
        for (group, middles) in zip(chart.groups, rows.middles) {
            for (bar, middle) in zip(group.bars, middles) {
                var sum = 0.0
                for (index, length) in Self.lengths(of: bar).enumerated() where length > 0 {
                    let x = scale.position(sum)
                    sum += length
                    bars += Self.segment(
                        index, name: name, x: x, y: middle - Self.barHeight / 2,
                        width: scale.position(sum) - x, height: Self.barHeight)
                }
            }
        }
        return DrawnChart(
            elements: [hatching] + legend.elements(x: PlotSheet.margin, y: top)
                + rows.axis(chart.axis, scale: scale, top: start) + rows.labels + bars,
            bottom: rows.bottom + 38)
    }

    private static func lengths(of bar: BarChart.Bar) -> [Double] {
        bar.values.prefix(PlotStyle.segmentCount).map { $0.isFinite ? max(0, $0) : 0 }
    }

    /// Every second segment is hatched, so that neighbours differ without colour too.
    private static func segment(
        _ index: Int, name: String, x: Double, y: Double, width: Double, height: Double
    ) -> [SVGElement] {
        let solid = SVGElement.rectangle(x: x, y: y, width: width, height: height, "segment\(index)")
        guard !index.isMultiple(of: 2) else { return [solid] }
        return [
            solid,
            SVGElement(
                "rect",
                [
                    "fill": "url(#\(name)-hatching)", "x": SVGElement.number(x), "y": SVGElement.number(y),
                    "width": SVGElement.number(width), "height": SVGElement.number(height),
                ]),
        ]
    }

    private var hatching: SVGElement {
        SVGElement(
            "defs",
            children: [
                SVGElement(
                    "pattern",
                    [
                        "id": "\(name)-hatching", "width": "7", "height": "7",
                        "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)",
                    ], children: [.line(0, 0, 0, 7, "hatch")])
            ])
    }
}
