/// Wilcoxon's exact signed-rank test that differences are centred at 0.
///
/// The null distribution flips the sign of each difference, so it is exact for tied sizes too, which share their mean
/// rank. Differences of exactly 0 say nothing and are left out, as Wilcoxon did.
package struct SignedRankTest: Sendable, Hashable {
    /// The chance of ranks at least as positive as these when the centre is 0 or below.
    package let pValueAbove: Double
    /// The chance of ranks at least as negative as these when the centre is 0 or above.
    package let pValueBelow: Double
    /// Differences other than 0.
    package let count: Int

    /// The two-sided p-value: twice the smaller one, at most 1.
    package var pValue: Double { min(1, 2 * min(pValueAbove, pValueBelow)) }

    /// The test; with no difference other than 0 all p-values are 1.
    package init(differences: [Double]) {
        let present = differences.filter { $0 != 0 }
        // Mean ranks are multiples of one half, so twice the rank is a whole number to sum exactly.
        let doubledRanks = ranks(of: present.map(abs)).map { Int((2 * $0).rounded()) }
        let observed = zip(present, doubledRanks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let masses = Self.masses(doubledRanks: doubledRanks)
        count = present.count
        pValueAbove = min(1, masses[observed...].reduce(0, +))
        pValueBelow = min(1, masses[...observed].reduce(0, +))
    }

    /// P(sum of the ranks with a positive sign = x) over all sign flips.
    private static func masses(doubledRanks: [Int]) -> [Double] {
        var masses = [1.0]
        for rank in doubledRanks {
            var next = [Double](repeating: 0, count: masses.count + rank)
            for (sum, mass) in masses.enumerated() where mass > 0 {
                next[sum] += mass / 2
                next[sum + rank] += mass / 2
            }
            masses = next
        }
        return masses
    }
}
