import Statistics
import Testing

@Suite("Kaplan-Meier curve")
struct KaplanMeierTests {
    private func makeCurve(_ times: [Double], _ events: [Bool]) -> KaplanMeier? {
        KaplanMeier(zip(times, events).map { KaplanMeier.Observation(time: $0, isEvent: $1) })
    }

    @Test(
        "curve, restricted mean and its error are those of R's survival, the published remission data included"
    )
    func restrictedMean() throws {
        for row in try RValues.load().survival {
            let curve = try #require(makeCurve(row.times, row.events.map { $0 == 1 }))
            #expect(curve.drops.map(\.time) == row.dropTimes)
            for (drop, expected) in zip(curve.drops, row.survival) { #expect(agree(drop.survival, expected)) }
            let mean = try #require(curve.restrictedMean(to: row.horizon))
            #expect(agree(mean.value, row.mean))
            #expect(agree(mean.variance.squareRoot(), row.error))
        }
    }

    @Test("without censoring the restricted mean is the mean, and its variance that of a mean")
    func uncensored() throws {
        let times = [3.0, 5, 8, 8, 21]
        let mean = try #require(makeCurve(times, times.map { _ in true })?.restrictedMean(to: 30))
        #expect(agree(mean.value, 9))
        let squares = times.reduce(0) { $0 + ($1 - 9) * ($1 - 9) }
        #expect(agree(mean.variance, squares / 25))
    }

    @Test("beyond the last censored time there is no restricted mean")
    func unknownTail() {
        #expect(makeCurve([2, 4], [true, false])?.restrictedMean(to: 4) != nil)
        #expect(makeCurve([2, 4], [true, false])?.restrictedMean(to: 4.5) == nil)
        #expect(KaplanMeier([]) == nil)
    }

    @Test("the share without event steps down at events only")
    func survival() throws {
        let curve = try #require(makeCurve([1, 2, 2, 3], [true, false, true, false]))
        #expect(curve.survival(at: 0.5) == 1)
        #expect(curve.survival(at: 1) == 0.75)
        #expect(curve.survival(at: 2) == 0.5)
        #expect(curve.survival(at: 9) == 0.5)
    }
}
