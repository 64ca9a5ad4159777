/// A metadata value of a GGUF file.
enum GGUFValue: Sendable, Hashable {
    case integer(Int)
    /// An unsigned value beyond `Int`.
    case large(UInt64)
    case number(Double)
    case bool(Bool)
    case string(String)
    case strings([String])
    case integers([Int])
    case numbers([Double])
    case bools([Bool])
    /// Arrays of arrays are stepped over; their count is kept.
    case nested(Int)

    /// The most elements of all arrays of a header together.
    ///
    /// Several times those of the largest published vocabularies, which have three arrays of a quarter of a million tokens
    /// and one of twice as many merges. In memory each takes up to sixteen times the byte that it may have in the file.
    static let maximumElements = 1 << 22

    /// What sort of value it is, for errors.
    var sort: String {
        switch self {
        case .integer(let value): "the integer \(value)"
        case .large(let value): "the integer \(value)"
        case .number(let value): "the number \(value)"
        case .bool(let value): String(value)
        case .string(let value): "the string \"\(String(value.unicodeScalars.prefix(60)))\""
        case .strings(let values): "an array of \(values.count) strings"
        case .integers(let values): "an array of \(values.count) integers"
        case .numbers(let values): "an array of \(values.count) numbers"
        case .bools(let values): "an array of \(values.count) truth values"
        case .nested(let count): "an array of \(count) arrays"
        }
    }

    /// The types of the format, by number.
    enum Form: UInt32 {
        case uint8, int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

        /// The fewest bytes that one value takes.
        var minimumBytes: Int {
            switch self {
            case .uint8, .int8, .bool: 1
            case .uint16, .int16: 2
            case .uint32, .int32, .float32: 4
            case .uint64, .int64, .float64, .string: 8
            case .array: 12
            }
        }
    }
}

extension ByteCursor {
    /// The next metadata value with its type in front.
    ///
    /// - Parameter elementsLeft: How many elements its arrays may have; those that they have are taken off.
    mutating func ggufValue(_ key: String, elementsLeft: inout Int) throws(ModelFileError) -> GGUFValue {
        let form = try ggufForm(key)
        return form == .array
            ? try ggufArray(key, depth: 0, elementsLeft: &elementsLeft) : try ggufScalar(form, key)
    }

    private mutating func ggufForm(_ key: String) throws(ModelFileError) -> GGUFValue.Form {
        let start = offset
        let number = try integer(UInt32.self, "the type of \(key)")
        guard let form = GGUFValue.Form(rawValue: number) else {
            throw .damaged(file, "byte \(start)", "the type of \(key) is \(number), which is none")
        }
        return form
    }

    private mutating func ggufScalar(_ form: GGUFValue.Form, _ key: String) throws(ModelFileError)
        -> GGUFValue
    {
        switch form {
        case .uint8: return .integer(Int(try integer(UInt8.self, key)))
        case .int8: return .integer(Int(try integer(Int8.self, key)))
        case .uint16: return .integer(Int(try integer(UInt16.self, key)))
        case .int16: return .integer(Int(try integer(Int16.self, key)))
        case .uint32: return .integer(Int(try integer(UInt32.self, key)))
        case .int32: return .integer(Int(try integer(Int32.self, key)))
        case .int64: return .integer(Int(try integer(Int64.self, key)))
        case .uint64:
            let value = try integer(UInt64.self, key)
            return Int(exactly: value).map(GGUFValue.integer) ?? .large(value)
        case .float32: return .number(Double(Float(bitPattern: try integer(UInt32.self, key))))
        case .float64: return .number(Double(bitPattern: try integer(UInt64.self, key)))
        case .bool: return .bool(try integer(UInt8.self, key) != 0)
        case .string: return .string(try ggufString(key))
        case .array: throw .damaged(file, "byte \(offset)", "\(key) holds an array in place of a value")
        }
    }

    /// The next text with its 64-bit length in front.
    mutating func ggufString(_ what: String) throws(ModelFileError) -> String {
        try text(try count(atMost: max(remaining - 8, 0), "the length of \(what)"), what)
    }

    private mutating func ggufArray(
        _ key: String, depth: Int, elementsLeft: inout Int
    ) throws(ModelFileError) -> GGUFValue {
        guard depth < 4 else { throw .damaged(file, "byte \(offset)", "\(key) nests arrays too deeply") }
        let form = try ggufForm(key)
        // No count may promise more elements than the rest of the file could hold, or than any vocabulary has.
        let most = min(max(remaining - 8, 0) / form.minimumBytes, elementsLeft)
        let count = try count(atMost: most, "the length of \(key)")
        elementsLeft -= count
        switch form {
        case .string:
            var values: [String] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try ggufString(key)) }
            return .strings(values)
        case .array:
            for _ in 0..<count {
                _ = try ggufArray(key, depth: depth + 1, elementsLeft: &elementsLeft)
            }
            return .nested(count)
        default:
            return try ggufNumbers(form, count, key)
        }
    }

    private mutating func ggufNumbers(
        _ form: GGUFValue.Form, _ count: Int, _ key: String
    ) throws(ModelFileError) -> GGUFValue {
        var integers: [Int] = []
        var numbers: [Double] = []
        var bools: [Bool] = []
        for _ in 0..<count {
            switch try ggufScalar(form, key) {
            case .integer(let value): integers.append(value)
            case .number(let value): numbers.append(value)
            case .bool(let value): bools.append(value)
            case let other: throw .damaged(file, "byte \(offset)", "\(key) holds \(other.sort)")
            }
        }
        switch form {
        case .float32, .float64: return .numbers(numbers)
        case .bool: return .bools(bools)
        default: return .integers(integers)
        }
    }
}
