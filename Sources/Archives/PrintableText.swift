/// Text from strangers' files as it may stand in a message on a terminal.
extension String {
    /// The text on one line, of bounded length, and without anything that acts on a terminal.
    ///
    /// Control characters, line separators and marks that change the direction of writing are written as
    /// `\u{..}`. Of more than 2,500 scalars the middle is left out, so that the beginning, which names the place,
    /// and the end, which says what to do, are kept.
    package var printable: String {
        guard unicodeScalars.contains(where: \.actsOnTerminal) || utf8.count > Self.mostScalars else {
            return self
        }
        let scalars = Array(unicodeScalars)
        guard scalars.count > Self.mostScalars else { return Self.escaped(scalars[...]) }
        return Self.escaped(scalars.prefix(Self.mostScalars - 500)) + " [...] "
            + Self.escaped(scalars.suffix(500))
    }

    private static let mostScalars = 2500

    private static func escaped(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        for scalar in scalars {
            if scalar.actsOnTerminal {
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether a terminal obeys it instead of showing it.
    var actsOnTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7f..<0xa0: true
        case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
