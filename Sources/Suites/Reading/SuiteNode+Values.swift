import Foundation
import Yams

extension SuiteNode {
    /// A text that is not empty.
    func text() throws(SuiteError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty, !isNull(scalar) else {
            throw error("'\(name)' must be a text, but it is \(kind)")
        }
        return scalar.string
    }

    /// A text without line breaks.
    func line() throws(SuiteError) -> String {
        let value = try text()
        guard !value.contains(where: \.isNewline) else {
            throw error("'\(name)' must be one line")
        }
        return value
    }

    /// One of `known`.
    func word(among known: [String], what: String) throws(SuiteError) -> String {
        let value = try text()
        guard known.contains(value) else {
            throw error("unknown \(what) '\(value)'", advice: NearestName.advice(for: value, among: known))
        }
        return value
    }

    /// One of the named values of a type.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type, what: String
    ) throws(SuiteError) -> Choice where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let name = try word(among: names, what: what)
        guard let value = Choice(rawValue: name) else {
            throw error("unknown \(what) '\(name)'", advice: NearestName.advice(for: name, among: names))
        }
        return value
    }

    /// The named values of a list, or one of them.
    func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
        _ type: Choice.Type, what: String
    ) throws(SuiteError) -> [Choice] where Choice.RawValue == String {
        try oneOrMore().distinct { (value) throws(SuiteError) in try value.choice(type, what: what) }
    }

    /// `true` or `false`, spelt so.
    func boolean() throws(SuiteError) -> Bool {
        switch try plain(expected: "true or false") {
        case "true": return true
        case "false": return false
        default: throw error("'\(name)' must be true or false, but it is \(kind)")
        }
    }

    /// A whole number in decimal digits, within `range`.
    func integer<Value: FixedWidthInteger>(in range: ClosedRange<Value>) throws(SuiteError) -> Value {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let text = try plain(expected: expected)
        // YAML 1.1 reads 010 as eight; a number with leading zeros is refused instead of guessed at.
        let isDecimal = text.allSatisfy { $0.isASCII && $0.isNumber } && (text == "0" || !text.hasPrefix("0"))
        guard isDecimal, let value = Value(text), range.contains(value) else {
            throw error("'\(name)' must be \(expected), but it is \(kind)")
        }
        return value
    }

    /// A decimal number above `lower` (or from it, when `includingLower`) up to `upper`.
    func number(from lower: Double, includingLower: Bool, to upper: Double) throws(SuiteError) -> Double {
        let expected =
            "a number \(includingLower ? "from" : "above") \(lower) \(includingLower ? "to" : "up to") \(upper)"
        let text = try plain(expected: expected)
        let isDecimal = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
        guard isDecimal, let value = Double(text), value <= upper,
            includingLower ? value >= lower : value > lower
        else {
            throw error("'\(name)' must be \(expected), but it is \(kind)")
        }
        return value
    }

    /// An unquoted scalar's spelling.
    private func plain(expected: String) throws(SuiteError) -> String {
        guard case .scalar(let scalar) = node else {
            throw error("'\(name)' must be \(expected), but it is \(kind)")
        }
        guard scalar.style == .plain || scalar.style == .any else {
            throw error(
                "'\(name)' must be \(expected), but it is the quoted text \(kind)",
                advice: "remove the quotes")
        }
        return scalar.string
    }

    private func isNull(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["~", "null", "Null", "NULL"].contains(scalar.string)
    }
}

extension Array where Element == SuiteNode {
    /// The values that `read` gives, none of them twice.
    func distinct<Value: Hashable>(
        _ read: (SuiteNode) throws(SuiteError) -> Value
    ) throws(SuiteError) -> [Value] {
        var values: [Value] = []
        for place in self {
            let value = try read(place)
            guard !values.contains(value) else {
                throw place.error("'\(place.name)' lists \(place.kind) twice", advice: "remove one of them")
            }
            values.append(value)
        }
        return values
    }
}
