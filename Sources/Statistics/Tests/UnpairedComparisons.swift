/// The interval of the difference of two independent shares, second minus first.
///
/// Newcombe's (1998) method 10, from the Wilson intervals of both. For shares on the same examples the paired interval is
/// shorter and the right one.
package func independentDifferenceInterval(
    _ first: BinomialProportion, _ second: BinomialProportion, confidence: Double = 0.95
) -> Interval {
    let difference = second.estimate - first.estimate
    let firstInterval = first.scoreInterval(confidence: confidence)
    let secondInterval = second.scoreInterval(confidence: confidence)
    func length(_ one: Double, _ other: Double) -> Double { (one * one + other * other).squareRoot() }
    return Interval(
        lower: difference
            - length(second.estimate - secondInterval.lower, firstInterval.upper - first.estimate),
        upper: difference
            + length(secondInterval.upper - second.estimate, first.estimate - firstInterval.lower),
        coverage: confidence)
}

/// The two-sided p-value that two independent shares are equal, from the pooled score test (no continuity correction).
package func independentDifferencePValue(_ first: BinomialProportion, _ second: BinomialProportion) -> Double
{
    let pooled =
        Double(first.successes + second.successes) / Double(first.trials + second.trials)
    let variance = pooled * (1 - pooled) * (1 / Double(first.trials) + 1 / Double(second.trials))
    guard variance > 0 else { return 1 }
    return 2 * standardNormalCumulative(-abs(second.estimate - first.estimate) / variance.squareRoot())
}
