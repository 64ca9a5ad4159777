/// Stripping, finding and replacing as Python's strings do it, scalar by scalar; Swift's characters would join a
/// space with a mark, and take texts for equal where only their normal forms are.
extension String {
    /// Whether the other text stands somewhere in this one.
    func holds(_ other: String) -> Bool { unicodeScalars.contains(other.unicodeScalars) }

    /// The text with another in every place of a third, from the left.
    func replacingScalars(_ wanted: String, with replacement: String) -> String {
        String(unicodeScalars.replacing(wanted.unicodeScalars, with: replacement.unicodeScalars))
    }

    /// Without leading and trailing white space.
    package var strippedOfWhiteSpace: String { stripped(leading: true, trailing: true, of: \.isPythonSpace) }

    /// Without leading white space.
    var strippedOfLeadingWhiteSpace: String { stripped(leading: true, trailing: false, of: \.isPythonSpace) }

    /// Without trailing white space.
    var strippedOfTrailingWhiteSpace: String { stripped(leading: false, trailing: true, of: \.isPythonSpace) }

    /// Without leading and trailing plain spaces; newlines and tabs stay.
    var strippedOfPlainSpaces: String { stripped(leading: true, trailing: true) { $0 == " " } }

    /// Without trailing plain spaces.
    var strippedOfTrailingPlainSpaces: String { stripped(leading: false, trailing: true) { $0 == " " } }

    private func stripped(
        leading: Bool, trailing: Bool, of isOuter: (Unicode.Scalar) -> Bool
    ) -> String {
        var rest = unicodeScalars[...]
        if leading { rest = rest.drop(while: isOuter) }
        if trailing { while let last = rest.last, isOuter(last) { rest.removeLast() } }
        return String(rest)
    }
}

extension Unicode.Scalar {
    /// What Python's `str.isspace` and `str.split` take for white space: White_Space and four separators.
    var isPythonSpace: Bool {
        (0x1C...0x1F).contains(value) || properties.isWhitespace
    }
}
