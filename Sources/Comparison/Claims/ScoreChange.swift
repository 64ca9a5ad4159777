import Statistics

/// Whether paired scores of LeZO are worse than MeZO's by more than a claim allows, in points.
struct ScoreChange {
    /// The mean difference, LeZO minus MeZO.
    let mean: Double
    /// The two-sided interval at 90%, whose lower end is that of the one-sided test at 5%; of one pair, over examples.
    let interval: Interval?
    /// What the test says; nil for one pair.
    let verdict: ClaimVerdict?
    /// Why nothing is decided for one pair.
    let obstacle: String?
    /// Pairs of seeds with which the test would have 80% power if mean and spread stayed.
    let countThatWouldDecide: Int?
    /// What else a reader must know.
    let remarks: [String]

    init(differences: [Double], claim: Claim, intervalOfOnePair: Interval?) {
        let bound = claim.relation == .atLeast ? claim.tolerated.lowerBound : claim.value
        let mean = Statistics.mean(of: differences) ?? 0
        self.mean = mean
        let margin = "compared with \(bound) points"
        guard differences.count > 1 else {
            interval = intervalOfOnePair
            verdict = nil
            obstacle =
                "one seed decides nothing about the method; the interval holds the draw of test examples alone"
            countThatWouldDecide = nil
            remarks = [margin]
            return
        }
        obstacle = nil
        remarks = [
            margin,
            "paired t over seeds at 90%, which assumes normality, and "
                + (differences.count > 20
                    ? "sign flips drawn from seed \(NonInferiority.signFlipSeed)" : "exact sign flips"),
        ]
        interval = studentMeanInterval(of: differences, confidence: 0.9)
        let opposite = differences.map { -$0 }
        if NonInferiority.overSeeds(differences, margin: -bound)?.isNonInferior ?? false {
            verdict = .supported
            countThatWouldDecide = nil
        } else if NonInferiority.overSeeds(opposite, margin: bound)?.isNonInferior ?? false {
            verdict = .contradicted
            countThatWouldDecide = nil
        } else {
            verdict = .undecided(reason: "neither a loss beyond the margin nor its absence is shown")
            countThatWouldDecide = standardDeviation(of: differences).flatMap { deviation in
                mean > bound
                    ? SampleSize.seedsForNonInferiority(
                        atHand: differences.count, deviation: deviation, margin: -bound, difference: mean)
                    : SampleSize.seedsForNonInferiority(
                        atHand: differences.count, deviation: deviation, margin: bound, difference: -mean)
            }
        }
    }
}
