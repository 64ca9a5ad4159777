/// Metadata values by key and kind.
extension GGUFHeader {
    /// An error at a metadata key.
    func error(_ kind: ModelFileError.Kind, _ key: String, _ problem: String, advice: String)
        -> ModelFileError
    {
        ModelFileError(kind, file: file, place: "key \(key)", problem, advice: advice)
    }

    private func mistyped(_ key: String, _ expected: String) -> ModelFileError {
        error(
            .damaged, key,
            metadata[key].map { "\(expected) was expected, \($0.sort) was found" }
                ?? "is missing; \(expected) was expected",
            advice: "convert the model again with a current llama.cpp")
    }

    /// A positive whole number; `fallback` when the key is absent.
    func positive(_ key: String, orIfAbsent fallback: Int? = nil) throws(ModelFileError) -> Int {
        if let fallback, metadata[key] == nil { return fallback }
        guard case .integer(let value)? = metadata[key], value > 0 else {
            throw mistyped(key, "a positive integer")
        }
        return value
    }

    /// A number; `fallback` when the key is absent.
    func number(_ key: String, orIfAbsent fallback: Double? = nil) throws(ModelFileError) -> Double {
        if let fallback, metadata[key] == nil { return fallback }
        guard case .number(let value)? = metadata[key], value.isFinite else {
            throw mistyped(key, "a number")
        }
        return value
    }

    /// A text.
    func text(_ key: String) throws(ModelFileError) -> String {
        guard case .string(let value)? = metadata[key] else { throw mistyped(key, "a string") }
        return value
    }

    /// True or false; `fallback` when the key is absent.
    func flag(_ key: String, orIfAbsent fallback: Bool) throws(ModelFileError) -> Bool {
        guard let value = metadata[key] else { return fallback }
        guard case .bool(let flag) = value else { throw mistyped(key, "true or false") }
        return flag
    }

    /// An array of texts.
    func texts(_ key: String) throws(ModelFileError) -> [String] {
        guard case .strings(let values)? = metadata[key] else { throw mistyped(key, "an array of strings") }
        return values
    }

    /// An array of whole numbers.
    func integers(_ key: String) throws(ModelFileError) -> [Int] {
        guard case .integers(let values)? = metadata[key] else { throw mistyped(key, "an array of integers") }
        return values
    }
}
