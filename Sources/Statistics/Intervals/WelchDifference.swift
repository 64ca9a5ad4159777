/// The difference of the means behind two independent groups of values whose spreads may differ, second minus first, by
/// Welch's (1947) t with Satterthwaite's degrees of freedom.
///
/// Of logarithms it is the logarithm of a ratio of geometric means. Estimate, interval and p-value belong together: the
/// interval leaves out exactly the shifts that the p-value rejects.
package struct WelchDifference: Sendable, Hashable {
    /// The second mean minus the first.
    package let estimate: Double
    private let standardError: Double
    /// Infinite where nothing varies.
    private let degrees: Double

    /// The difference of two groups of at least two values each, nil for fewer.
    package init?(_ first: [Double], _ second: [Double]) {
        guard let firstMean = mean(of: first), let secondMean = mean(of: second),
            let firstDeviation = standardDeviation(of: first),
            let secondDeviation = standardDeviation(of: second)
        else { return nil }
        let firstVariance = firstDeviation * firstDeviation / Double(first.count)
        let secondVariance = secondDeviation * secondDeviation / Double(second.count)
        let variance = firstVariance + secondVariance
        estimate = secondMean - firstMean
        standardError = variance.squareRoot()
        degrees =
            variance > 0
            ? variance * variance
                / (firstVariance * firstVariance / Double(first.count - 1)
                    + secondVariance * secondVariance / Double(second.count - 1)) : .infinity
    }

    /// The two-sided interval; a point where nothing varies.
    package func interval(confidence: Double = 0.95) -> Interval {
        let half =
            standardError > 0
            ? studentQuantile((1 + confidence) / 2, degrees: degrees) * standardError : 0
        return Interval(lower: estimate - half, upper: estimate + half, coverage: confidence)
    }

    /// The two-sided p-value that the difference is `shift`; 1 or 0 where nothing varies.
    package func pValue(against shift: Double = 0) -> Double {
        let distance = abs(estimate - shift)
        guard standardError > 0 else { return distance == 0 ? 1 : 0 }
        return 2 * studentCumulative(-distance / standardError, degrees: degrees)
    }
}
