/// Plain text as Markdown sets it, in CommonMark and in GitHub's dialect.
///
/// It works on Unicode scalars, as readers of Markdown do: a combining mark beside a character does not hide it. Characters
/// get a backslash only where they would have an effect, so that usual words stay as they are.
enum MarkdownText {
    /// Where a text stands, which decides what its characters can do.
    enum Place {
        /// A paragraph or an item of a list: its first characters could begin another block.
        case block
        /// Inside a line that is something already, such as a heading.
        case line
        /// A cell of a table.
        case cell
    }

    /// The text with the characters that Markdown would read as markup made plain.
    static func escaped(_ text: String, in place: Place) -> String {
        let line = DisplayText.singleLine(text).unicodeScalars
        // Spaces at its beginning would only hide a marker, or make the text code.
        let scalars = place == .block ? Array(line.drop(while: { $0 == " " })) : Array(line)
        let marker = place == .block ? blockMarker(in: scalars) : nil
        var result = ""
        for index in scalars.indices {
            if index == marker || acts(scalars, at: index, in: place) {
                result.unicodeScalars.append("\\")
            }
            result.unicodeScalars.append(scalars[index])
        }
        return result
    }

    /// Whether Markdown could read the character as markup.
    private static func acts(_ scalars: [Unicode.Scalar], at index: Int, in place: Place) -> Bool {
        let before: Unicode.Scalar? = index > 0 ? scalars[index - 1] : nil
        let after: Unicode.Scalar? = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalars[index] {
        case "\\", "`", "*", "<": return true
        case "|": return place == .cell
        // Inside a word an underscore is a letter like others.
        case "_": return !(isOfWord(before) && isOfWord(after))
        // What is struck out ends with a tilde after something; without such an end the beginning is a plain tilde.
        case "~": return after == "~" || !(before?.properties.isWhitespace ?? true)
        // Without an end of its text there is no link, image or definition.
        case "]": return after == "(" || after == "[" || after == ":"
        case "!": return after == "["
        case "&": return isEntity(scalars[(index + 1)...])
        default: return false
        }
    }

    /// The place of the character that makes the beginning of a text a quotation, heading, rule, list or task.
    private static func blockMarker(in scalars: [Unicode.Scalar]) -> Int? {
        func ends(at index: Int) -> Bool { index >= scalars.count || scalars[index] == " " }
        switch scalars.first {
        case ">": return 0
        case "#": return ends(at: scalars.prefix(while: { $0 == "#" }).count) ? 0 : nil
        case "+": return ends(at: 1) ? 0 : nil
        case "-": return ends(at: 1) || scalars[1] == "-" ? 0 : nil
        case "[": return isTask(scalars) ? 0 : nil
        default: break
        }
        let digits = scalars.prefix(while: { isASCIIDigit($0) }).count
        guard digits > 0, digits < scalars.count, ends(at: digits + 1) else { return nil }
        return scalars[digits] == "." || scalars[digits] == ")" ? digits : nil
    }

    /// Whether it begins with the box of a task, ticked or not.
    private static func isTask(_ scalars: [Unicode.Scalar]) -> Bool {
        guard scalars.count > 2, scalars[2] == "]" else { return false }
        return scalars[1] == " " || scalars[1] == "x" || scalars[1] == "X"
    }

    /// Whether what follows an ampersand makes it an entity, such as `amp;` or `#33;`.
    private static func isEntity(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let name = rest.first == "#" ? rest.dropFirst() : rest
        let length = name.prefix(while: { isASCIIDigit($0) || isASCIILetter($0) }).count
        return length > 0 && name.dropFirst(length).first == ";"
    }

    private static func isASCIIDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value)
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
    }

    /// Whether it is a letter or digit of any script.
    private static func isOfWord(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar?.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
