/// Wilcoxon's signed-rank statistic W+ of `count` differences without ties or zeros, under the null hypothesis.
///
/// P(W+ = x) follows from the exact recursion `c_r(x) = c_{r-1}(x) + c_{r-1}(x - r)`, halved at each rank so that it
/// stays a probability.
package struct SignedRankDistribution: Sendable {
    /// Differences, at least 0.
    package let count: Int
    private let masses: [Double]

    /// The distribution for a number of differences; memory and time grow as its cube.
    package init(count: Int) {
        self.count = count
        var masses = [1.0]
        for rank in stride(from: 1, through: count, by: 1) {
            var next = [Double](repeating: 0, count: masses.count + rank)
            for (sum, mass) in masses.enumerated() {
                next[sum] += mass / 2
                next[sum + rank] += mass / 2
            }
            masses = next
        }
        self.masses = masses
    }

    /// P(W+ <= sum).
    package func cumulative(through sum: Int) -> Double {
        sum < 0 ? 0 : masses.prefix(sum + 1).reduce(0, +)
    }

    /// The largest k with P(W+ <= k) <= `tail`, or nil when even P(W+ = 0) is above it.
    package func largestSum(withTailAtMost tail: Double) -> Int? {
        var total = 0.0
        var largest: Int?
        for (sum, mass) in masses.enumerated() {
            total += mass
            guard total <= tail else { break }
            largest = sum
        }
        return largest
    }
}
