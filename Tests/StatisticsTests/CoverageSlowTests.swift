import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Coverage by simulation")
struct CoverageSlowTests {
    @Test(
        "the signed-rank interval of paired log ratios covers as promised under spiky noise",
        arguments: [6, 12, 20])
    func signedRank(count: Int) throws {
        var generator = SplitMix(state: 7)
        let repeats = 3_000
        let truth = -0.3
        var covered = 0
        for _ in 0..<repeats {
            let differences = (0..<count).map { _ in truth + generator.spikyNoise() - generator.spikyNoise() }
            let interval = try #require(HodgesLehmann(differences: differences)?.interval)
            if interval.contains(truth) { covered += 1 }
        }
        let observed = try #require(BinomialProportion(successes: covered, trials: repeats))
        #expect(observed.exactInterval(confidence: 0.999).upper >= 0.95, "covered \(observed.estimate)")
        #expect(observed.estimate < 0.985, "an interval that always covers would be too wide")
    }

    @Test("the exact interval of a median covers as promised")
    func medianInterval() throws {
        var generator = SplitMix(state: 11)
        let repeats = 3_000
        let truth = Foundation.log(2.0)
        var covered = 0
        for _ in 0..<repeats {
            let values = (0..<12).map { _ in -Foundation.log(1 - generator.uniform())
            }
            if try #require(exactMedianInterval(of: values)).contains(truth) { covered += 1 }
        }
        let observed = try #require(BinomialProportion(successes: covered, trials: repeats))
        #expect(observed.exactInterval(confidence: 0.999).upper >= 0.95, "covered \(observed.estimate)")
        #expect(observed.estimate < 0.985, "covered \(observed.estimate)")
    }

    @Test("the Clopper-Pearson interval never covers less than promised", arguments: [0.03, 0.5, 0.9])
    func clopperPearson(chance: Double) throws {
        // Coverage is a sum over outcomes, so it needs no simulation.
        let trials = 200
        let distribution = BinomialDistribution(trials: trials, probability: chance)
        var coverage = 0.0
        for successes in 0...trials {
            let proportion = try #require(BinomialProportion(successes: successes, trials: trials))
            if proportion.exactInterval().contains(chance) { coverage += distribution.mass(at: successes) }
        }
        #expect(coverage >= 0.95 && coverage < 0.985)
    }
}
