import ModelFiles

/// A JSON value whose object keys keep their order, so that files look like the official ones.
enum OrderedJSON {
    case object([(key: String, value: OrderedJSON)])
    case array([OrderedJSON])
    case text(String)
    case integer(Int)
    case number(String)
    case boolean(Bool)
    case null

    /// The value on one line with a space after each comma and colon, beyond ASCII escaped.
    var text: String {
        switch self {
        case .object(let fields):
            "{" + fields.map { Self.quoted($0.key) + ": " + $0.value.text }.joined(separator: ", ") + "}"
        case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .text(let text): Self.quoted(text)
        case .integer(let integer): String(integer)
        case .number(let literal): literal
        case .boolean(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }

    /// An object with one field a line; the fields' values stay on their lines.
    static func lines(_ fields: [(key: String, value: OrderedJSON)]) -> String {
        "{\n" + fields.map { "  " + quoted($0.key) + ": " + $0.value.text }.joined(separator: ",\n") + "\n}\n"
    }

    private static func quoted(_ text: String) -> String {
        ASCIIJSONString.quoted(text, newline: .short)
    }
}
