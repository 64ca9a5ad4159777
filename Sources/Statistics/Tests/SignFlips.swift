/// The share of sign flips of some values whose mean is at least as large as that of the values as they are.
///
/// With values symmetric about 0 or below it is a p-value, exact where all flips are enumerated; where they are drawn, the
/// values themselves count as one of the draws, so that it is never 0 and never too small on average (Phipson and Smyth
/// 2010).
enum SignFlips {
    /// Up to so many values all flips are enumerated.
    static let mostEnumerated = 20
    /// Flips drawn where there are more.
    static let drawCount = 20_000

    /// The share; nil for more values than are enumerated without `bits` to draw flips from.
    ///
    /// - Parameter bits: 64 random bits a call.
    static func pValueAbove(_ values: [Double], bits: (() -> UInt64)? = nil) -> Double? {
        let observed = values.reduce(0, +)
        // Flipped sums are formed in another order than the observed one, so equal sums may differ in a last bit.
        let least = observed - 1e-12 * values.reduce(0) { $0 + abs($1) }
        guard values.count > mostEnumerated else {
            let flips = 1 << values.count
            let reaching = (0..<flips).count { sum(values, signs: [UInt64($0)]) >= least }
            return Double(reaching) / Double(flips)
        }
        guard let bits else { return nil }
        let words = (values.count + 63) / 64
        let reaching = (0..<drawCount).count { _ in
            sum(values, signs: (0..<words).map { _ in bits() }) >= least
        }
        return Double(reaching + 1) / Double(drawCount + 1)
    }

    /// The sum with the sign of each value whose bit is set turned round.
    private static func sum(_ values: [Double], signs: [UInt64]) -> Double {
        var sum = 0.0
        for (index, value) in values.enumerated() {
            sum += signs[index / 64] >> UInt64(index % 64) & 1 == 0 ? value : -value
        }
        return sum
    }
}

/// The sign-flip p-value that values are centred at 0 or above: small when they lie below.
///
/// - Returns: Nil without values, and for more than twenty of them without `bits`.
package func signFlipPValueBelow(_ values: [Double], bits: (() -> UInt64)? = nil) -> Double? {
    values.isEmpty ? nil : SignFlips.pValueAbove(values.map { -$0 }, bits: bits)
}
