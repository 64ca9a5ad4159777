/// A share of successes, such as an accuracy, with intervals for the chance behind it.
package struct BinomialProportion: Sendable, Hashable {
    /// Successes, in `0...trials`.
    package let successes: Int
    /// Draws, at least 1.
    package let trials: Int

    /// A proportion, or nil unless `0 <= successes <= trials` and `trials >= 1`.
    package init?(successes: Int, trials: Int) {
        guard trials >= 1, successes >= 0, successes <= trials else { return nil }
        self.successes = successes
        self.trials = trials
    }

    /// The observed share.
    package var estimate: Double {
        Double(successes) / Double(trials)
    }

    /// The exact interval of Clopper and Pearson (1934): covers with at least `confidence`, whatever the true chance.
    package func exactInterval(confidence: Double = 0.95) -> Interval {
        let tail = (1 - confidence) / 2
        let k = Double(successes)
        let n = Double(trials)
        let lower = successes == 0 ? 0 : inverseRegularizedIncompleteBeta(tail, a: k, b: n - k + 1)
        let upper = successes == trials ? 1 : inverseRegularizedIncompleteBeta(1 - tail, a: k + 1, b: n - k)
        return Interval(lower: lower, upper: upper, coverage: confidence)
    }

    /// The score interval of Wilson (1927), without continuity correction: covers with about `confidence`.
    package func scoreInterval(confidence: Double = 0.95) -> Interval {
        let z = standardNormalQuantile(1 - (1 - confidence) / 2)
        let n = Double(trials)
        let p = estimate
        let center = p + z * z / (2 * n)
        let halfWidth = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        // At the borders the two terms cancel to a rounding error; the formula's value there is exactly 0 or 1.
        let lower = successes == 0 ? 0 : (center - halfWidth) / scale
        let upper = successes == trials ? 1 : (center + halfWidth) / scale
        return Interval(lower: lower, upper: upper, coverage: confidence)
    }
}
