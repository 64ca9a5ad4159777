import Foundation

extension EntryText {
    /// The members of the entry's one JSON object in the order of the file, which a decoder does not keep.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a document over ``JSONBudget/document``, text that is no JSON object, a
    ///   value that is not as it must be, or a name that is there twice.
    func jsonMembers<Value: Decodable>(
        _ type: Value.Type
    ) throws(TaskError) -> [(name: String, value: Value)] {
        try requireDecodableDocument()
        var scanner = JSONObjectScanner(bytes)
        let decoder = JSONDecoder()
        guard let places = scanner.members() else {
            // The decoder says what is wrong with the text.
            _ = try jsonDocument([String: Value].self)
            throw badRecord(line: nil, found: "text that is not valid JSON", expected: "valid JSON")
        }
        var seen: Set<String> = []
        var members: [(name: String, value: Value)] = []
        for place in places {
            let name = try decode(String.self, from: Data(bytes[place.name]), with: decoder, line: nil)
            guard seen.insert(name).inserted else {
                throw badRecord(
                    line: nil, field: name, found: "a name for the second time", expected: "each name once")
            }
            let value = try decode(
                type, from: Data(bytes[place.value]), with: decoder, line: nil, under: name)
            members.append((name, value))
        }
        return members
    }
}

/// Finds where the members of a JSON object stand; whether they are valid is the decoder's to say.
private struct JSONObjectScanner {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The bytes of each member's name, in its quotation marks, and of its value; nil for what is no object.
    mutating func members() -> [(name: Range<Int>, value: Range<Int>)]? {
        var members: [(name: Range<Int>, value: Range<Int>)] = []
        guard take("{") else { return nil }
        if take("}") { return isAtEnd ? members : nil }
        while true {
            guard let name = string(), take(":"), let value = value() else { return nil }
            members.append((name, value))
            if take("}") { return isAtEnd ? members : nil }
            guard take(",") else { return nil }
        }
    }

    private var isAtEnd: Bool { bytes[position...].allSatisfy(Self.isWhiteSpace) }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.endIndex, Self.isWhiteSpace(bytes[position]) { position += 1 }
    }

    /// Goes past the next character if it is the wanted one.
    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: wanted) else { return false }
        position += 1
        return true
    }

    /// Goes past a string, where one begins.
    private mutating func string() -> Range<Int>? {
        skipWhiteSpace()
        let start = position
        guard take("\"") else { return nil }
        while position < bytes.endIndex {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "\""):
                position += 1
                return start..<position
            default: position += 1
            }
        }
        return nil
    }

    /// Goes past a value of any kind: up to the comma or bracket outside it.
    private mutating func value() -> Range<Int>? {
        skipWhiteSpace()
        let start = position
        var depth = 0
        while position < bytes.endIndex {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}") where depth == 0, UInt8(ascii: ",") where depth == 0:
                return start..<position
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
            default:
                position += 1
            }
        }
        return nil
    }
}
