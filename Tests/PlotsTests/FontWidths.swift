import Foundation
import Testing

/// The advance widths of a font's ASCII, read from a fixture that was made from the font itself.
struct FontWidths: Decodable, CustomTestStringConvertible {
    /// The font with its version.
    let font: String
    /// In thousandths of the font size.
    let widths: [String: Double]
    /// The same of its bold face, nil where it was not measured.
    let bold: [String: Double]?

    var testDescription: String { font }

    /// Helvetica's metrics.
    static let liberationSans = load("liberation_sans_widths.json")
    /// What viewers take that have no Helvetica.
    static let dejaVuSans = load("dejavu_sans_widths.json")
    static let all = [liberationSans, dejaVuSans].compactMap { $0 }

    /// The width of a line; characters beyond ASCII count as a figure, bold ones without a face of their own as 6% wider.
    func width(of text: String, size: Double, isBold: Bool) -> Double {
        let face = isBold ? bold ?? widths : widths
        let figure = face["0"] ?? 0
        let sum = text.reduce(0) { $0 + (face[String($1)] ?? figure) }
        return sum / 1000 * size * (isBold && bold == nil ? 1.06 : 1)
    }

    private static func load(_ name: String) -> FontWidths? {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(FontWidths.self, from: $0) }
    }
}
