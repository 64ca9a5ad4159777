import Comparison
import Statistics
import Suites
import TestSupport
import Testing

@Suite("Test of quality")
struct QualityTestTests {
    private let policy = GatePolicy().quality

    private func row(lost: Int, gained: Int, of count: Int) -> [Double] {
        (0..<count).map { $0 < lost ? -1 : $0 < lost + gained ? 1 : 0 }
    }

    @Test("one pair of right and wrong answers is judged by the paired interval")
    func shares() throws {
        let test = try #require(
            QualityTest(rows: [row(lost: 30, gained: 5, of: 500)], isBinary: true, policy: policy))
        let interval = pairedDifferenceInterval(
            onlyFirstRight: 30, onlySecondRight: 5, count: 500, confidence: 0.9)
        #expect(test.lowerBound == interval.lower && !test.isNonInferior)
        #expect(
            test.inferiorityPValue
                == pairedInferiorityPValue(
                    onlyBaselineRight: 30, onlyCandidateRight: 5, count: 500, margin: 0.01))
        #expect(test.inferiorityPValue < 0.01)
    }

    @Test("the same answers are not inferior, whatever the count")
    func same() throws {
        let test = try #require(
            QualityTest(rows: [row(lost: 0, gained: 0, of: 3)], isBinary: true, policy: policy))
        #expect(test.hasSameAnswers && test.isNonInferior && test.inferiorityPValue == 1)
    }

    @Test("several pairs are judged over seeds, by Student's t and the exact sign flips together")
    func seeds() throws {
        let rows = [2, 3, 2, 4, 3, 2, 3].map { row(lost: $0, gained: 2, of: 500) }
        let test = try #require(QualityTest(rows: rows, isBinary: true, policy: policy))
        let differences = rows.compactMap { mean(of: $0) }
        let expected = try #require(NonInferiority(differences: differences, margin: 0.01))
        #expect(test.isNonInferior == expected.isNonInferior && test.isNonInferior)
        #expect(test.lowerBound == expected.lowerBound)
    }

    @Test(
        "five seeds with two points between them cannot show a margin of one, and the count that could is named"
    )
    func fewSeeds() throws {
        let rows = [20, 0, 15, 2, 12].map { row(lost: $0, gained: 8, of: 500) }
        let test = try #require(QualityTest(rows: rows, isBinary: true, policy: policy))
        #expect(!test.isNonInferior && test.inferiorityPValue > 0.05)
        #expect(try #require(test.seedsNeeded) > 5)
    }

    @Test("seeds that agree to the last answer show nothing that the examples do not show")
    func equalSeeds() throws {
        // One right answer of fifty lost in each of two seeds: their differences do not vary at all.
        let two = try #require(
            QualityTest(
                rows: [row(lost: 1, gained: 0, of: 50), row(lost: 1, gained: 0, of: 50)], isBinary: true,
                policy: policy))
        #expect(abs(two.difference + 0.02) < 1e-12)
        #expect(two.inferiorityPValue >= 0.25)
        // Eight seeds that each lose half of all answers leave no doubt: 2^-8 of the sign flips are as extreme.
        let many = try #require(
            QualityTest(
                rows: (0..<8).map { _ in row(lost: 25, gained: 0, of: 50) }, isBinary: true, policy: policy))
        #expect(many.inferiorityPValue == 1.0 / 256)
        // Nothing varies over examples either, and seeds have different numbers of them.
        let ragged = try #require(
            QualityTest(rows: [[-1, -1], [-1, -1, -1]], isBinary: false, policy: policy))
        #expect(ragged.inferiorityPValue == 0.25)
    }

    @Test(
        "gates of twelve cells whose answers differ by chance alone raise a false alarm at most at the stated rate",
        arguments: [2, 3])
    func falseAlarms(seeds: Int) throws {
        var generator = SplitMix(state: 20_241_129)
        var alarms = 0
        let gates = 300
        for _ in 0..<gates {
            let pValues = try (0..<12).map { _ in
                let rows = (0..<seeds).map { _ in
                    (0..<50).map { _ -> Double in
                        // 5% of the answers flip, as many to the right as to the wrong side.
                        guard generator.uniform() < 0.05 else { return 0 }
                        return generator.uniform() < 0.5 ? -1 : 1
                    }
                }
                return try #require(QualityTest(rows: rows, isBinary: true, policy: policy)).inferiorityPValue
            }
            if holmAdjusted(pValues).contains(where: { $0 <= policy.significance }) { alarms += 1 }
        }
        let rate = try #require(BinomialProportion(successes: alarms, trials: gates))
        #expect(rate.exactInterval().lower <= policy.significance, "\(alarms) of \(gates)")
    }

    @Test("a large loss is found with two and three seeds of unlike luck")
    func fewSeedsLargeLoss() throws {
        let two = try #require(
            QualityTest(
                rows: [row(lost: 100, gained: 0, of: 200), row(lost: 104, gained: 0, of: 200)],
                isBinary: true,
                policy: policy))
        #expect(two.inferiorityPValue < 0.01)
        let three = try #require(
            QualityTest(
                rows: [100, 104, 97].map { row(lost: $0, gained: 0, of: 200) }, isBinary: true, policy: policy
            ))
        #expect(three.inferiorityPValue < 0.001)
    }

    @Test("pairs that would decide are more than there are, and enough for the sign flips")
    func seedsNeeded() throws {
        let two = try #require(
            QualityTest(
                rows: [row(lost: 1, gained: 0, of: 500), row(lost: 2, gained: 1, of: 500)], isBinary: true,
                policy: policy))
        #expect(!two.isNonInferior && two.seedsNeeded == 5)
        #expect(SampleSize.seedsForNonInferiority(atHand: 2, deviation: 0.5, margin: 1) == 5)
        #expect(SampleSize.pairsForNonInferiority(deviation: 0.5, margin: 1) == 4)
        #expect(SampleSize.seedsForNonInferiority(atHand: 9, deviation: 1, margin: 1) == 10)
        #expect(SampleSize.seedsForNonInferiority(atHand: 9, deviation: 2.5, margin: 1) == 41)
        #expect(
            SampleSize.seedsForNonInferiority(atHand: 3, deviation: 0, margin: 1, significance: 0.01) == 7)
        #expect(SampleSize.seedsForNonInferiority(atHand: 3, deviation: 0, margin: 1, difference: -1) == nil)
    }

    @Test("more than twenty seeds are judged by sign flips drawn from a fixed seed")
    func manySeeds() throws {
        let good = (0..<25).map { row(lost: $0 % 4, gained: 2, of: 500) }
        let test = try #require(QualityTest(rows: good, isBinary: true, policy: policy))
        #expect(test.isNonInferior && test.lowerBound != nil)
        let again = try #require(QualityTest(rows: good, isBinary: true, policy: policy))
        #expect(again == test)
        let poor = (0..<25).map { row(lost: 9 + $0 % 4, gained: 2, of: 500) }
        #expect(try #require(QualityTest(rows: poor, isBinary: true, policy: policy)).isNonInferior == false)
    }

    @Test("graded answers of one pair are judged by Student's t over examples")
    func graded() throws {
        let differences = (0..<200).map { -0.1 + 0.05 * Double($0 % 3 - 1) }
        let test = try #require(QualityTest(rows: [differences], isBinary: false, policy: policy))
        #expect(test.inferiorityPValue < 1e-6 && !test.isNonInferior)
        #expect(QualityTest(rows: [], isBinary: true, policy: policy) == nil)
    }
}
