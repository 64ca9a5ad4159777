/// How much room text takes at most: each character is as wide as in Helvetica, whose widths Arial and Liberation Sans
/// share, or in DejaVu Sans, which viewers without these take, whichever is wider.
package enum TextMeasure {
    /// The width of a line of text in the units of `size`.
    ///
    /// - Parameter size: The font size.
    package static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        let thousandths = text.unicodeScalars.reduce(0) { $0 + width(of: $1, bold: bold) }
        return Double(thousandths) / 1000 * size
    }

    /// The text broken between words into lines of at most `limit`; a longer word stays whole.
    package static func wrapped(
        _ text: String, limit: Double, size: Double, bold: Bool = false
    ) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            let joined = line.isEmpty ? word : line + " " + word
            if line.isEmpty || width(joined, size: size, bold: bold) <= limit {
                line = joined
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private static func width(of scalar: Unicode.Scalar, bold: Bool) -> Int {
        if scalar.isASCII {
            let index = Int(scalar.value) - 32
            let widths = bold ? boldWidths : plainWidths
            return widths.indices.contains(index) ? widths[index] : 0
        }
        return switch scalar.value {
        case 0x2212, 0xB1, 0xD7: 838
        // The dash and the dots of tables, and scripts whose letters fill a square.
        case 0x2014, 0x2026, 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            1000
        default: bold ? 750 : 690
        }
    }

    /// Advance widths of ASCII from the space on, in thousandths of the font size.
    private static let plainWidths = [
        318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337,
        637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 556,
        1015, 685, 687, 722, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788,
        667, 788, 722, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 556,
        500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612,
        635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
    ]

    /// The same of bold text; Helvetica's is about 6% wider than plain.
    private static let boldWidths = [
        349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366,
        696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 590,
        1077, 774, 763, 766, 831, 708, 684, 825, 837, 373, 530, 775, 638, 996, 837, 851,
        733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 590,
        500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688,
        716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
    ]
}
