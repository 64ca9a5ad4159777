/// The one-sided p-value that a candidate's share of right answers is below a baseline's by more than a margin, on the
/// same examples.
///
/// The null hypothesis is that it is not. The statistic is the distance of the difference from `-margin` in standard
/// errors, both in the form of Bonett and Price (2012), which is the test that belongs to ``pairedDifferenceInterval``.
///
/// - Parameters:
///   - count: Examples that both answered, at least 1.
///   - margin: In 0...1.
package func pairedInferiorityPValue(
    onlyBaselineRight: Int, onlyCandidateRight: Int, count: Int, margin: Double
) -> Double {
    let size = Double(count) + 2
    let lost = Double(onlyBaselineRight + 1) / size
    let gained = Double(onlyCandidateRight + 1) / size
    let difference = gained - lost
    let error = ((lost + gained - difference * difference) / size).squareRoot()
    return standardNormalCumulative((difference + margin) / error)
}
