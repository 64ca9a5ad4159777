import Glibc

/// How many pairs an answer needs, and what the pairs at hand can answer.
package enum SampleSize {
    /// The pairs with which an undecided interval would be short enough to lie inside the margin on both sides.
    ///
    /// An interval shortens with the square root of the number of pairs, so it is
    /// `ceil(count (width / margin)^2)`; never fewer than there are.
    ///
    /// - Parameters:
    ///   - count: Pairs at hand.
    ///   - width: Length of the interval that they gave.
    ///   - margin: Half the length of the region of equivalence, above 0, on the same scale (`ln(1 + margin)` for log
    ///     ratios).
    package static func pairsThatWouldDecide(count: Int, width: Double, margin: Double) -> Int? {
        let needed = (Double(count) * (width / margin) * (width / margin)).rounded(.up)
        guard margin > 0, needed.isFinite, needed < 1e9 else { return nil }
        return max(count, Int(needed))
    }

    /// The power of the paired one-sided t test of non-inferiority: its chance to conclude when the truth is `difference`.
    ///
    /// - Parameters:
    ///   - pairs: At least 2.
    ///   - deviation: Standard deviation of the paired differences, above 0.
    ///   - margin: How much worse is still not inferior.
    ///   - difference: The true mean difference, candidate minus baseline.
    package static func nonInferiorityPower(
        pairs: Int, deviation: Double, margin: Double, difference: Double = 0, significance: Double = 0.05
    ) -> Double {
        let degrees = Double(pairs - 1)
        let critical = studentQuantile(1 - significance, degrees: degrees)
        let noncentrality = (margin + difference) * Double(pairs).squareRoot() / deviation
        return 1 - noncentralStudentCumulative(critical, degrees: degrees, noncentrality: noncentrality)
    }

    /// The fewest pairs with which the test of non-inferiority has the power asked for; nil beyond a million.
    package static func pairsForNonInferiority(
        deviation: Double, margin: Double, difference: Double = 0, significance: Double = 0.05,
        power: Double = 0.8
    ) -> Int? {
        guard margin + difference > 0, deviation > 0 else { return nil }
        func suffices(_ pairs: Int) -> Bool {
            nonInferiorityPower(
                pairs: pairs, deviation: deviation, margin: margin, difference: difference,
                significance: significance) >= power
        }
        var enough = 2
        while !suffices(enough) {
            enough *= 2
            guard enough <= 1_000_000 else { return nil }
        }
        var tooFew = max(1, enough / 2)
        while enough - tooFew > 1 {
            let middle = (enough + tooFew) / 2
            if suffices(middle) { enough = middle } else { tooFew = middle }
        }
        return enough
    }

    /// The pairs of seeds with which ``NonInferiority`` would have the power asked for, when those at hand did not suffice.
    ///
    /// Its sign-flip companion has no p-value below `2^-pairs`, so it needs `ceil(-log2(significance))` of them however
    /// little they vary: five at 5 %. Always more than there are; nil beyond a million.
    package static func seedsForNonInferiority(
        atHand: Int, deviation: Double, margin: Double, difference: Double = 0, significance: Double = 0.05,
        power: Double = 0.8
    ) -> Int? {
        guard margin + difference > 0, significance > 0 else { return nil }
        let fewestFlips = Int((-log2(significance)).rounded(.up))
        // Differences that do not vary at all leave the companion alone to be satisfied.
        guard deviation > 0 else { return max(2, fewestFlips, atHand + 1) }
        return pairsForNonInferiority(
            deviation: deviation, margin: margin, difference: difference, significance: significance,
            power: power
        ).map { max($0, fewestFlips, atHand + 1) }
    }

    /// The smallest true shift that a one-sided paired test against a margin finds with the power asked for.
    ///
    /// `margin + (t_{1 - significance} + t_{power}) deviation / sqrt(pairs)`, both quantiles with `pairs - 1` degrees of
    /// freedom; for at least 2 pairs.
    package static func smallestDetectableShift(
        pairs: Int, deviation: Double, margin: Double, significance: Double, power: Double = 0.8
    ) -> Double {
        let degrees = Double(pairs - 1)
        let quantiles =
            studentQuantile(1 - significance, degrees: degrees) + studentQuantile(power, degrees: degrees)
        return margin + quantiles * deviation / Double(pairs).squareRoot()
    }
}
