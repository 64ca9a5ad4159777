import Foundation
import GRDB

/// Values that are stored as JSON text, with sorted keys so that equal values are equal texts.
enum StoredJSON {
    /// The text of a value.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The value of a text.
    ///
    /// - Parameter place: Where the text stands, as "row 3 of the table 'cell'".
    /// - Throws: `DatabaseError` that says the file is damaged, with the place and what is wrong there.
    static func value<Value: Decodable>(
        _ text: String, as type: Value.Type, in place: String
    ) throws(DatabaseError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message: "\(place) holds JSON that cannot be read: \(words(error))")
        }
    }

    /// What is wrong with a text and where in it, without what the text says.
    private static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is no value of its kind" }
        let (what, context): (String, DecodingError.Context)
        switch error {
        case .keyNotFound(let key, let found): (what, context) = ("'\(key.stringValue)' is missing", found)
        case .valueNotFound(_, let found): (what, context) = ("a value is missing", found)
        case .typeMismatch(_, let found): (what, context) = ("a value is of another kind", found)
        case .dataCorrupted(let found): (what, context) = ("it is not valid", found)
        @unknown default: return "it is no value of its kind"
        }
        let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return path.isEmpty ? what : "\(what) in \(path.joined(separator: "."))"
    }
}
