import Foundation
import Plots

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A drawing read back by an XML parser.
final class ParsedDrawing: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    /// The room that a line of text takes.
    struct Box: CustomStringConvertible {
        let text: String
        let left, right, top, bottom: Double

        var description: String { "'\(text)' at \(left)...\(right), \(top)...\(bottom)" }

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: elementName, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let index = open.last { elements[index].text += string }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        open.removeLast()
    }

    func texts(of name: String) -> [String] {
        elements.filter { $0.name == name }.map(\.text)
    }

    var width: Double { number("width", elements.first) }
    var height: Double { number("height", elements.first) }

    /// The room of each line of text in a font; letters reach from 0.72 above to 0.2 below the line.
    func boxes(in font: FontWidths) -> [Box] {
        elements.filter { $0.name == "text" && !$0.text.isEmpty }.map { element in
            let isTitle = element.attributes["class"] == "title"
            let isBold = isTitle || element.attributes["class"] == "heading"
            let size = isTitle ? 16.0 : 12
            let width = font.width(of: element.text, size: size, isBold: isBold)
            let x = number("x", element)
            let y = number("y", element)
            let left =
                switch element.attributes["text-anchor"] {
                case "middle": x - width / 2
                case "end": x - width
                default: x
                }
            return Box(
                text: element.text, left: left, right: left + width, top: y - 0.72 * size,
                bottom: y + 0.2 * size)
        }
    }

    private func number(_ name: String, _ element: Element?) -> Double {
        element?.attributes[name].flatMap(Double.init) ?? .nan
    }
}
