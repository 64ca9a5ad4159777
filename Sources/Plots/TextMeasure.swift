/// How much room text takes in Helvetica, whose widths Arial and Liberation Sans share.
package enum TextMeasure {
    /// The width of a line of text in the units of `size`.
    ///
    /// - Parameter size: The font size; bold text is about 6% wider.
    package static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        let thousandths = text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
        return Double(thousandths) / 1000 * size * (bold ? 1.06 : 1)
    }

    /// The text broken between words into lines of at most `limit`; a longer word stays whole.
    package static func wrapped(_ text: String, limit: Double, size: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            let joined = line.isEmpty ? word : line + " " + word
            if line.isEmpty || width(joined, size: size) <= limit {
                line = joined
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII {
            let index = Int(scalar.value) - 32
            return asciiWidths.indices.contains(index) ? asciiWidths[index] : 0
        }
        switch scalar.value {
        case 0x2212, 0xB1, 0xD7: return 584
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 1000
        default: return 556
        }
    }

    /// Advance widths of ASCII from the space on, in thousandths of the font size.
    private static let asciiWidths = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]
}
