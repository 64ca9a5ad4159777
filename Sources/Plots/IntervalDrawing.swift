/// A chart of points with intervals on its sheet.
struct IntervalDrawing {
    private let chart: IntervalChart
    private let top: Double
    private let legend: Legend

    /// A drawing from a place below the headings.
    init(_ chart: IntervalChart, top: Double) {
        self.chart = chart
        self.top = top
        let rows = chart.groups.flatMap(\.rows)
        var entries: [Legend.Entry] = []
        if rows.contains(where: { !$0.samples.isEmpty }) {
            entries.append(Legend.Entry(label: chart.sampleLabel) { [Self.sample(x: $0, y: $1)] })
        }
        if chart.groups.contains(where: { $0.reference != nil }) {
            entries.append(
                Legend.Entry(label: chart.referenceLabel) { [.line($0, $1 - 8, $0, $1 + 8, "reference")] })
        }
        legend = Legend(entries, width: PlotSheet.innerWidth)
    }

    /// All that is drawn.
    var elements: DrawnChart {
        let start = top + legend.height + 12
        let rows = RowLayout(
            groups: chart.groups.map { ($0.title, $0.rows.map { ($0.label, $0.note) }) },
            noteTitle: chart.noteTitle, top: start)
        let values =
            chart.groups.flatMap(\.rows).flatMap { row in
                ([row.value, row.low, row.high].compactMap { $0 } + row.samples)
            } + chart.groups.compactMap(\.reference)
        let scale = AxisScale(chart.axis, values: values, from: rows.left, to: rows.right)
        var marks: [SVGElement] = []
        for (index, group) in chart.groups.enumerated() {
            if let reference = group.reference, scale.holds(reference) {
                let x = scale.position(reference)
                marks.append(.line(x, rows.spans[index].top, x, rows.spans[index].bottom, "reference"))
            }
            for (row, middle) in zip(group.rows, rows.middles[index]) {
                marks += Self.elements(of: row, y: middle, scale: scale)
            }
        }
        return DrawnChart(
            elements: legend.elements(x: PlotSheet.margin, y: top)
                + rows.axis(chart.axis, scale: scale, top: start) + rows.labels + marks,
            bottom: rows.bottom + 38)
    }

    private static func elements(of row: IntervalChart.Row, y: Double, scale: AxisScale) -> [SVGElement] {
        guard let value = row.value, scale.holds(value) else { return [] }
        var elements: [SVGElement] = []
        if let low = row.low, let high = row.high, !low.isNaN, !high.isNaN {
            let (from, to) = (scale.position(low), scale.position(high))
            elements += [
                .line(from, y, to, y, "bar s0"), .line(from, y - 3.5, from, y + 3.5, "bar s0"),
                .line(to, y - 3.5, to, y + 3.5, "bar s0"),
            ]
        }
        elements += row.samples.filter(scale.holds).map { sample(x: scale.position($0), y: y) }
        return elements + [Marker.circle.element(x: scale.position(value), y: y, "mark f0")]
    }

    private static func sample(x: Double, y: Double) -> SVGElement {
        SVGElement(
            "circle",
            ["class": "sample inkline", "cx": SVGElement.number(x), "cy": SVGElement.number(y), "r": "2.5"])
    }
}
