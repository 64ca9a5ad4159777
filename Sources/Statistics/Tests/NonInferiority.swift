/// Whether paired scores of a candidate are not worse than a baseline's by more than a margin.
///
/// `differences` are candidate minus baseline, one a seed. The t rule asks that the one-sided lower bound of their mean
/// lies above `-margin`; the companion enumerates all sign flips of `difference + margin` and asks for a p-value of at most
/// `significance`. Both must agree, otherwise the data does not decide.
package struct NonInferiority: Sendable, Hashable {
    /// The mean of the differences.
    package let meanDifference: Double
    /// The one-sided lower confidence bound of the mean (Student's t, assumes normality).
    package let lowerBound: Double
    /// The share of sign flips with a mean at least as large as the observed one.
    package let signFlipPValue: Double
    /// Whether both rules say that the candidate is not worse by more than the margin.
    package let isNonInferior: Bool

    /// The test on at least two and at most twenty differences, nil otherwise.
    package init?(differences: [Double], margin: Double, significance: Double = 0.05) {
        guard differences.count <= 20, let mean = mean(of: differences),
            let deviation = standardDeviation(of: differences)
        else { return nil }
        let count = Double(differences.count)
        let quantile = studentQuantile(1 - significance, degrees: count - 1)
        meanDifference = mean
        lowerBound = mean - quantile * deviation / count.squareRoot()
        signFlipPValue = Self.signFlipPValue(of: differences.map { $0 + margin })
        isNonInferior = lowerBound > -margin && signFlipPValue <= significance
    }

    private static func signFlipPValue(of values: [Double]) -> Double {
        let observed = values.reduce(0, +)
        // Flipped sums are formed in another order than the observed one, so equal sums may differ in a last bit.
        let slack = 1e-12 * values.reduce(0) { $0 + abs($1) }
        let flips = 1 << values.count
        var reaching = 0
        for signs in 0..<flips {
            var sum = 0.0
            for (index, value) in values.enumerated() { sum += signs >> index & 1 == 0 ? value : -value }
            if sum >= observed - slack { reaching += 1 }
        }
        return Double(reaching) / Double(flips)
    }
}
