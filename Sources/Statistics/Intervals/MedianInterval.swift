/// The exact interval for the median behind independent values, from two of their order statistics.
///
/// It is `[x_(k), x_(n+1-k)]` with the largest k for which `2 P(Bin(n, 1/2) <= k - 1) <= 1 - confidence`, so it holds
/// for any continuous distribution; its coverage is `1 - 2 P(Bin(n, 1/2) <= k - 1)`. Nil when even the smallest and
/// largest value do not reach the confidence: 95 % needs at least 6 values.
package func exactMedianInterval(of values: [Double], confidence: Double = 0.95) -> Interval? {
    let halves = BinomialDistribution(trials: values.count, probability: 0.5)
    var rank = 0
    while rank < values.count / 2, 2 * halves.cumulative(through: rank) <= 1 - confidence { rank += 1 }
    guard rank > 0 else { return nil }
    let sorted = values.sorted()
    return Interval(
        lower: sorted[rank - 1], upper: sorted[sorted.count - rank],
        coverage: 1 - 2 * halves.cumulative(through: rank - 1))
}
