import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Coverage and error rates of comparisons by simulation")
struct ComparisonCoverageSlowTests {
    /// How often `isCovered` holds in `repeats` draws.
    private func share(of repeats: Int, _ isCovered: () throws -> Bool) rethrows -> Double {
        var covered = 0
        for _ in 0..<repeats where try isCovered() { covered += 1 }
        return Double(covered) / Double(repeats)
    }

    @Test(
        "Fieller's interval covers the ratio of means",
        arguments: [(6, 6, 0.05), (20, 8, 0.1), (12, 12, 0.3)])
    func fieller(first: Int, second: Int, spread: Double) throws {
        var generator = SplitMix(state: 21)
        let covered = try share(of: 4_000) {
            let x = (0..<first).map { _ in 1 + spread * generator.normal() }
            let y = (0..<second).map { _ in 0.7 * (1 + spread * generator.normal()) }
            return try #require(FiellerRatio(denominators: x, numerators: y)?.interval).contains(0.7)
        }
        // Each half-width has its own quantile of Student's t, so with few values it covers a little more than asked.
        #expect(covered > 0.943 && covered < 0.985, "covered \(covered)")
    }

    @Test("the error of a restricted mean gives an interval that covers about as promised")
    func restrictedMean() throws {
        var generator = SplitMix(state: 22)
        // Exponential times of mean 1, watched until 1.2 or an independent end.
        let truth = 1 - Foundation.exp(-1.2)
        let covered = try share(of: 3_000) {
            let observations =
                (0..<60).map { _ in
                    let time = -Foundation.log(1 - generator.uniform())
                    let end = min(1.2, -2 * Foundation.log(1 - generator.uniform()))
                    return KaplanMeier.Observation(time: min(time, end), isEvent: time <= end)
                } + [KaplanMeier.Observation(time: 1.2, isEvent: false)]
            let mean = try #require(KaplanMeier(observations)?.restrictedMean(to: 1.2))
            return abs(mean.value - truth) <= 1.959964 * mean.variance.squareRoot()
        }
        #expect(covered > 0.92 && covered < 0.97, "covered \(covered)")
    }

    @Test("the bootstrap interval of a mean F1 covers about as promised")
    func meanScore() throws {
        var generator = SplitMix(state: 23)
        // Half the answers are right in full, a third wrong in full, the rest anything between.
        let truth = 0.5 + (1 - 0.5 - 1.0 / 3) / 2
        let covered = try share(of: 1_000) {
            let scores = (0..<100).map { _ in
                let kind = generator.uniform()
                return kind < 0.5 ? 1 : kind < 0.5 + 1.0 / 3 ? 0 : generator.uniform()
            }
            return try #require(
                bootstrapMeanInterval(
                    of: scores, replicateCount: 1_000, draw: { generator.integer(below: $0) })
            ).contains(truth)
        }
        #expect(covered > 0.925 && covered < 0.97, "covered \(covered)")
    }

    @Test(
        "Newcombe's interval covers close to what is promised, summed over all outcomes",
        arguments: [0.3, 0.85])
    func independentShares(chance: Double) throws {
        let count = 40
        let first = BinomialDistribution(trials: count, probability: chance)
        let second = BinomialDistribution(trials: count, probability: chance + 0.1)
        var coverage = 0.0
        for k in 0...count {
            for l in 0...count {
                let interval = independentDifferenceInterval(
                    try #require(BinomialProportion(successes: k, trials: count)),
                    try #require(BinomialProportion(successes: l, trials: count)))
                if interval.contains(0.1) { coverage += first.mass(at: k) * second.mass(at: l) }
            }
        }
        #expect(coverage > 0.93 && coverage < 0.975, "covered \(coverage)")
    }

    @Test("Holm keeps the chance of any false alarm below its level, and finds more than Bonferroni")
    func holm() {
        var generator = SplitMix(state: 25)
        var found = (holm: 0, bonferroni: 0)
        let alarms = share(of: 4_000) {
            // Twelve true null hypotheses and twelve false ones.
            let p = (0..<24).map { index in
                index < 12 ? generator.uniform() : Foundation.pow(generator.uniform(), 8)
            }
            let adjusted = holmAdjusted(p)
            found.holm += adjusted[12...].count { $0 <= 0.05 }
            found.bonferroni += p[12...].count { $0 <= 0.05 / 24 }
            return adjusted[..<12].contains { $0 <= 0.05 }
        }
        #expect(alarms < 0.05, "alarms \(alarms)")
        #expect(found.holm > found.bonferroni)
    }

    @Test(
        "a candidate exactly at the margin is called inferior at most at the stated rate",
        arguments: [100, 500])
    func inferiorityAtTheMargin(count: Int) {
        var generator = SplitMix(state: 26)
        let margin = 0.05
        let alarms = share(of: 4_000) {
            var lost = 0
            var gained = 0
            for _ in 0..<count {
                let draw = generator.uniform()
                if draw < 0.12 { lost += 1 } else if draw < 0.12 + 0.12 - margin { gained += 1 }
            }
            return pairedInferiorityPValue(
                onlyBaselineRight: lost, onlyCandidateRight: gained, count: count, margin: margin) <= 0.05
        }
        #expect(alarms < 0.06, "alarms \(alarms)")
        #expect(alarms > 0.02, "a test that never speaks is no test: \(alarms)")
    }

    @Test(
        "a candidate exactly at the margin passes non-inferiority at most at the stated rate",
        arguments: [5, 9, 12])
    func nonInferiorityAtTheMargin(seeds: Int) throws {
        var generator = SplitMix(state: 27)
        let passes = try share(of: 2_000) {
            let differences = (0..<seeds).map { _ in -1 + 0.8 * generator.normal() }
            return try #require(NonInferiority(differences: differences, margin: 1)).isNonInferior
        }
        #expect(passes < 0.062, "passes \(passes)")
        #expect(passes > 0.02)
    }

    @Test(
        "the next of like measurements exceeds the prediction limit about as often as promised",
        arguments: [12, 30])
    func predictionLimit(count: Int) throws {
        var generator = SplitMix(state: 28)
        let alarms = try share(of: 6_000) {
            let history = (0..<count).map { _ in 0.02 * generator.normal() }
            return 0.02 * generator.normal()
                > (try #require(upperPredictionLimit(of: history, significance: 0.01)))
        }
        // The median deviation of few values is itself uncertain, which costs a factor that falls with the count.
        #expect(alarms < (count < 20 ? 0.035 : 0.022), "alarms \(alarms)")
    }

    @Test("a change of level is claimed in a steady series at most at the stated rate")
    func changePoint() throws {
        var generator = SplitMix(state: 29)
        let alarms = try share(of: 3_000) {
            try #require(ChangePoint(series: (0..<30).map { _ in generator.normal() })).pValue <= 0.05
        }
        #expect(alarms < 0.05, "alarms \(alarms)")
        #expect(alarms > 0.01)
    }
}
