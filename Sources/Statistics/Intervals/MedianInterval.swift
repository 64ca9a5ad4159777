/// The exact interval for the median behind independent values, from two of their order statistics.
///
/// It is `[x_(k), x_(n+1-k)]` with the largest k for which `2 P(Bin(n, 1/2) <= k - 1) <= 1 - confidence`, so it holds
/// for any continuous distribution; its coverage is `1 - 2 P(Bin(n, 1/2) <= k - 1)`. Nil when even the smallest and
/// largest value do not reach the confidence: 95 % needs at least 6 values.
package func exactMedianInterval(of values: [Double], confidence: Double = 0.95) -> Interval? {
    guard let rank = medianRank(count: values.count, confidence: confidence) else { return nil }
    let sorted = values.sorted()
    return Interval(
        lower: sorted[rank - 1], upper: sorted[sorted.count - rank],
        coverage: medianCoverage(rank: rank, count: values.count))
}

/// The probability with which ``exactMedianInterval(of:confidence:)`` of so many values covers the median; nil where they
/// are too few for it.
package func exactMedianCoverage(count: Int, confidence: Double = 0.95) -> Double? {
    medianRank(count: count, confidence: confidence).map { medianCoverage(rank: $0, count: count) }
}

/// The largest rank k of the lower end, from 1; nil where none reaches the confidence.
private func medianRank(count: Int, confidence: Double) -> Int? {
    let halves = BinomialDistribution(trials: count, probability: 0.5)
    var rank = 0
    while rank < count / 2, 2 * halves.cumulative(through: rank) <= 1 - confidence { rank += 1 }
    return rank > 0 ? rank : nil
}

private func medianCoverage(rank: Int, count: Int) -> Double {
    1 - 2 * BinomialDistribution(trials: count, probability: 0.5).cumulative(through: rank - 1)
}
