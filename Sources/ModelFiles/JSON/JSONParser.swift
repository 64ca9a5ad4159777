/// A strict parser of JSON (RFC 8259) that refuses doubled names and says where it stopped.
///
/// Foundation's parser lets doubled names pass and blurs integers, other numbers and truth values; headers
/// and vocabularies need all of these kept apart.
struct JSONParser {
    private static let maximumDepth = 64
    /// Values of a text: several times those of the largest published tokenizers.
    ///
    /// Each takes some fifty bytes, a nested one more than twice as many, whatever it takes in the text.
    private static let maximumValues = 4_000_000

    private let bytes: UnsafeRawBufferPointer
    private let file: String
    private var offset = 0
    private var valueCount = 0

    init(_ bytes: UnsafeRawBufferPointer, file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The one value that the whole text holds.
    mutating func document() throws(ModelFileError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw error("the text goes on after its end") }
        return value
    }

    private func error(_ problem: String) -> ModelFileError {
        let line = 1 + bytes[..<min(offset, bytes.count)].count { $0 == UInt8(ascii: "\n") }
        return .damaged(file, "line \(line), byte \(offset)", "not valid JSON: \(problem)")
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func expect(_ character: Character, _ whatFor: String) throws(ModelFileError) {
        guard next == character.asciiValue else {
            throw error("\"\(character)\" was expected \(whatFor)")
        }
        offset += 1
    }

    private mutating func value(depth: Int) throws(ModelFileError) -> JSONValue {
        valueCount += 1
        guard valueCount <= Self.maximumValues else {
            throw error("more than \(Self.maximumValues) values")
        }
        guard depth < Self.maximumDepth else { throw error("more than \(Self.maximumDepth) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("the text breaks off")
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(ModelFileError) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw error("\(word) was expected") }
        offset += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(ModelFileError) -> [String: JSONValue] {
        offset += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if next == UInt8(ascii: "}") {
            offset += 1
            return members
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name in quotes was expected") }
            let name = try string()
            skipSpace()
            try expect(":", "after the name \"\(String(name.unicodeScalars.prefix(60)))\"")
            let member = try value(depth: depth + 1)
            guard members.updateValue(member, forKey: name) == nil else {
                throw error("the name \"\(String(name.unicodeScalars.prefix(60)))\" stands twice")
            }
            skipSpace()
            if next == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            try expect("}", "after a value")
            return members
        }
    }

    private mutating func array(depth: Int) throws(ModelFileError) -> [JSONValue] {
        offset += 1
        var values: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            offset += 1
            return values
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            if next == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            try expect("]", "after a value")
            return values
        }
    }

    private static func mayBeInNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func number() throws(ModelFileError) -> JSONValue {
        let start = offset
        while let byte = next, Self.mayBeInNumber(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let digits = text.drop(while: { $0 == "-" })
        let hasLeadingZero = digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
        let fraction = digits.drop(while: { $0 != "." }).dropFirst().first
        guard let first = digits.first, first.isNumber, !hasLeadingZero, text.last?.isNumber == true,
            fraction?.isNumber ?? true
        else {
            offset = start
            throw error(
                text.isEmpty
                    ? "a value was expected"
                    : "\(String(text.unicodeScalars.prefix(40))) is no number")
        }
        if let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            offset = start
            throw error("\(String(text.unicodeScalars.prefix(40))) is no number")
        }
        return .number(number)
    }

    private mutating func string() throws(ModelFileError) -> String {
        offset += 1
        var text: [UInt8] = []
        while true {
            guard let byte = next else { throw error("a string breaks off") }
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw error("a string is not UTF-8")
                }
                return valid
            case UInt8(ascii: "\\"):
                offset += 1
                text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20:
                throw error("a string holds a control character")
            default:
                text.append(byte)
                offset += 1
            }
        }
    }

    private mutating func escape() throws(ModelFileError) -> Unicode.Scalar {
        guard let byte = next else { throw error("a string breaks off") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw error("an unknown escape")
        }
    }

    private mutating func escapedScalar() throws(ModelFileError) -> Unicode.Scalar {
        var code = UInt32(try codeUnit())
        if code & 0xfc00 == 0xd800 {
            guard bytes[offset...].starts(with: "\\u".utf8) else { throw error("half a surrogate pair") }
            offset += 2
            let low = UInt32(try codeUnit())
            guard low & 0xfc00 == 0xdc00 else { throw error("half a surrogate pair") }
            code = 0x10000 + (code & 0x3ff) << 10 + (low & 0x3ff)
        }
        guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
        return scalar
    }

    private mutating func codeUnit() throws(ModelFileError) -> UInt16 {
        let digits = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
        guard digits.count == 4, digits.allSatisfy(\.isHexDigit), let code = UInt16(digits, radix: 16) else {
            throw error("four hexadecimal digits were expected")
        }
        offset += 4
        return code
    }
}
