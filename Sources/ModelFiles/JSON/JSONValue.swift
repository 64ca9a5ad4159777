/// A JSON value, with integers apart from other numbers.
enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// What sort of value it is, for errors.
    var sort: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .integer(let value): "the integer \(value)"
        case .number(let value): "the number \(value)"
        case .string(let value): "the string \"\(String(value.unicodeScalars.prefix(60)))\""
        case .array(let values): "an array of \(values.count)"
        case .object(let members): "an object of \(members.count)"
        }
    }
}

/// A JSON object from a file, whose fields are asked for by name and type.
struct JSONFields {
    let file: String
    /// Where the object is in the file, with a dot at the end; empty for the whole.
    var prefix = ""
    let members: [String: JSONValue]

    /// Larger documents are no configurations, vocabularies or headers; in memory they take many times their size.
    static let maximumBytes = 256 << 20

    /// The same for settings and indices of weights, a hundred times the largest that are published.
    static let maximumSettingsBytes = 16 << 20

    /// Parses a file whose whole content is one object.
    ///
    /// - Parameter limit: Bytes that a file of its kind may have.
    init(
        file: String, content: UnsafeRawBufferPointer, atMost limit: Int = Self.maximumBytes
    ) throws(ModelFileError) {
        self.file = file
        guard content.count <= limit else {
            throw .damaged(
                file, nil, "has \(content.count) bytes, more than the \(limit) of any such file")
        }
        var parser = JSONParser(content, file: file)
        let value = try parser.document()
        guard case .object(let members) = value else {
            throw .damaged(file, nil, "an object was expected, \(value.sort) was found")
        }
        self.members = members
    }

    /// Parses a file whose whole content is one object.
    init(_ file: FileBytes, atMost limit: Int = Self.maximumBytes) throws(ModelFileError) {
        self = try file.withBytes { (bytes) throws(ModelFileError) in
            try JSONFields(file: file.name, content: bytes, atMost: limit)
        }
    }

    init(file: String, prefix: String, members: [String: JSONValue]) {
        self.file = file
        self.prefix = prefix
        self.members = members
    }

    /// An error at a field.
    func error(_ kind: ModelFileError.Kind, _ field: String, _ problem: String, advice: String)
        -> ModelFileError
    {
        ModelFileError(kind, file: file, place: "field \(prefix)\(field)", problem, advice: advice)
    }

    private func mistyped(_ field: String, _ value: JSONValue?, _ expected: String) -> ModelFileError {
        let problem =
            value.map { "\(expected) was expected, \($0.sort) was found" }
            ?? "is missing; \(expected) was expected"
        return error(
            .damaged, field, problem, advice: "compare with the model's published \(lastComponent(file))")
    }

    /// The field's value, or nil when it is absent or null.
    subscript(field: String) -> JSONValue? {
        members[field].flatMap { $0 == .null ? nil : $0 }
    }

    /// A whole number of at least 1.
    func positive(_ field: String) throws(ModelFileError) -> Int {
        guard case .integer(let value)? = self[field], value > 0, value < 1 << 40 else {
            throw mistyped(field, self[field], "a positive integer")
        }
        return value
    }

    /// Any number.
    func number(_ field: String) throws(ModelFileError) -> Double {
        switch self[field] {
        case .integer(let value)?: return Double(value)
        case .number(let value)?: return value
        case let other: throw mistyped(field, other, "a number")
        }
    }

    /// A text.
    func text(_ field: String) throws(ModelFileError) -> String {
        guard case .string(let value)? = self[field] else {
            throw mistyped(field, self[field], "a string")
        }
        return value
    }

    /// True or false; `fallback` when the field is absent, and an error when there is no fallback either.
    func flag(_ field: String, orIfAbsent fallback: Bool? = nil) throws(ModelFileError) -> Bool {
        if let fallback, self[field] == nil { return fallback }
        guard case .bool(let value)? = self[field] else {
            throw mistyped(field, self[field], "true or false")
        }
        return value
    }

    /// An array.
    func array(_ field: String) throws(ModelFileError) -> [JSONValue] {
        guard case .array(let value)? = self[field] else {
            throw mistyped(field, self[field], "an array")
        }
        return value
    }

    /// An object inside this one.
    func object(_ field: String) throws(ModelFileError) -> JSONFields {
        guard case .object(let value)? = self[field] else {
            throw mistyped(field, self[field], "an object")
        }
        return JSONFields(file: file, prefix: prefix + field + ".", members: value)
    }
}

/// What stands after a path's last slash.
func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
