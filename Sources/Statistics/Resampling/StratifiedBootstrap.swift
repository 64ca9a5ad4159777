/// A statistic computed again and again from values drawn with replacement inside each stratum (Efron 1979).
///
/// What is drawn comes from the caller, so that a stored seed gives the same interval in every report. A bootstrap is for
/// statistics that have no exact interval; where there is one, it is the better choice.
package struct StratifiedBootstrap: Sendable {
    /// The statistic of the values as they are.
    package let estimate: Double
    /// The statistic of each resample, in the order drawn.
    package let replicates: [Double]
    /// The skewness correction of the accelerated interval, from the jackknife; 0 when no value matters.
    package let acceleration: Double

    /// Draws the replicates; nil without values, without replicates, or when the statistic is not finite once.
    ///
    /// - Parameters:
    ///   - strataSizes: How many values each stratum has, at least 1.
    ///   - replicateCount: How many resamples to draw, such as 10,000.
    ///   - draw: A uniform integer in `0..<bound` for a bound of at least 1; called once for each value of each resample,
    ///     stratum by stratum.
    ///   - statistic: The statistic of chosen values, given as indices for each stratum.
    package init?(
        strataSizes: [Int], replicateCount: Int, draw: (_ bound: Int) -> Int,
        statistic: (_ chosen: [[Int]]) -> Double
    ) {
        guard !strataSizes.isEmpty, strataSizes.allSatisfy({ $0 > 0 }), replicateCount > 0 else { return nil }
        let whole = strataSizes.map { Array(0..<$0) }
        var chosen = whole
        var replicates: [Double] = []
        replicates.reserveCapacity(replicateCount)
        for _ in 0..<replicateCount {
            for stratum in chosen.indices {
                for place in chosen[stratum].indices { chosen[stratum][place] = draw(strataSizes[stratum]) }
            }
            replicates.append(statistic(chosen))
        }
        self.init(
            estimate: statistic(whole), replicates: replicates,
            acceleration: Self.acceleration(of: whole, statistic: statistic))
    }

    /// A bootstrap whose replicates were drawn elsewhere; nil when one is not finite or there are none.
    package init?(estimate: Double, replicates: [Double], acceleration: Double) {
        guard estimate.isFinite, !replicates.isEmpty, replicates.allSatisfy(\.isFinite) else { return nil }
        self.estimate = estimate
        self.replicates = replicates
        self.acceleration = acceleration
    }

    /// The interval between two quantiles of the replicates; too short for fewer than about 20 values.
    package func percentileInterval(confidence: Double = 0.95) -> Interval {
        interval(from: (1 - confidence) / 2, to: 1 - (1 - confidence) / 2, confidence: confidence)
    }

    /// The bias-corrected and accelerated interval (Efron 1987); nil when all replicates lie on one side of the estimate.
    package func acceleratedInterval(confidence: Double = 0.95) -> Interval? {
        let below = replicates.count { $0 < estimate }
        let notAbove = replicates.count { $0 <= estimate }
        let bias = standardNormalQuantile(Double(below + notAbove) / Double(2 * replicates.count))
        guard bias.isFinite, acceleration.isFinite else { return nil }
        func corrected(_ probability: Double) -> Double {
            let shifted = bias + standardNormalQuantile(probability)
            return standardNormalCumulative(bias + shifted / (1 - acceleration * shifted))
        }
        let tail = (1 - confidence) / 2
        return interval(from: corrected(tail), to: corrected(1 - tail), confidence: confidence)
    }

    private func interval(from lower: Double, to upper: Double, confidence: Double) -> Interval {
        let sorted = replicates.sorted()
        return Interval(
            lower: quantileOfSorted(lower, sorted), upper: quantileOfSorted(upper, sorted),
            coverage: confidence)
    }

    /// `sum U^3 / n^3` over `6 (sum U^2 / n^2)^(3/2)`, with U the influence of each value on the statistic.
    private static func acceleration(of whole: [[Int]], statistic: ([[Int]]) -> Double) -> Double {
        var cubes = 0.0
        var squares = 0.0
        for stratum in whole.indices {
            let count = Double(whole[stratum].count)
            let without = whole[stratum].indices.map { left in
                var chosen = whole
                chosen[stratum].remove(at: left)
                return chosen[stratum].isEmpty ? Double.nan : statistic(chosen)
            }
            // A stratum of one value has no influence that could be measured.
            guard let center = mean(of: without), center.isFinite else { continue }
            for value in without {
                let influence = (count - 1) * (center - value) / count
                squares += influence * influence
                cubes += influence * influence * influence
            }
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
}
