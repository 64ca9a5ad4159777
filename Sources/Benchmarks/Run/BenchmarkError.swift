/// A benchmark was asked for something that cannot be measured.
package enum BenchmarkError: Error, CustomStringConvertible {
    /// No model of that name has a known shape.
    case unknownModel(name: String, known: [String], nearest: String?)
    /// The file of a batch cannot be read.
    case unreadableBatch(path: String, reason: String)
    /// The file of a batch is not the JSON that was expected.
    case malformedBatch(path: String, error: any Error)
    /// A value in the file of a batch is out of its range.
    case badBatchValue(path: String, place: String, found: String, expected: String)
    /// A batch is longer than the model's positions.
    case tooManyTokens(model: String, tokens: Int, most: Int)

    package var description: String {
        switch self {
        case .unknownModel(let name, let known, let nearest):
            "no shape is known for model '\(name)'; "
                + (nearest.map { "did you mean '\($0)'? Known: " } ?? "known: ")
                + known.joined(separator: ", ")
        case .unreadableBatch(let path, let reason):
            "cannot read the batch \(path): \(reason); name a readable file with --batch"
        case .malformedBatch(let path, let error):
            "\(path): \(Self.reason(error)); a batch is {\"examples\": [{\"gold\": 0, \"options\": "
                + "[{\"tokens\": [2, 5, 9], \"scored\": 1}]}]}"
        case .badBatchValue(let path, let place, let found, let expected):
            "\(path): \(place) is \(found), expected \(expected)"
        case .tooManyTokens(let model, let tokens, let most):
            "\(tokens) tokens are too many for \(model), which has \(most) positions; give fewer"
        }
    }

    private static func reason(_ error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.reduce("") { text, key in
                key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? "" : text + ".") + key.stringValue
            }
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            return "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(place(context.codingPath)) has another type than expected"
        default:
            return "this is not JSON of the expected form"
        }
    }
}
