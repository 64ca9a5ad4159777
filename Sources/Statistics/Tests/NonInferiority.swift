/// Whether paired scores of a candidate are not worse than a baseline's by more than a margin.
///
/// `differences` are candidate minus baseline, one a seed. The t rule asks that the one-sided lower bound of their mean
/// lies above `-margin`; the companion flips the signs of `difference + margin` and asks for a p-value of at most
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

    /// The test on at least two differences, nil for fewer.
    ///
    /// - Parameter bits: 64 random bits a call, from which the flips of more than twenty differences are drawn, as they are
    ///   too many to enumerate; without it the test of so many is nil.
    package init?(
        differences: [Double], margin: Double, significance: Double = 0.05, bits: (() -> UInt64)? = nil
    ) {
        guard let mean = mean(of: differences), let deviation = standardDeviation(of: differences),
            let share = SignFlips.pValueAbove(differences.map { $0 + margin }, bits: bits)
        else { return nil }
        let count = Double(differences.count)
        let quantile = studentQuantile(1 - significance, degrees: count - 1)
        meanDifference = mean
        lowerBound = mean - quantile * deviation / count.squareRoot()
        signFlipPValue = share
        isNonInferior = lowerBound > -margin && signFlipPValue <= significance
    }
}
