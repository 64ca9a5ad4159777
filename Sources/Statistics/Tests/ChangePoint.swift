import Glibc

/// Where a series most likely changed its level, by Pettitt's rank test (1979).
///
/// With `U_t = 2 (sum of the ranks of the first t values) - t (n + 1)`, the change lies after the t with the largest
/// `|U_t|`, and the two-sided p-value is about `2 exp(-6 U^2 / (n^3 + n^2))`, good up to 0.5. No random draws, so that
/// the same series gives the same answer.
package struct ChangePoint: Sendable, Hashable {
    /// How many values lie before the change, in `1..<n`.
    package let position: Int
    /// The approximate two-sided p-value, at most 1.
    package let pValue: Double
    /// The median after the change minus the median before it.
    package let shift: Double

    /// The likeliest change of a series of at least two values, nil for fewer.
    package init?(series: [Double]) {
        guard series.count > 1 else { return nil }
        let count = Double(series.count)
        let ranks = Statistics.ranks(of: series)
        var sum = 0.0
        var best = (position: 1, size: -1.0)
        for position in 1..<series.count {
            sum += ranks[position - 1]
            let size = abs(2 * sum - Double(position) * (count + 1))
            if size > best.size { best = (position, size) }
        }
        guard let before = median(of: Array(series.prefix(best.position))),
            let after = median(of: Array(series.dropFirst(best.position)))
        else { return nil }
        position = best.position
        pValue = min(1, 2 * exp(-6 * best.size * best.size / (count * count * count + count * count)))
        shift = after - before
    }
}
