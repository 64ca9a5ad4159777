import Foundation

/// One mark of an axis with what is written at it.
package struct AxisTick: Sendable, Hashable {
    /// Where it stands.
    package let value: Double
    /// What is written at it.
    package let label: String
}

/// Round values to mark an axis with.
package enum AxisTicks {
    /// Multiples of 1, 2, 2.5 or 5 times a power of ten inside a range, about `count` of them and at least one interval
    /// apart; all with the same decimals.
    ///
    /// - Parameters:
    ///   - lower: The lower end, finite and below `upper`.
    ///   - count: About how many, at least 1.
    package static func linear(lower: Double, upper: Double, count: Int) -> [AxisTick] {
        guard lower.isFinite, upper.isFinite, lower < upper else { return [] }
        let size = (upper - lower) / Double(max(1, count))
        // Ends too far apart or too close together for a Double have no round step between them.
        guard size.isNormal else { return [] }
        let (step, decimals) = roundStep(atLeast: size)
        guard step > 0, step.isFinite else { return [] }
        // A rounding error must not lose the tick that lies on an end.
        let slack = 1e-9
        let first = (lower / step - slack).rounded(.up)
        let last = (upper / step + slack).rounded(.down)
        guard last >= first, last - first < 1000 else { return [] }
        return (0...Int(last - first)).map { offset in
            let value = (first + Double(offset)) * step
            return AxisTick(value: value, label: label(value, decimals: decimals))
        }
    }

    /// Powers of two inside a range; only every second or fourth and so on when there would be more than `count`.
    package static func binary(lower: Double, upper: Double, count: Int) -> [AxisTick] {
        guard lower > 0, upper.isFinite, lower <= upper else { return [] }
        let slack = 1e-9
        let first = Int((log2(lower) - slack).rounded(.up))
        let last = Int((log2(upper) + slack).rounded(.down))
        guard last >= first else { return [] }
        var stride = 1
        while (last - first) / stride + 1 > max(1, count) { stride *= 2 }
        return Swift.stride(from: first, through: last, by: stride).map { exponent in
            let value = exp2(Double(exponent))
            return AxisTick(value: value, label: label(value, decimals: max(0, -exponent)))
        }
    }

    /// The smallest round step that is at least as large, with the decimals that its multiples need.
    private static func roundStep(atLeast size: Double) -> (step: Double, decimals: Int) {
        let exponent = Int(log10(size).rounded(.down))
        let magnitude = pow(10, Double(exponent))
        let factors = [(1.0, 0), (2, 0), (2.5, 1), (5, 0), (10, -1)]
        let ratio = size / magnitude * (1 - 1e-12)
        let (factor, extra) = factors.first { $0.0 >= ratio } ?? (10, -1)
        return (factor * magnitude, max(0, extra - exponent))
    }

    /// A number with commas between thousands from 10,000 on.
    private static func label(_ value: Double, decimals: Int) -> String {
        // Minus zero reads as a mistake.
        let text = String(format: "%.\(decimals)f", value == 0 ? 0 : abs(value))
        let sign = value < 0 ? "\u{2212}" : ""
        let whole = text.prefix { $0 != "." }
        guard whole.count > 4 else { return sign + text }
        let grouped = whole.enumerated().map { index, digit in
            let rest = whole.count - index
            return (index > 0 && rest.isMultiple(of: 3) ? "," : "") + String(digit)
        }
        return sign + grouped.joined() + text.dropFirst(whole.count)
    }
}
