/// A point of a curve on the sheet.
struct CurvePlace {
    let x: Double
    let y: Double
    let low: Double?
    let high: Double?
}

/// A curve as its style draws it, in the chart and in the legend.
enum CurveSample {
    /// A piece of the curve for the legend, around a place.
    static func elements(of curve: CurveChart.Curve, x: Double, y: Double) -> [SVGElement] {
        let half = Legend.sampleWidth / 2
        let places = [-half, 0, half].map { CurvePlace(x: x + $0, y: y, low: nil, high: nil) }
        let line = self.line(along: places, curve)
        switch curve.style {
        case .measured, .path: return line + markers(at: [places[1]], curve)
        case .trace, .bound: return line
        case .reported: return markers(at: [places[1]], curve)
        }
    }

    /// The ribbons of a curve's intervals where its style has them.
    static func ribbons(of curve: CurveChart.Curve, along places: [CurvePlace?]) -> [SVGElement] {
        switch curve.style {
        case .path, .bound: runs(of: places).flatMap { ribbon(along: $0, curve) }
        case .measured, .trace, .reported: []
        }
    }

    /// The curve along its places, with a gap where there is none, ribbons apart.
    static func elements(of curve: CurveChart.Curve, along places: [CurvePlace?]) -> [SVGElement] {
        let runs = runs(of: places)
        let known = places.compactMap { $0 }
        let lines = runs.flatMap { line(along: $0, curve) }
        switch curve.style {
        case .measured: return lines + known.flatMap { bar(at: $0, curve) } + markers(at: known, curve)
        case .path: return lines + markers(at: known, curve)
        case .trace, .bound: return lines
        case .reported: return markers(at: known, curve)
        }
    }

    private static func runs(of places: [CurvePlace?]) -> [[CurvePlace]] {
        places.split(whereSeparator: { $0 == nil }).map { $0.compactMap { $0 } }
    }

    private static func slot(_ curve: CurveChart.Curve) -> Int {
        curve.slot % PlotStyle.slotCount
    }

    private static func line(along places: [CurvePlace], _ curve: CurveChart.Curve) -> [SVGElement] {
        guard places.count > 1 else { return [] }
        let classes =
            switch curve.style {
            case .measured: "curve"
            case .path: "curve dashed"
            case .trace: "trace"
            case .bound: "bound"
            case .reported: ""
            }
        guard !classes.isEmpty else { return [] }
        return [.path(places.map { ($0.x, $0.y) }, "\(classes) s\(slot(curve))")]
    }

    private static func ribbon(along places: [CurvePlace], _ curve: CurveChart.Curve) -> [SVGElement] {
        let edges = places.compactMap { place -> (x: Double, low: Double, high: Double)? in
            guard let low = place.low, let high = place.high else { return nil }
            return (place.x, low, high)
        }
        guard edges.count > 1 else { return [] }
        let outline = edges.map { (x: $0.x, y: $0.high) } + edges.reversed().map { (x: $0.x, y: $0.low) }
        return [.path(outline, closed: true, "ribbon f\(slot(curve))")]
    }

    private static func bar(at place: CurvePlace, _ curve: CurveChart.Curve) -> [SVGElement] {
        guard let low = place.low, let high = place.high else { return [] }
        let classes = "bar s\(slot(curve))"
        return [
            .line(place.x, low, place.x, high, classes), .line(place.x - 3, low, place.x + 3, low, classes),
            .line(place.x - 3, high, place.x + 3, high, classes),
        ]
    }

    private static func markers(at places: [CurvePlace], _ curve: CurveChart.Curve) -> [SVGElement] {
        let slot = slot(curve)
        let classes = curve.style == .reported ? "hollow s\(slot)" : "mark f\(slot)"
        return places.map { Marker(slot: slot).element(x: $0.x, y: $0.y, classes) }
    }
}
