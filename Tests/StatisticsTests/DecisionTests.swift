import Statistics
import Testing

@Suite("Decisions")
struct DecisionTests {
    @Test("Holm's adjusted p-values are R's")
    func holm() throws {
        for row in try RValues.load().holm {
            for (found, expected) in zip(holmAdjusted(row.pValues), row.adjusted) {
                #expect(agree(found, expected))
            }
        }
        #expect(holmAdjusted([]).isEmpty)
    }

    @Test("the signed-rank p-values are SciPy's by all sign flips, with ties and zeros")
    func signedRank() throws {
        for row in try ComparisonValues.load().signedRank {
            let test = SignedRankTest(differences: row.values)
            #expect(agree(test.pValueAbove, row.above) && agree(test.pValueBelow, row.below), "\(row.values)")
        }
        let nothing = SignedRankTest(differences: [0, 0])
        #expect(nothing.pValueAbove == 1 && nothing.pValueBelow == 1 && nothing.count == 0)
    }

    @Test("the signed-rank test and the Hodges-Lehmann interval reject the same shifts")
    func testMatchesInterval() throws {
        let values = [-0.31, 0.12, 0.45, 0.5, 0.77, 1.03, 1.4, 2.2]
        let interval = try #require(HodgesLehmann(differences: values)?.interval)
        for shift in stride(from: -1.005, through: 3, by: 0.07) {
            let isRejected = SignedRankTest(differences: values.map { $0 - shift }).pValue <= 0.05
            #expect(isRejected == !interval.contains(shift), "\(shift)")
        }
    }

    @Test("the noncentral t distribution is R's")
    func noncentral() throws {
        for row in try RValues.load().noncentral {
            let found = noncentralStudentCumulative(
                row.x, degrees: row.degrees, noncentrality: row.noncentrality)
            #expect(abs(found - row.cumulative) < 1e-10, "\(row) \(found)")
        }
        #expect(
            noncentralStudentCumulative(1.2, degrees: 7, noncentrality: 0)
                == studentCumulative(1.2, degrees: 7))
        // Where the series would have too many terms, as for differences without any spread.
        #expect(noncentralStudentCumulative(2, degrees: 5, noncentrality: 1e14) == 0)
        #expect(noncentralStudentCumulative(2, degrees: 5, noncentrality: -1e14) == 1)
        let (below, above) = (
            noncentralStudentCumulative(41, degrees: 200, noncentrality: 40),
            noncentralStudentCumulative(41, degrees: 200, noncentrality: 40.000_001)
        )
        #expect(abs(below - above) < 0.005, "\(below) \(above)")
    }

    @Test("pairs for non-inferiority and their power are R's power.t.test")
    func sampleSizes() throws {
        for row in try RValues.load().sampleSizes {
            #expect(
                SampleSize.pairsForNonInferiority(deviation: row.deviation, margin: row.margin) == row.pairs)
            let power = SampleSize.nonInferiorityPower(
                pairs: row.pairs, deviation: row.deviation, margin: row.margin)
            #expect(agree(power, row.power, within: 1e-8))
        }
        #expect(SampleSize.pairsForNonInferiority(deviation: 1, margin: 1, difference: -1) == nil)
        #expect(SampleSize.pairsForNonInferiority(deviation: 1, margin: 0.0001) == nil)
    }

    @Test("an interval twice too long needs four times the pairs, and a short one no more")
    func pairsThatWouldDecide() {
        #expect(SampleSize.pairsThatWouldDecide(count: 10, width: 0.04, margin: 0.02) == 40)
        #expect(SampleSize.pairsThatWouldDecide(count: 10, width: 0.05, margin: 0.02) == 63)
        #expect(SampleSize.pairsThatWouldDecide(count: 10, width: 0.001, margin: 0.02) == 10)
        #expect(SampleSize.pairsThatWouldDecide(count: 10, width: .infinity, margin: 0.02) == nil)
        #expect(SampleSize.pairsThatWouldDecide(count: 10, width: 0.1, margin: 0) == nil)
    }

    @Test("the smallest detectable shift adds both quantiles to the margin")
    func detectableShift() {
        let shift = SampleSize.smallestDetectableShift(
            pairs: 20, deviation: 0.02, margin: 0.02, significance: 0.05 / 24)
        // SciPy's t quantiles at 19 degrees: at 1 - 0.05/24 and at 0.8.
        #expect(abs(shift - (0.02 + (3.2549960 + 0.8609506) * 0.02 / 20.0.squareRoot())) < 1e-8)
    }

    @Test("robust deviation and prediction limit are SciPy's")
    func predictionLimit() throws {
        for row in try ComparisonValues.load().spread {
            #expect(agree(try #require(robustDeviation(of: row.values)), row.deviation))
            #expect(agree(try #require(upperPredictionLimit(of: row.values, significance: 0.01)), row.limit))
        }
        #expect(upperPredictionLimit(of: [1], significance: 0.01) == nil)
    }

    @Test("a change of level is found where the sum of signs over all pairs is largest")
    func changePoint() throws {
        for row in try ComparisonValues.load().changePoints {
            let change = try #require(ChangePoint(series: row.values))
            #expect(change.position == row.position)
            #expect(agree(change.pValue, row.pValue) && agree(change.shift, row.shift))
        }
        #expect(ChangePoint(series: [1]) == nil)
        #expect(ChangePoint(series: [1, 1, 1, 1])?.pValue == 1)
    }

    @Test("inferiority on the same examples belongs to the interval of the difference")
    func inferiority() {
        // The upper end of the 90 % interval is where the one-sided p-value is 5 %.
        let interval = pairedDifferenceInterval(
            onlyFirstRight: 31, onlySecondRight: 9, count: 200, confidence: 0.9)
        let p = pairedInferiorityPValue(
            onlyBaselineRight: 31, onlyCandidateRight: 9, count: 200, margin: -interval.upper)
        #expect(agree(p, 0.05))
        #expect(
            pairedInferiorityPValue(onlyBaselineRight: 0, onlyCandidateRight: 0, count: 100, margin: 0.01)
                > 0.5)
        #expect(
            pairedInferiorityPValue(onlyBaselineRight: 30, onlyCandidateRight: 2, count: 100, margin: 0.01)
                < 1e-6)
    }

    @Test(
        "a measured interval agrees with, goes along with, contradicts or does not decide a reported ratio",
        arguments: [
            (2.9, 3.1, 3.0, RatioAgreement.agrees), (1.2, 1.3, 3.0, .sameDirection),
            (4, 5, 3.0, .sameDirection), (0.8, 0.9, 3.0, .contradicts), (0.97, 1.02, 3.0, .contradicts),
            (0.9, 4, 3.0, .undecided), (0.98, 1.01, 1.0, .agrees), (1.2, 1.3, 0.5, .contradicts),
            (0.6, 0.7, 0.5, .sameDirection), (1.01, 1.4, 1.2, .sameDirection),
        ])
    func agreement(lower: Double, upper: Double, reported: Double, expected: RatioAgreement) {
        let interval = Interval(lower: lower, upper: upper, coverage: 0.9)
        #expect(RatioAgreement(interval: interval, reported: reported, toleranceFactor: 1.1) == expected)
    }
}
