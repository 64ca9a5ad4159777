import Foundation
import Statistics

/// Numbers as reports write them: the same digits for the same value, whatever the locale.
package enum Figures {
    /// What stands where there is no value.
    package static let none = "–"

    /// A number with a fixed count of decimals.
    package static func fixed(_ value: Double?, decimals: Int) -> String {
        guard let value, value.isFinite else { return none }
        return String(format: "%.\(decimals)f", value)
    }

    /// A share in 0...1 as a percentage without its sign.
    package static func percent(_ share: Double?, decimals: Int = 1) -> String {
        fixed(share.map { 100 * $0 }, decimals: decimals)
    }

    /// A difference of shares in percentage points, with its sign.
    package static func points(_ difference: Double?) -> String {
        guard let difference, difference.isFinite else { return none }
        return String(format: "%+.1f", 100 * difference)
    }

    /// Both ends of an interval, such as `1.17 to 1.19`, each by `figure`.
    static func ends(_ interval: Interval?, by figure: (Double?) -> String) -> String? {
        interval.map { "\(figure($0.lower)) to \(figure($0.upper))" }
    }

    /// Nanoseconds as milliseconds, with about four digits.
    package static func milliseconds(_ nanoseconds: Double?) -> String {
        guard let nanoseconds else { return none }
        let value = nanoseconds / 1e6
        return fixed(value, decimals: value < 1 ? 4 : value < 10 ? 3 : value < 100 ? 2 : 1)
    }

    /// A ratio of times; three decimals below 10, where the second says too little.
    package static func ratio(_ value: Double?) -> String {
        guard let value else { return none }
        return value.isInfinite ? "unbounded" : fixed(value, decimals: value < 10 ? 3 : 2)
    }

    /// A loss.
    package static func loss(_ value: Double?) -> String {
        fixed(value, decimals: 4)
    }

    /// A learning rate or perturbation scale in its shortest form, such as `0.01`, `1e-4` or `2.5e-5`.
    package static func setting(_ value: Double?) -> String {
        guard let value else { return none }
        let text = "\(value)"
        guard text.hasPrefix("0.00") else { return withShortExponent(text) }
        // Swift writes 0.0001 in full and 0.00001 with an exponent; one form is easier to compare.
        let zeros = text.dropFirst(2).prefix { $0 == "0" }.count
        let digits = text.dropFirst(2 + zeros)
        let fraction = digits.dropFirst().isEmpty ? "" : "." + digits.dropFirst()
        return "\(digits.prefix(1))\(fraction)e-\(zeros + 1)"
    }

    /// An exponent without leading zeros.
    private static func withShortExponent(_ text: String) -> String {
        text.replacing("e-0", with: "e-").replacing("e+0", with: "e+")
    }

    /// A small quantity in scientific form.
    package static func scientific(_ value: Double?) -> String {
        guard let value, value.isFinite else { return none }
        return value == 0 ? "0" : withShortExponent(String(format: "%.2e", value))
    }

    /// Bytes as mebibytes.
    package static func mebibytes(_ bytes: Int64?) -> String {
        fixed(bytes.map { Double($0) / 1_048_576 }, decimals: 1)
    }

    /// A median of bytes, which may lie between two counts, as mebibytes.
    package static func mebibytes(ofMedian bytes: Double?) -> String {
        fixed(bytes.map { $0 / 1_048_576 }, decimals: 1)
    }

    /// A p-value with three decimals, or `<0.001`.
    package static func pValue(_ value: Double) -> String {
        value < 0.001 ? "<0.001" : String(format: "%.3f", value)
    }

    /// Counted things with their noun, such as `1 round` or `12 rounds`.
    ///
    /// - Parameter plural: The plural where it is not made by an s.
    package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// A phrase as the beginning of a sentence.
    package static func sentence(_ phrase: String) -> String {
        phrase.prefix(1).uppercased() + phrase.dropFirst()
    }

    /// Phrases as one: `a`, `a and b`, `a, b and c`.
    package static func joined(_ phrases: [String]) -> String {
        guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "" }
        return phrases.dropLast().joined(separator: ", ") + " and " + last
    }
}
