/// The shape of a curve's points.
enum Marker: CaseIterable {
    case circle, square, triangle, diamond, pentagon, cross

    /// The shape of a slot.
    init(slot: Int) {
        let all = Self.allCases
        self = all[slot % all.count]
    }

    /// The shape around a place, all of about the same area.
    func element(x: Double, y: Double, _ classes: String) -> SVGElement {
        if self == .circle {
            return SVGElement(
                "circle",
                ["class": classes, "cx": SVGElement.number(x), "cy": SVGElement.number(y), "r": "4.25"])
        }
        return .path(corners.map { (x + $0.0, y + $0.1) }, closed: true, classes)
    }

    private var corners: [(Double, Double)] {
        switch self {
        case .circle: []
        case .square: [(-3.75, -3.75), (3.75, -3.75), (3.75, 3.75), (-3.75, 3.75)]
        case .triangle: [(0, -5), (5, 4), (-5, 4)]
        case .diamond: [(0, -5.5), (5, 0), (0, 5.5), (-5, 0)]
        case .pentagon: [(0, -5), (4.75, -1.5), (3, 4), (-3, 4), (-4.75, -1.5)]
        case .cross:
            [
                (-1.5, -5), (1.5, -5), (1.5, -1.5), (5, -1.5), (5, 1.5), (1.5, 1.5), (1.5, 5), (-1.5, 5),
                (-1.5, 1.5), (-5, 1.5), (-5, -1.5), (-1.5, -1.5),
            ]
        }
    }
}
