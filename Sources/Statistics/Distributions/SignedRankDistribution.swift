/// Wilcoxon's signed-rank statistic W+ of `count` differences without ties or zeros, under the null hypothesis.
///
/// Up to ``largestExactCount`` differences P(W+ = x) follows from the exact recursion
/// `c_r(x) = c_{r-1}(x) + c_{r-1}(x - r)`, halved at each rank so that it stays a probability. Its time grows as the cube
/// of the count, so more differences take Edgeworth's expansion of the normal distribution with the statistic's own
/// kurtosis, whose skewness is 0; where the two meet they differ by less than 3e-7.
package struct SignedRankDistribution: Sendable {
    /// The most differences whose distribution is computed exactly.
    package static let largestExactCount = 500

    /// Differences, at least 0.
    package let count: Int
    private let form: Form

    private enum Form: Sendable {
        /// P(W+ = x) for each x from 0.
        case exact(masses: [Double])
        case expansion(EdgeworthExpansion)
    }

    /// The distribution for a number of differences; exact where its cube is affordable, unless told otherwise.
    package init(count: Int, isExact: Bool? = nil) {
        self.count = count
        form =
            isExact ?? (count <= Self.largestExactCount)
            ? .exact(masses: Self.masses(count: count)) : .expansion(Self.expansion(count: count))
    }

    /// P(W+ <= sum).
    package func cumulative(through sum: Int) -> Double {
        guard sum >= 0 else { return 0 }
        switch form {
        case .exact(let masses): return masses.prefix(sum + 1).reduce(0, +)
        // Half a unit further, since the sum takes whole numbers only.
        case .expansion(let expansion): return expansion.cumulative(Double(sum) + 0.5)
        }
    }

    /// The largest k with P(W+ <= k) <= `tail`, or nil when even P(W+ = 0) is above it.
    package func largestSum(withTailAtMost tail: Double) -> Int? {
        switch form {
        case .exact(let masses):
            var total = 0.0
            let below = masses.prefix { mass in
                total += mass
                return total <= tail
            }
            return below.isEmpty ? nil : below.count - 1
        case .expansion:
            guard cumulative(through: 0) <= tail else { return nil }
            var (held, failed) = (0, count * (count + 1) / 2 + 1)
            while failed - held > 1 {
                let middle = (held + failed) / 2
                if cumulative(through: middle) <= tail { held = middle } else { failed = middle }
            }
            return held
        }
    }

    private static func masses(count: Int) -> [Double] {
        let largestSum = count * (count + 1) / 2
        var masses = [Double](repeating: 0, count: largestSum + 1)
        masses[0] = 1
        for rank in stride(from: 1, through: count, by: 1) {
            // From the largest sum that this rank can give downwards, so that what is read is still the previous rank's.
            for sum in stride(from: rank * (rank + 1) / 2, through: rank, by: -1) {
                masses[sum] = masses[sum] / 2 + masses[sum - rank] / 2
            }
            for sum in 0..<rank { masses[sum] /= 2 }
        }
        return masses
    }

    /// W+ is a sum of ranks r, each there with a chance of one half: mean r/2, variance r^2/4, fourth cumulant -r^4/8.
    private static func expansion(count: Int) -> EdgeworthExpansion {
        let n = Double(count)
        let squares = n * (n + 1) * (2 * n + 1) / 6
        let fourthPowers = squares * (3 * n * n + 3 * n - 1) / 5
        return EdgeworthExpansion(
            mean: n * (n + 1) / 4, variance: squares / 4, fourthCumulant: -fourthPowers / 8)
    }
}
