import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Estimates and intervals")
struct EstimateTests {
    let scipy: ScipyValues

    init() throws {
        scipy = try ScipyValues.load()
    }

    @Test("median, quantiles, mean, deviation and t interval are NumPy's and SciPy's")
    func summaries() throws {
        for row in scipy.samples {
            #expect(agree(try #require(median(of: row.values)), row.median))
            for (probability, expected) in row.quantiles {
                let share = try #require(Double(probability))
                let found = try #require(quantile(share, of: row.values))
                #expect(agree(found, expected))
            }
            #expect(agree(try #require(mean(of: row.values)), row.mean))
            if let deviation = row.deviation, let ends = row.tInterval {
                #expect(agree(try #require(standardDeviation(of: row.values)), deviation))
                let interval = try #require(studentMeanInterval(of: row.values))
                #expect(agree(interval.lower, ends[0]) && agree(interval.upper, ends[1]))
            }
        }
        #expect(median(of: []) == nil)
        #expect(standardDeviation(of: [1]) == nil)
        #expect(studentMeanInterval(of: [1]) == nil)
    }

    @Test("the Hodges-Lehmann estimate is the median of the Walsh averages")
    func hodgesLehmann() throws {
        for row in scipy.samples {
            #expect(agree(try #require(HodgesLehmann(differences: row.values)).estimate, row.hodgesLehmann))
        }
        #expect(HodgesLehmann(differences: []) == nil)
    }

    @Test("the Walsh average at a rank is that of the sorted list of them all")
    func walshAverages() {
        var state: UInt64 = 1
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int64(bitPattern: state) >> 20)
        }
        let samples: [[Double]] = [
            [3], [0, 0], [-0.0, 0, 1], [-2, -2, 5, 5, 5], [1e-300, -1e300, 8, -8],
            (0..<30).map { _ in next() }, (0..<30).map { _ in (next() / 1e12).rounded() / 8 },
        ]
        for sample in samples {
            let all = sample.indices.flatMap { first in
                sample[first...].map { (sample[first] + $0) / 2 }
            }.sorted()
            let averages = WalshAverages(of: sample)
            #expect(averages.count == all.count)
            #expect(all.indices.map { averages.element(atRank: $0) } == all, "\(sample)")
            #expect(averages.median == median(of: all))
        }
    }

    @Test("ten thousand differences need no list of their fifty million averages")
    func manyDifferences() throws {
        let differences = (0..<10_000).map { Double(($0 * 7_919) % 10_000) - 4_999.5 + 100 }
        let estimate = try #require(HodgesLehmann(differences: differences))
        let interval = try #require(estimate.interval)
        #expect(estimate.estimate == 100)
        // Uniform numbers of standard deviation 2,887: the large-sample deviation of the estimate is 28.87.
        #expect(
            abs(interval.upper - 100 - 1.96 * 28.87) < 0.5 && abs(100 - interval.lower - 1.96 * 28.87) < 0.5)
        #expect(abs(interval.coverage - 0.95) < 1e-4)
    }

    @Test("a shift is inside the signed-rank interval exactly when SciPy's exact test does not reject it")
    func signedRankInterval() throws {
        for row in scipy.signedRankConsistency {
            let interval = try #require(HodgesLehmann(differences: row.values)?.interval)
            for shift in row.shifts {
                #expect(
                    interval.contains(shift.value) == !shift.isRejected, "n \(row.values.count), \(shift)")
            }
            #expect(interval.coverage >= 0.95)
        }
    }

    @Test("fewer than six differences give no 95 % interval")
    func tooFewDifferences() {
        #expect(HodgesLehmann.smallestCount(confidence: 0.95) == 6)
        #expect(HodgesLehmann(differences: [1, 2, 3, 4, 5])?.interval == nil)
        #expect(HodgesLehmann(differences: [1, 2, 3, 4, 5, 6])?.interval?.lower == 1)
        #expect(HodgesLehmann(differences: [1, 2, 3, 4, 5, 6])?.interval?.upper == 6)
        #expect(HodgesLehmann(differences: [1, 2, 3, 4, 5], confidence: 0.9)?.interval != nil)
    }

    @Test("the median's interval uses the published ranks")
    func medianInterval() throws {
        let ten = try #require(exactMedianInterval(of: (1...10).map(Double.init).shuffled()))
        #expect(ten.lower == 2 && ten.upper == 9 && abs(ten.coverage - 0.978515625) < 1e-12)
        let twenty = try #require(exactMedianInterval(of: (1...20).map(Double.init)))
        #expect(twenty.lower == 6 && twenty.upper == 15 && abs(twenty.coverage - 0.9586) < 1e-4)
        #expect(exactMedianInterval(of: [1, 2, 3, 4, 5]) == nil)
        #expect(exactMedianInterval(of: [6, 5, 4, 3, 2, 1])?.upper == 6)
    }

    @Test("rank correlation is SciPy's, with ties")
    func spearman() throws {
        for row in scipy.spearman {
            #expect(agree(try #require(spearmanCorrelation(row.x, row.y)), row.correlation))
            #expect(ranks(of: row.x) == row.ranks)
        }
        #expect(spearmanCorrelation([1, 1, 1], [1, 2, 3]) == nil)
        #expect(spearmanCorrelation([1, 2], [1, 2, 3]) == nil)
        #expect(spearmanCorrelation([1, 2, 9], [5, 4, 1]) == -1)
    }

    @Test("non-inferiority has SciPy's bound and permutation p-value")
    func nonInferiority() throws {
        for row in scipy.nonInferiority {
            let test = try #require(NonInferiority(differences: row.differences, margin: row.margin))
            #expect(agree(test.lowerBound, row.lowerBound))
            #expect(agree(test.signFlipPValue, row.signFlipPValue))
            #expect(
                test.isNonInferior == (row.lowerBound > -row.margin && row.signFlipPValue <= 0.05))
        }
        #expect(NonInferiority(differences: [0.1], margin: 1) == nil)
    }
    @Test(
        "sign flips that are drawn come near to those that are enumerated, and are nil without bits to draw from"
    )
    func drawnSignFlips() throws {
        // Twenty-one differences, one of them 0, have the p-value of the other twenty.
        let twenty = (0..<20).map { 0.1 * Double($0 * 7 % 20) - 0.7 }
        let exact = try #require(NonInferiority(differences: twenty, margin: 0)).signFlipPValue
        var generator = SplitMix(state: 3)
        let drawn = try #require(
            NonInferiority(differences: twenty + [0], margin: 0, bits: { generator.next() })
        ).signFlipPValue
        // Three standard errors of 20,000 draws.
        #expect(abs(drawn - exact) < 3 * (exact * (1 - exact) / 20_000).squareRoot() + 1e-4)
        #expect(exact > 0.001 && exact < 0.2)
        #expect(NonInferiority(differences: twenty + [0], margin: 0) == nil)
        #expect(signFlipPValueBelow([]) == nil && signFlipPValueBelow([-1, -1, -1]) == 0.125)
    }

    @Test("exact coverage is known from the count alone, and is that of the intervals")
    func exactCoverage() throws {
        for count in [6, 8, 12, 20] {
            let values = (0..<count).map { Double($0 * $0) }
            #expect(exactMedianCoverage(count: count) == exactMedianInterval(of: values)?.coverage)
            #expect(
                HodgesLehmann.exactCoverage(count: count)
                    == HodgesLehmann(differences: values)?.interval?.coverage)
        }
        #expect(exactMedianCoverage(count: 6) == 1 - 2.0 / 64)
        #expect(exactMedianCoverage(count: 5) == nil && HodgesLehmann.exactCoverage(count: 5) == nil)
    }

    @Test("Student's test says nothing of values that do not vary, but for zeros")
    func constantValues() throws {
        #expect(studentMeanPValue(of: [0, 0]) == 1)
        #expect(studentMeanPValue(of: [-0.02, -0.02, -0.02]) == nil)
        #expect(studentPValueBelow([0.1, 0.1]) == nil)
        let values = [-0.3, -0.1, -0.25, 0.05]
        let twoSided = try #require(studentMeanPValue(of: values))
        #expect(studentPValueBelow(values) == twoSided / 2)
        #expect(studentPValueBelow(values.map { -$0 }) == 1 - twoSided / 2)
    }

    @Test("Amdahl's bound has its closed-form values")
    func amdahl() {
        #expect(amdahlBound(overheadShare: 0.5, droppedParameterShare: 1) == 2)
        #expect(amdahlBound(overheadShare: 0.8, droppedParameterShare: 0.5) == 1 / 0.6)
        #expect(amdahlBound(overheadShare: 0.43, droppedParameterShare: 0) == 1)
        #expect(amdahlBound(overheadShare: 1, droppedParameterShare: 1) == .infinity)
    }

    @Test("the p-value of a rank correlation is SciPy's spearmanr's")
    func rankCorrelation() throws {
        let second = [0, 2, 1, 4, 3, 5, 9, 6, 8, 7].map(Double.init)
        let correlation = try #require(spearmanCorrelation((0..<10).map(Double.init), second))
        #expect(agree(correlation, 0.8909090909090909))
        #expect(agree(spearmanPValue(correlation, count: 10), 0.0005421442248338668))
        #expect(agree(spearmanPValue(0.5, count: 8), 0.20703125))
        #expect(agree(spearmanPValue(-0.8, count: 10), 0.005456))
        #expect(spearmanPValue(1, count: 6) == 0 && spearmanPValue(1, count: 2) == 1)
    }

    @Test(
        "the interval of a paired difference is Bonett and Price's, stays in -1...1 and turns with its sides")
    func pairedDifference() {
        let interval = pairedDifferenceInterval(onlyFirstRight: 12, onlySecondRight: 0, count: 200)
        #expect(agree(interval.lower, -0.09477408642515153) && agree(interval.upper, -0.024037794762967288))
        let turned = pairedDifferenceInterval(onlyFirstRight: 0, onlySecondRight: 12, count: 200)
        #expect(agree(turned.lower, -interval.upper) && agree(turned.upper, -interval.lower))
        #expect(pairedDifferenceInterval(onlyFirstRight: 0, onlySecondRight: 1, count: 1).upper == 1)
    }
}
