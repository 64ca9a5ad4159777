import Foundation

extension EntryText {
    /// One record a line, each a JSON object.
    ///
    /// - Parameters:
    ///   - type: The fields that are needed; others are passed over.
    ///   - check: Checks values beyond their types; returns a field, what was found and what was expected when one
    ///     is wrong.
    func jsonLines<Record: Decodable>(
        _ type: Record.Type, check: (Record) -> RecordFault? = { _ in nil }
    ) throws(TaskError) -> [Record] {
        let decoder = JSONDecoder()
        var records: [Record] = []
        for (number, text) in try lines() {
            let record = try decode(type, from: Data(text.utf8), with: decoder, line: number)
            if let fault = check(record) {
                throw badRecord(
                    line: number, field: fault.field, found: fault.found, expected: fault.expected)
            }
            records.append(record)
        }
        return records
    }

    /// The whole entry as one JSON document.
    func jsonDocument<Document: Decodable>(_ type: Document.Type) throws(TaskError) -> Document {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            // Only to say where: the first line that is not UTF-8.
            _ = try lines()
            throw badRecord(line: nil, found: "bytes that are not UTF-8", expected: "UTF-8 text")
        }
        return try decode(type, from: Data(bytes), with: JSONDecoder(), line: nil)
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data, with decoder: JSONDecoder, line: Int?
    ) throws(TaskError) -> Value {
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            let fault = RecordFault(error)
            throw badRecord(line: line, field: fault.field, found: fault.found, expected: fault.expected)
        } catch {
            throw badRecord(line: line, found: "\(error)", expected: "valid JSON")
        }
    }
}

/// What is wrong with a record, and in which field.
struct RecordFault {
    var field: String?
    var found: String
    var expected: String

    init(field: String?, found: String, expected: String) {
        self.field = field
        self.found = found
        self.expected = expected
    }

    /// A decoder's error in the words of this room.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(
                field: Self.path(context.codingPath + [key]), found: "no such field", expected: "the field")
        case .valueNotFound(let type, let context):
            self.init(field: Self.path(context.codingPath), found: "null", expected: Self.name(of: type))
        case .typeMismatch(let type, let context):
            self.init(
                field: Self.path(context.codingPath), found: Self.foundType(in: context.debugDescription),
                expected: Self.name(of: type))
        case .dataCorrupted(let context):
            self.init(
                field: Self.path(context.codingPath),
                found: context.codingPath.isEmpty ? "text that is not valid JSON" : context.debugDescription,
                expected: context.codingPath.isEmpty ? "valid JSON" : "another value")
        @unknown default:
            self.init(field: nil, found: "\(error)", expected: "valid JSON")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String? {
        guard !keys.isEmpty else { return nil }
        return keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }

    private static func name(of type: Any.Type) -> String {
        if type == String.self { return "a string" }
        if type == Bool.self { return "true or false" }
        if type == Int.self { return "an integer" }
        let name = "\(type)"
        if name.hasPrefix("Array") { return "a list" }
        if name.hasPrefix("Dictionary") { return "an object" }
        return "a value of type \(name)"
    }

    /// The type in a message such as "Expected to decode Bool but found number instead.", or vaguer words.
    private static func foundType(in description: String) -> String {
        guard let start = description.range(of: "found "),
            let end = description.range(of: " instead", range: start.upperBound..<description.endIndex)
        else { return "another type" }
        let words = description[start.upperBound..<end.lowerBound]
        return words.hasPrefix("a ") || words.hasPrefix("an ") || words == "null"
            ? String(words) : "a \(words)"
    }
}
