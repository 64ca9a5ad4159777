/// A JSON value, written as Python's `json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)` does.
enum NotebookJSON {
    case object([String: NotebookJSON])
    case array([NotebookJSON])
    case text(String)
    case integer(Int)

    /// Text as notebooks hold it: a list of lines, each but the last with its end.
    static func lines(_ text: String) -> NotebookJSON {
        var lines: [String] = []
        var line = ""
        for scalar in text.unicodeScalars {
            line.unicodeScalars.append(scalar)
            if scalar == "\n" {
                lines.append(line)
                line = ""
            }
        }
        return .array((line.isEmpty ? lines : lines + [line]).map(NotebookJSON.text))
    }

    /// The value, the lines after the first indented by `depth` spaces.
    func rendered(depth: Int = 0) -> String {
        switch self {
        case .object(let fields):
            let parts = fields.sorted {
                $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
            }
            .map { "\(Self.quoted($0.key)): \($0.value.rendered(depth: depth + 1))" }
            return Self.block(parts, open: "{", close: "}", depth: depth)
        case .array(let values):
            return Self.block(
                values.map { $0.rendered(depth: depth + 1) }, open: "[", close: "]", depth: depth)
        case .text(let text): return Self.quoted(text)
        case .integer(let integer): return String(integer)
        }
    }

    private static func block(_ parts: [String], open: String, close: String, depth: Int) -> String {
        guard !parts.isEmpty else { return open + close }
        let indent = String(repeating: " ", count: depth)
        return open + "\n" + parts.map { indent + " " + $0 }.joined(separator: ",\n") + "\n" + indent + close
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
