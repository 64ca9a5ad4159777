import Statistics
import TestSupport
import Testing

@Suite("Mean of groups")
struct StratifiedMeanTests {
    @Test("groups of any size count once each")
    func value() throws {
        let found = try #require(StratifiedMean(groups: [[0, 1, 1, 0], [1, 1, 0, 1, 1, 1]]))
        #expect(abs(found.value - (0.5 + 5.0 / 6) / 2) < 1e-15)
        // s^2 / n by hand: (4 * 0.25 / 3) / 4, and (25 / 36 + 5 / 36) / 5 / 6.
        let variance = (1.0 / 12 + 1.0 / 36) / 4
        #expect(abs(found.standardError - variance.squareRoot()) < 1e-15)
        let interval = found.interval(confidence: 0.95)
        #expect(abs(interval.upper - found.value - 1.959963984540054 * found.standardError) < 1e-12)
        #expect(abs(interval.upper + interval.lower - 2 * found.value) < 1e-12)
    }

    @Test("one group is the plain mean, and none or one of one value has no error")
    func edges() throws {
        let values = [0.2, 0.4, 0.9, 0.1]
        let found = try #require(StratifiedMean(groups: [values]))
        #expect(found.value == mean(of: values))
        let deviation = try #require(standardDeviation(of: values))
        #expect(abs(found.standardError - deviation / 2) < 1e-15)
        #expect(StratifiedMean(groups: []) == nil)
        #expect(StratifiedMean(groups: [[1, 2], [1]]) == nil)
    }

    @Test("the interval agrees with the stratified bootstrap's")
    func bootstrap() throws {
        var generator = SplitMix(state: 5)
        let groups = [80, 200, 56].map { count in (0..<count).map { _ in generator.uniform() < 0.7 ? 1.0 : 0 }
        }
        let found = try #require(StratifiedMean(groups: groups)).interval()
        let bootstrap = try #require(
            StratifiedBootstrap(
                strataSizes: groups.map(\.count), replicateCount: 2000,
                draw: { generator.integer(below: $0) },
                statistic: { (chosen: [[Int]]) -> Double in
                    var total = 0.0
                    for (places, group) in zip(chosen, groups) {
                        total += places.reduce(0.0) { $0 + group[$1] } / Double(places.count)
                    }
                    return total / 3
                })
        ).percentileInterval()
        #expect(abs(found.lower - bootstrap.lower) < 0.01 && abs(found.upper - bootstrap.upper) < 0.01)
    }
}
