/// Texts as JSON strings in ASCII alone: all else is escaped by the numbers of its UTF-16 units.
package enum ASCIIJSONString {
    /// How a line feed is written; readers take both.
    package enum Newline: String, Sendable {
        /// By its number, as every other control character.
        case numbered = "\\u000a"
        /// By its own escape, as Python's `json` writes it.
        case short = "\\n"
    }

    /// A text between quotation marks.
    package static func quoted(_ text: String, newline: Newline) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x0a: result += newline.rawValue
            case 0x22, 0x5c: result += "\\" + String(UnicodeScalar(UInt8(unit)))
            case 0x20..<0x7f: result += String(UnicodeScalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
