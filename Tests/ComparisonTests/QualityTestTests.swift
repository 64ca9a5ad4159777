import Comparison
import Statistics
import Suites
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

    @Test("graded answers of one pair are judged by Student's t over examples")
    func graded() throws {
        let differences = (0..<200).map { -0.1 + 0.05 * Double($0 % 3 - 1) }
        let test = try #require(QualityTest(rows: [differences], isBinary: false, policy: policy))
        #expect(test.inferiorityPValue < 1e-6 && !test.isNonInferior)
        #expect(QualityTest(rows: [], isBinary: true, policy: policy) == nil)
    }
}
