/// Text from strangers' files as it may stand in a message on a terminal.
extension String {
    /// The text on one line, of bounded length, and without anything that acts on a terminal.
    ///
    /// Control characters, line separators and marks that change the direction of writing are written as
    /// `\u{..}`. Of more than 2,500 scalars, so written, the middle is left out, so that the beginning, which names the
    /// place, and the end, which says what to do, are kept.
    package var printable: String {
        guard unicodeScalars.contains(where: \.actsOnTerminal) || utf8.count > Self.mostScalars else {
            return self
        }
        // Counted as written out, since a control character takes several.
        let beginning = unicodeScalars.prefix(Self.mostScalars).map(\.writtenOut)
        if beginning.count == unicodeScalars.count,
            beginning.reduce(0, { $0 + $1.unicodeScalars.count }) <= Self.mostScalars
        {
            return beginning.joined()
        }
        let end = unicodeScalars.suffix(Self.scalarsOfEnd).reversed().map(\.writtenOut)
        return Self.first(beginning, within: Self.mostScalars - Self.scalarsOfEnd).joined() + " [...] "
            + Self.first(end, within: Self.scalarsOfEnd).reversed().joined()
    }

    private static let mostScalars = 2500
    private static let scalarsOfEnd = 500

    /// As many of the first pieces as have so many scalars together.
    private static func first(_ pieces: [String], within scalars: Int) -> ArraySlice<String> {
        var left = scalars
        return pieces.prefix { piece in
            left -= piece.unicodeScalars.count
            return left >= 0
        }
    }
}

extension Unicode.Scalar {
    /// The scalar, or its number where a terminal would obey it.
    fileprivate var writtenOut: String {
        actsOnTerminal ? "\\u{" + String(value, radix: 16) + "}" : String(self)
    }

    /// Whether a terminal obeys it instead of showing it.
    var actsOnTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7f..<0xa0: true
        case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
