import Foundation

extension EntryText {
    /// The records of JSON lines, one object each, as the items that they become.
    ///
    /// - Parameters:
    ///   - type: The fields that are needed; others are passed over.
    ///   - items: Checks a record's values beyond their types and takes it apart.
    func jsonLines<Record: Decodable, Item>(
        _ type: Record.Type, items: (Record) throws(RecordFault) -> [Item]
    ) throws(TaskError) -> [Item] {
        let decoder = JSONDecoder()
        var result: [Item] = []
        try forEachLine { (number, text) throws(TaskError) in
            let record = try decode(type, from: Data(text.utf8), with: decoder, line: number)
            do throws(RecordFault) {
                result += try items(record)
            } catch {
                throw badRecord(error, line: number)
            }
        }
        guard !result.isEmpty else { throw .emptySplit(archive: archive, entry: entry) }
        return result
    }

    /// The whole entry as one JSON document.
    ///
    /// - Throws: ``TaskError/badRecord(_:)`` for a document over ``JSONBudget/document`` or not as it must be.
    func jsonDocument<Document: Decodable>(_ type: Document.Type) throws(TaskError) -> Document {
        try requireDecodableDocument()
        return try decode(type, from: Data(bytes), with: JSONDecoder(), line: nil)
    }

    /// One JSON value.
    ///
    /// - Parameter path: Where the value stands in its document, to go before a bad field's own path.
    func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data, with decoder: JSONDecoder, line: Int?, under path: String? = nil
    ) throws(TaskError) -> Value {
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            var fault = RecordFault(error)
            fault.field = [path, fault.field].compactMap(\.self).reduce(nil) { whole, part in
                guard let whole else { return part }
                return part.hasPrefix("[") ? whole + part : "\(whole).\(part)"
            }
            throw badRecord(fault, line: line)
        } catch {
            throw badRecord(line: line, found: "\(error)", expected: "valid JSON")
        }
    }

    private func badRecord(_ fault: RecordFault, line: Int?) -> TaskError {
        badRecord(line: line, field: fault.field, found: fault.found, expected: fault.expected)
    }
}

/// What is wrong with a record, and in which field.
struct RecordFault: Error {
    var field: String?
    var found: String
    var expected: String

    init(field: String?, found: String, expected: String) {
        self.field = field
        self.found = found
        self.expected = expected
    }

    /// The position of a field's value among those that it may have.
    static func position(
        of value: String, among known: [String], field: String
    ) throws(RecordFault) -> Int {
        guard let position = known.firstIndex(of: value) else {
            throw RecordFault(
                field: field, found: quoted(value),
                expected: known.map { "\"\($0)\"" }.joined(separator: " or "))
        }
        return position
    }

    /// A label that is the position of one of two options.
    static func binary(_ label: Int, field: String) throws(RecordFault) -> Int {
        guard (0...1).contains(label) else {
            throw RecordFault(field: field, found: "\(label)", expected: "0 or 1")
        }
        return label
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
