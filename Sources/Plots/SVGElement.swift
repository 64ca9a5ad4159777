import Foundation

/// An element of a drawing; written with one element a line, so that two drawings can be compared by line.
struct SVGElement {
    private let name: String
    private let attributes: KeyValuePairs<String, String>
    private let text: String?
    private let children: [SVGElement]

    /// An element that holds others.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], children: [SVGElement] = []) {
        self.name = name
        self.attributes = attributes
        text = nil
        self.children = children
    }

    /// An element that holds text.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.name = name
        self.attributes = attributes
        self.text = text
        children = []
    }

    /// The element and all that it holds, each line indented by `depth` spaces and ended.
    func rendered(depth: Int = 0) -> String {
        let indent = String(repeating: " ", count: depth)
        let tag = name + attributes.map { " \($0.key)=\"\(XMLText.escaped($0.value))\"" }.joined()
        if let text { return "\(indent)<\(tag)>\(XMLText.escaped(text))</\(name)>\n" }
        if children.isEmpty { return "\(indent)<\(tag)/>\n" }
        return "\(indent)<\(tag)>\n" + children.map { $0.rendered(depth: depth + 1) }.joined()
            + "\(indent)</\(name)>\n"
    }

    /// A coordinate with at most two decimals and no superfluous zeros.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        var text = String(format: "%.2f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }
}

extension SVGElement {
    /// A straight line.
    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String) -> SVGElement
    {
        SVGElement(
            "line",
            ["class": classes, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)])
    }

    /// A rectangle.
    static func rectangle(
        x: Double, y: Double, width: Double, height: Double, _ classes: String
    ) -> SVGElement {
        SVGElement(
            "rect",
            [
                "class": classes, "x": number(x), "y": number(y), "width": number(width),
                "height": number(height),
            ])
    }

    /// A path through places, closed when it bounds an area.
    static func path(_ places: [(x: Double, y: Double)], closed: Bool = false, _ classes: String)
        -> SVGElement
    {
        let steps = places.enumerated().map { index, place in
            "\(index == 0 ? "M" : "L")\(number(place.x)) \(number(place.y))"
        }
        return SVGElement("path", ["class": classes, "d": steps.joined() + (closed ? "Z" : "")])
    }

    /// A line of text; `anchor` is `start`, `middle` or `end`.
    static func label(
        _ text: String, x: Double, y: Double, anchor: String = "start", _ classes: String
    ) -> SVGElement {
        SVGElement(
            "text", ["class": classes, "x": number(x), "y": number(y), "text-anchor": anchor], text: text)
    }
}
