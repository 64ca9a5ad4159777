/// The Hodges-Lehmann estimate of the centre of paired differences, with the exact signed-rank interval.
///
/// With the sorted Walsh averages `w_1 <= ... <= w_M`, `M = n(n+1)/2`, of the differences, the estimate is their median
/// and the interval `[w_(k+1), w_(M-k)]`, where k is the largest integer with `P(W+ <= k) <= (1 - confidence) / 2`. It
/// assumes that the differences are independent and symmetric about their centre, nothing about their shape. Differences must
/// be finite. Beyond ``SignedRankDistribution/largestExactCount`` of them k comes from an expansion that is as good as exact.
package struct HodgesLehmann: Sendable, Hashable {
    /// The estimated centre.
    package let estimate: Double
    /// The exact interval, or nil when so few differences cannot give one of the confidence asked for.
    package let interval: Interval?
    /// The number of differences.
    package let count: Int

    /// The estimate from at least one difference, or nil from none.
    package init?(differences: [Double], confidence: Double = 0.95) {
        guard !differences.isEmpty else { return nil }
        let walshAverages = WalshAverages(of: differences)
        let distribution = SignedRankDistribution(count: differences.count)
        let tail = (1 - confidence) / 2
        count = differences.count
        estimate = walshAverages.median
        interval = distribution.largestSum(withTailAtMost: tail).map { k in
            Interval(
                lower: walshAverages.element(atRank: k),
                upper: walshAverages.element(atRank: walshAverages.count - 1 - k),
                coverage: 1 - 2 * distribution.cumulative(through: k))
        }
    }

    /// The fewest differences that give an interval of this confidence: 6 for 95 %, because 2/2^5 > 5 %.
    package static func smallestCount(confidence: Double = 0.95) -> Int {
        var count = 1
        var smallestTail = 0.5
        while smallestTail > (1 - confidence) / 2 {
            count += 1
            smallestTail /= 2
        }
        return count
    }

    /// The probability with which the interval of so many differences covers the centre; nil where they are too few for one.
    package static func exactCoverage(count: Int, confidence: Double = 0.95) -> Double? {
        let distribution = SignedRankDistribution(count: count)
        return distribution.largestSum(withTailAtMost: (1 - confidence) / 2)
            .map { 1 - 2 * distribution.cumulative(through: $0) }
    }
}
