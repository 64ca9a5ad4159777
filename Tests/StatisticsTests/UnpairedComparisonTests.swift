import Statistics
import Testing

@Suite("Comparisons of independent groups")
struct UnpairedComparisonTests {
    let reference: ComparisonValues

    init() throws {
        reference = try ComparisonValues.load()
    }

    @Test("Fieller's interval ends where its defining inequality does")
    func fieller() throws {
        for row in reference.fieller {
            let ratio = try #require(
                FiellerRatio(denominators: row.denominators, numerators: row.numerators))
            #expect(agree(ratio.estimate, row.estimate))
            #expect((ratio.interval == nil) == (row.interval == nil))
            guard let interval = ratio.interval, let ends = row.interval else { continue }
            #expect(agree(interval.lower, ends[0]) && agree(interval.upper, ends[1]))
        }
        #expect(reference.fieller.contains { $0.interval == nil })
        #expect(FiellerRatio(denominators: [1], numerators: [1, 2]) == nil)
        #expect(FiellerRatio(denominators: [-1, 1], numerators: [1, 2]) == nil)
    }

    @Test("Fieller's interval of equal values is the ratio itself")
    func fiellerWithoutSpread() throws {
        let ratio = try #require(FiellerRatio(denominators: [4, 4, 4], numerators: [3, 3]))
        #expect(ratio.interval?.lower == 0.75 && ratio.interval?.upper == 0.75)
    }

    @Test("Welch's p-value and interval are SciPy's")
    func welch() throws {
        for row in reference.welch {
            let welch = try #require(WelchDifference(row.first, row.second))
            #expect(agree(welch.pValue(), row.pValue))
            let interval = welch.interval()
            #expect(agree(interval.lower, row.interval[0]) && agree(interval.upper, row.interval[1]))
            // The ends of the interval are the shifts that the p-value just does not reject.
            #expect(agree(welch.pValue(against: interval.lower), 0.05))
        }
        #expect(WelchDifference([1, 1], [1, 1])?.pValue() == 1)
        #expect(WelchDifference([1, 1], [2, 2])?.pValue() == 0)
        #expect(WelchDifference([1, 1], [2, 2])?.interval().upper == 1)
        #expect(WelchDifference([1], [1, 2]) == nil)
    }

    @Test("the interval and the p-value of independent shares are statsmodels'")
    func proportions() throws {
        for row in reference.independentProportions {
            let first = try #require(BinomialProportion(successes: row.first[0], trials: row.first[1]))
            let second = try #require(BinomialProportion(successes: row.second[0], trials: row.second[1]))
            let interval = independentDifferenceInterval(first, second)
            #expect(agree(interval.lower, row.interval[0]) && agree(interval.upper, row.interval[1]))
            #expect(agree(independentDifferencePValue(first, second), row.pValue), "\(row)")
        }
    }
}
