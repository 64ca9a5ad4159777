import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
    let scipy: ScipyValues

    init() throws {
        scipy = try ScipyValues.load()
    }

    @Test("the incomplete beta function and its inverse are SciPy's")
    func incompleteBeta() {
        for row in scipy.incompleteBeta {
            #expect(agree(regularizedIncompleteBeta(row.x, a: row.a, b: row.b), row.value))
            #expect(agree(inverseRegularizedIncompleteBeta(row.x, a: row.a, b: row.b), row.inverse))
        }
        #expect(scipy.incompleteBeta.count == 30)
    }

    @Test("binomial masses and sums are SciPy's")
    func binomial() {
        for row in scipy.binomialCumulative {
            let distribution = BinomialDistribution(trials: row.trials, probability: row.probability)
            #expect(agree(distribution.cumulative(through: row.count), row.cumulative))
            #expect(agree(distribution.mass(at: row.count), row.mass))
        }
        #expect(BinomialDistribution(trials: 4, probability: 0.5).cumulative(through: -1) == 0)
        #expect(BinomialDistribution(trials: 4, probability: 0.5).cumulative(through: 4) == 1)
        #expect(BinomialDistribution(trials: 4, probability: 1).mass(at: 4) == 1)
    }

    @Test("normal and Student probabilities and quantiles are SciPy's")
    func normalAndStudent() {
        for row in scipy.normal {
            #expect(agree(standardNormalCumulative(row.x), row.cumulative))
            #expect(agree(standardNormalQuantile(row.probability), row.quantile))
        }
        for row in scipy.student {
            #expect(agree(studentCumulative(row.x, degrees: row.degrees), row.cumulative))
            #expect(agree(studentQuantile(row.probability, degrees: row.degrees), row.quantile))
        }
    }

    @Test("exact and Wilson intervals of a proportion are SciPy's")
    func proportions() throws {
        for row in scipy.binomialIntervals {
            let proportion = try #require(BinomialProportion(successes: row.successes, trials: row.trials))
            let exact = proportion.exactInterval(confidence: row.confidence)
            let wilson = proportion.scoreInterval(confidence: row.confidence)
            #expect(agree(exact.lower, row.exact[0]) && agree(exact.upper, row.exact[1]))
            #expect(agree(wilson.lower, row.wilson[0]) && agree(wilson.upper, row.wilson[1]))
        }
        #expect(BinomialProportion(successes: 3, trials: 2) == nil)
        #expect(BinomialProportion(successes: 0, trials: 0) == nil)
    }

    @Test("the signed-rank statistic has its exact distribution")
    func signedRank() {
        for row in scipy.signedRankCumulative {
            let distribution = SignedRankDistribution(count: row.count)
            for (sum, expected) in row.cumulative.enumerated() {
                #expect(agree(distribution.cumulative(through: sum), expected, within: 1e-14))
            }
        }
    }

    @Test(
        "the critical sums at 2.5 % are the published ones",
        arguments: [(6, 0), (8, 3), (10, 8), (12, 13), (15, 25), (20, 52)])
    func criticalSums(count: Int, expected: Int) {
        #expect(SignedRankDistribution(count: count).largestSum(withTailAtMost: 0.025) == expected)
    }

    @Test(
        "where the exact signed-rank distribution ends, its expansion gives the same", arguments: [500, 520])
    func signedRankExpansion(count: Int) {
        let exact = SignedRankDistribution(count: count, isExact: true)
        let expansion = SignedRankDistribution(count: count, isExact: false)
        for tail in [0.0005, 0.005, 0.025, 0.05, 0.1, 0.4] {
            let sum = exact.largestSum(withTailAtMost: tail)
            #expect(expansion.largestSum(withTailAtMost: tail) == sum, "tail \(tail)")
            #expect(
                abs(expansion.cumulative(through: sum ?? 0) - exact.cumulative(through: sum ?? 0)) < 3e-7)
        }
        #expect(SignedRankDistribution(count: 500).cumulative(through: 0) > 0, "exact up to its limit")
        #expect(expansion.cumulative(through: -1) == 0)
        #expect(expansion.cumulative(through: count * (count + 1) / 2) == 1)
    }

    @Test("McNemar's exact p-value is the two-sided binomial one")
    func mcNemar() {
        for row in scipy.mcNemar {
            #expect(agree(mcNemarPValue(onlyFirstRight: row.first, onlySecondRight: row.second), row.pValue))
        }
    }
}
