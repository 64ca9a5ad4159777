/// Text as a terminal or a fixed-width table shows it.
enum DisplayText {
    /// The text with control characters and line ends made harmless, so that a failure's message cannot break a table.
    static func singleLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result.append(" ")
            case .format, .surrogate, .privateUse: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// How many columns of a terminal the text takes: two for East Asian wide characters and emoji, none for marks.
    static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    /// How wide a column may be and still have its other cells filled up; one endless message among thousands of rows must
    /// not make them all as long.
    static let mostPadding = 240

    /// The text filled with spaces up to a width, or to ``mostPadding``.
    static func padded(_ text: String, to width: Int, alignment: Table.Alignment) -> String {
        let filling = String(repeating: " ", count: max(0, min(width, mostPadding) - self.width(text)))
        return alignment == .leading ? text + filling : filling + text
    }

    /// The text broken between words into lines of at most `width` columns; longer words are broken inside.
    static func wrapped(_ text: String, width: Int) -> [String] {
        let limit = max(1, width)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            let joined = line.isEmpty ? word : line + " " + word
            if self.width(joined) <= limit {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            var pieces = broken(word, width: limit)
            line = pieces.removeLast()
            lines += pieces
        }
        return lines + [line]
    }

    /// The width of the longest word, which a column should not be narrower than.
    static func longestWordWidth(_ text: String) -> Int {
        text.split(separator: " ").map { width(String($0)) }.max() ?? 0
    }

    /// A word in pieces of at most `width` columns; at least one piece.
    private static func broken(_ word: String, width: Int) -> [String] {
        var pieces = [""]
        var used = 0
        for character in word {
            let own = self.width(of: character)
            if !pieces[pieces.count - 1].isEmpty, used + own > width {
                pieces.append(String(character))
                used = own
            } else {
                pieces[pieces.count - 1].append(character)
                used += own
            }
        }
        return pieces
    }

    private static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The main blocks of Unicode's East Asian Width classes W and F.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}
