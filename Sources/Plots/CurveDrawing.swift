/// A chart of curves on its sheet: legend, grid, axes, then the curves.
struct CurveDrawing {
    private let chart: CurveChart
    private let name: String
    private let legend: Legend
    private let top: Double
    private let left: Double
    private let right: Double
    private let plotTop: Double
    private let plotBottom: Double
    private let xScale: AxisScale
    private let xTitle: [String]
    private let yTitle: [String]
    private let yScale: AxisScale

    private static let plotHeight = 300.0
    private static let yTickCount = 7
    /// Room at both ends of the horizontal axis for markers and for bars that are moved apart.
    private static let inset = 14.0
    private static let xTickCount = 9

    /// A drawing from a place below the headings.
    init(_ chart: CurveChart, name: String, top: Double) {
        self.chart = chart
        self.name = name
        self.top = top
        let entries = chart.curves.compactMap { curve in
            curve.label.map { label in
                Legend.Entry(label: label) { CurveSample.elements(of: curve, x: $0, y: $1) }
            }
        }
        let half = Legend.sampleWidth / 2
        let references = chart.referenceLines.map { line in
            Legend.Entry(label: line.label) { [.line($0 - half, $1, $0 + half, $1, "reference")] }
        }
        legend = Legend(entries + references, width: PlotSheet.innerWidth)
        yTitle = TextMeasure.wrapped(
            chart.yAxis.title, limit: PlotSheet.innerWidth, size: PlotStyle.textSize)
        plotTop = top + legend.height + 18 + Double(max(1, yTitle.count)) * PlotStyle.lineHeight
        plotBottom = plotTop + Self.plotHeight
        let shown = chart.curves.map { curve in
            curve.points.filter { $0.x.isFinite && $0.y.isFinite }
        }.joined()
        let ys =
            Self.decidingPoints(chart).flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }
            + chart.referenceLines.map(\.y)
        yScale = AxisScale(chart.yAxis, values: ys, from: plotBottom, to: plotTop)
        let labels = yScale.ticks(count: Self.yTickCount).map {
            TextMeasure.width($0.label, size: PlotStyle.textSize)
        }
        left = PlotSheet.margin + (labels.max() ?? 0) + 8
        right = PlotSheet.width - PlotSheet.margin - 14
        xScale = AxisScale(
            chart.xAxis, values: shown.map(\.x), from: left + Self.inset, to: right - Self.inset)
        xTitle = TextMeasure.wrapped(chart.xAxis.title, limit: right - left, size: PlotStyle.textSize)
    }

    /// The points that set the vertical axis: traces, which are noisy, only where there is nothing else.
    private static func decidingPoints(_ chart: CurveChart) -> [CurveChart.Point] {
        func points(_ curves: [CurveChart.Curve]) -> [CurveChart.Point] {
            curves.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        }
        let deciding = points(chart.curves.filter { $0.style != .trace })
        return deciding.isEmpty ? points(chart.curves) : deciding
    }

    /// All that is drawn.
    var elements: DrawnChart {
        let isEmpty = !chart.curves.contains { $0.points.contains { $0.x.isFinite && $0.y.isFinite } }
        let note =
            isEmpty
            ? [
                SVGElement.label(
                    "no data", x: (left + right) / 2, y: (plotTop + plotBottom) / 2, anchor: "middle", "muted"
                )
            ] : []
        return DrawnChart(
            elements: legend.elements(x: PlotSheet.margin, y: top) + axes + references + curves + note,
            bottom: plotBottom + 22 + Double(max(1, xTitle.count)) * PlotStyle.lineHeight)
    }

    private var axes: [SVGElement] {
        var elements = yTitle.enumerated().map { index, line in
            let above = Double(yTitle.count - 1 - index) * PlotStyle.lineHeight
            return SVGElement.label(line, x: PlotSheet.margin, y: plotTop - 14 - above, "muted")
        }
        for tick in yScale.ticks(count: Self.yTickCount) {
            let y = yScale.position(tick.value)
            elements.append(.line(left, y, right, y, "gridline"))
            elements.append(.label(tick.label, x: left - 8, y: y + 4, anchor: "end", "muted"))
        }
        elements.append(.line(left, plotBottom, right, plotBottom, "axis"))
        for tick in xScale.ticksSideBySide(count: Self.xTickCount, fontSize: PlotStyle.textSize) {
            let x = xScale.position(tick.value)
            elements.append(.line(x, plotBottom, x, plotBottom + 4, "axis"))
            elements.append(.label(tick.label, x: x, y: plotBottom + 18, anchor: "middle", "muted"))
        }
        return elements
            + xTitle.enumerated().map { index, line in
                .label(
                    line, x: (left + right) / 2, y: plotBottom + 36 + Double(index) * PlotStyle.lineHeight,
                    anchor: "middle", "muted")
            }
    }

    private var references: [SVGElement] {
        chart.referenceLines.filter { yScale.holds($0.y) }.map { line in
            .line(left, yScale.position(line.y), right, yScale.position(line.y), "reference")
        }
    }

    /// Ribbons first, as they would dull what lies below them.
    private var curves: [SVGElement] {
        let placed = chart.curves.indices.map { (curve: chart.curves[$0], places: places(ofCurve: $0)) }
        func elements(where isWanted: (CurveChart.Style) -> Bool) -> [SVGElement] {
            placed.filter { isWanted($0.curve.style) }
                .flatMap { CurveSample.elements(of: $0.curve, along: $0.places) }
        }
        return placed.flatMap { CurveSample.ribbons(of: $0.curve, along: $0.places) }
            + clipped(elements { $0 == .trace }) + elements { $0 != .trace }
    }

    /// Elements without what lies beyond the plot's area.
    private func clipped(_ elements: [SVGElement]) -> [SVGElement] {
        guard !elements.isEmpty else { return [] }
        let area = SVGElement.rectangle(
            x: left, y: plotTop, width: right - left, height: plotBottom - plotTop, "area")
        return [
            SVGElement("clipPath", ["id": "\(name)-area"], children: [area]),
            SVGElement("g", ["clip-path": "url(#\(name)-area)"], children: elements),
        ]
    }

    /// Where a curve's points lie, nil for those without a place.
    private func places(ofCurve index: Int) -> [CurvePlace?] {
        let shift = self.shift(of: index)
        return chart.curves[index].points.map { point -> CurvePlace? in
            guard point.y.isFinite, xScale.holds(point.x) else { return nil }
            func end(_ value: Double?) -> Double? {
                value.flatMap { $0.isNaN ? nil : yScale.position($0) }
            }
            return CurvePlace(
                x: xScale.position(point.x) + (point.low == nil ? 0 : shift),
                y: chart.curves[index].style == .trace ? beyondEdge(point.y) : yScale.position(point.y),
                low: end(point.low),
                high: end(point.high))
        }
    }

    /// The place of a value that is cut off at the plot's edge, and so may lie beyond it, though no further than a line
    /// needs for its slope.
    private func beyondEdge(_ value: Double) -> Double {
        guard chart.yAxis.scale == .linear else { return yScale.position(value) }
        return min(max(yScale.place(value), plotTop - Self.plotHeight), plotBottom + Self.plotHeight)
    }

    /// Points with interval bars are moved sideways, each curve's by its own amount, so that each bar can be seen.
    private func shift(of index: Int) -> Double {
        let barred = chart.curves.indices.filter { other in
            chart.curves[other].style == .measured && chart.curves[other].points.contains { $0.low != nil }
        }
        guard let place = barred.firstIndex(of: index) else { return 0 }
        return (Double(place) - Double(barred.count - 1) / 2) * 7
    }
}
