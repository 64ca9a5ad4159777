/// Text as XML 1.0 holds it, in elements and in quoted attributes.
package enum XMLText {
    /// The text with its markup characters as entities; characters that XML 1.0 does not allow become spaces.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "\n"
            default:
                let isAllowed =
                    scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                    && scalar.value & 0xFFFE != 0xFFFE
                result.unicodeScalars.append(isAllowed ? scalar : " ")
            }
        }
        return result
    }
}
