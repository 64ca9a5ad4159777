import Statistics
import TestSupport
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
    /// The statistics of the fixture, of values chosen by index.
    private func statistic(_ name: String, of strata: [[Double]], _ chosen: [[Int]]) -> Double {
        let values = zip(strata, chosen).map { stratum, indices in indices.map { stratum[$0] } }
        switch name {
        case "difference": return (mean(of: values[1]) ?? .nan) - (mean(of: values[0]) ?? .nan)
        case "deviation": return standardDeviation(of: values[0]) ?? .nan
        default: return mean(of: values[0]) ?? .nan
        }
    }

    @Test(
        "percentile and accelerated intervals of the same replicates are SciPy's, in one stratum and in two")
    func intervals() throws {
        for row in try ComparisonValues.load().bootstrap {
            // The jackknife belongs to the data alone, whatever is drawn.
            let drawn = try #require(
                StratifiedBootstrap(
                    strataSizes: row.strata.map(\.count), replicateCount: 1, draw: { _ in 0 },
                    statistic: { self.statistic(row.statistic, of: row.strata, $0) }))
            let bootstrap = try #require(
                StratifiedBootstrap(
                    estimate: drawn.estimate, replicates: row.replicates, acceleration: drawn.acceleration))
            let percentile = bootstrap.percentileInterval()
            #expect(agree(percentile.lower, row.percentile[0]) && agree(percentile.upper, row.percentile[1]))
            let accelerated = try #require(bootstrap.acceleratedInterval())
            #expect(agree(accelerated.lower, row.bca[0]), "\(row.statistic)")
            #expect(agree(accelerated.upper, row.bca[1]), "\(row.statistic)")
        }
    }

    @Test("the same draws give the same replicates, and each stratum is drawn from itself")
    func determinism() throws {
        func replicates(_ seed: UInt64) -> [Double]? {
            var generator = SplitMix(state: seed)
            return StratifiedBootstrap(
                strataSizes: [3, 2], replicateCount: 200, draw: { generator.integer(below: $0) },
                statistic: { chosen in
                    #expect(chosen[0].allSatisfy { (0..<3).contains($0) })
                    #expect(chosen[1].allSatisfy { (0..<2).contains($0) })
                    return Double(chosen[0].reduce(0, +) + 10 * chosen[1].reduce(0, +))
                })?.replicates
        }
        #expect(replicates(1) == replicates(1))
        #expect(replicates(1) != replicates(2))
        #expect(Set(try #require(replicates(1))).count > 15)
    }

    @Test("what cannot be resampled gives nothing instead of a wrong interval")
    func refusals() {
        let always: ([[Int]]) -> Double = { _ in 1 }
        #expect(
            StratifiedBootstrap(strataSizes: [], replicateCount: 9, draw: { _ in 0 }, statistic: always)
                == nil)
        #expect(
            StratifiedBootstrap(strataSizes: [2, 0], replicateCount: 9, draw: { _ in 0 }, statistic: always)
                == nil)
        #expect(
            StratifiedBootstrap(
                strataSizes: [2], replicateCount: 9, draw: { _ in 0 }, statistic: { _ in .nan })
                == nil)
        #expect(
            StratifiedBootstrap(estimate: 3, replicates: [1, 2], acceleration: 0)?.acceleratedInterval()
                == nil)
        #expect(bootstrapMeanInterval(of: [0.5], draw: { _ in 0 }) == nil)
    }

    @Test("equal scores give an interval of no length")
    func noSpread() {
        let interval = bootstrapMeanInterval(of: [1, 1, 1], draw: { _ in 0 })
        #expect(interval?.lower == 1 && interval?.upper == 1)
    }
}
