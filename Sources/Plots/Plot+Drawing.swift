extension Plot {
    /// The drawing as an SVG 1.1 document of one size-independent picture, without the XML declaration.
    ///
    /// Light and dark ground are both in it, and the reader's setting decides. The same plot gives the same bytes.
    package var svg: String {
        let sheet = PlotSheet(self)
        let drawn =
            switch chart {
            case .curves(let chart): CurveDrawing(chart, name: name, top: sheet.top).elements
            case .bars(let chart): BarDrawing(chart, name: name, top: sheet.top).elements
            case .intervals(let chart): IntervalDrawing(chart, top: sheet.top).elements
            }
        return sheet.drawing(drawn.elements, bottom: drawn.bottom)
    }
}

/// What a chart became: its elements and the place of its lowest edge.
struct DrawnChart {
    var elements: [SVGElement]
    var bottom: Double
}
