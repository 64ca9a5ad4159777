/// The mean of independent groups' means, each group counting once whatever its size, with its normal interval.
///
/// The variance is the sum of the groups' own, `s^2 / n`, over the square of their number; with many values in each of
/// several groups the mean is near normal, whatever the values are. The interval is over the values drawn, the groups being
/// fixed (Cochran 1977, Sampling Techniques, section 5.3, with equal weights).
package struct StratifiedMean: Sendable, Hashable {
    /// The mean of the groups' means.
    package let value: Double
    /// Its standard error.
    package let standardError: Double

    /// The mean of groups of at least two values each; nil without groups, or with a smaller one.
    package init?(groups: [[Double]]) {
        var total = 0.0
        var variance = 0.0
        for group in groups {
            guard let center = mean(of: group), let deviation = standardDeviation(of: group) else {
                return nil
            }
            total += center
            variance += deviation * deviation / Double(group.count)
        }
        guard !groups.isEmpty else { return nil }
        value = total / Double(groups.count)
        standardError = variance.squareRoot() / Double(groups.count)
    }

    /// The two-sided normal interval.
    package func interval(confidence: Double = 0.95) -> Interval {
        let half = standardNormalQuantile((1 + confidence) / 2) * standardError
        return Interval(lower: value - half, upper: value + half, coverage: confidence)
    }
}
