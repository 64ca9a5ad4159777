/// What a character is to the pre-tokenizer's pattern: `\p{L}`, `\p{N}`, `\s` or none of them.
package enum ScalarClass: UInt8, Sendable {
    /// `\p{L}`.
    case letter
    /// `\p{N}`.
    case number
    /// `\s`, which is White_Space.
    case whiteSpace
    /// `[^\s\p{L}\p{N}]`.
    case other
}

/// Classes of Unicode scalars as the reference implementations see them, whatever the Unicode version of this
/// program's standard library.
///
/// Letters and numbers are those of Unicode 16, the version of the pattern engine in Hugging Face `tokenizers`
/// 0.23; digits that are cut out one by one are those of Unicode 17, the version of its `char::is_numeric`. A
/// character that was assigned later is `other`, which is what an older table makes of it.
package enum UnicodeClasses {
    /// The class of a scalar in the pattern.
    package static func patternClass(of scalar: Unicode.Scalar) -> ScalarClass {
        scalar.isASCII ? asciiClasses[Int(scalar.value)] : lookedUpClass(of: scalar, assignedBy: 16)
    }

    /// Whether a scalar is a digit or other numeric character that is cut out by itself.
    package static func isIsolatedDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return asciiClasses[Int(scalar.value)] == .number }
        return lookedUpClass(of: scalar, assignedBy: 17) == .number
    }

    private static let asciiClasses: [ScalarClass] = (UInt8(0)..<128).map {
        lookedUpClass(of: Unicode.Scalar($0), assignedBy: 16)
    }

    private static func lookedUpClass(of scalar: Unicode.Scalar, assignedBy version: Int) -> ScalarClass {
        let properties = scalar.properties
        let scalarClass: ScalarClass
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            scalarClass = .letter
        case .decimalNumber, .letterNumber, .otherNumber:
            scalarClass = .number
        default:
            return properties.isWhitespace ? .whiteSpace : .other
        }
        guard let age = properties.age, age.major <= version else { return .other }
        return scalarClass
    }
}
