import Glibc

/// The number of successes in `trials` independent draws that each succeed with `probability`.
package struct BinomialDistribution: Sendable {
    /// Draws, at least 0.
    package let trials: Int
    /// The chance of success of one draw, in 0...1.
    package let probability: Double

    /// A distribution from its two parameters.
    package init(trials: Int, probability: Double) {
        self.trials = trials
        self.probability = probability
    }

    /// P(X = count).
    package func mass(at count: Int) -> Double {
        guard count >= 0, count <= trials else { return 0 }
        if probability <= 0 { return count == 0 ? 1 : 0 }
        if probability >= 1 { return count == trials ? 1 : 0 }
        let n = Double(trials)
        let k = Double(count)
        let ways = logarithmOfGamma(n + 1) - logarithmOfGamma(k + 1) - logarithmOfGamma(n - k + 1)
        return exp(ways + k * log(probability) + (n - k) * log1p(-probability))
    }

    /// P(X <= count), through the incomplete beta function.
    package func cumulative(through count: Int) -> Double {
        if count < 0 { return 0 }
        if count >= trials { return 1 }
        return regularizedIncompleteBeta(1 - probability, a: Double(trials - count), b: Double(count) + 1)
    }
}
