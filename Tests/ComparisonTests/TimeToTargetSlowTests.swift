import Comparison
import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Time to target by simulation")
struct TimeToTargetSlowTests {
    /// One experiment: the truth is a step `stepTruth` and a count `countTruth` times as fast.
    private struct Experiment {
        static let stepTruth = 1.6
        static let countTruth = 0.8
        var generator: SplitMix

        mutating func product(rounds: Int, seeds: Int) throws -> FactorProduct {
            let logRatios = (0..<rounds).map { _ in
                -log(Self.stepTruth) + generator.spikyNoise() - generator.spikyNoise()
            }
            let step = try #require(HodgesLehmann(differences: logRatios))
            var baseline: [TargetRun] = []
            var candidate: [TargetRun] = []
            for _ in 0..<seeds {
                // Seeds share what makes a draw of data hard, so pairs vary less than runs.
                let shared = 0.3 * generator.normal()
                let steps = [1, 1 / Self.countTruth].map { factor in
                    Int(100_000 * factor * exp(shared + 0.15 * generator.normal()))
                }
                baseline.append(.reached(step: steps[0], previousStep: steps[0] - 1, isConfirmed: true))
                candidate.append(.reached(step: steps[1], previousStep: steps[1] - 1, isConfirmed: true))
            }
            let count = try #require(
                StepCountFactor(baseline: baseline, candidate: candidate, budget: 10_000_000))
            return FactorProduct(
                stepSpeedup: exp(-step.estimate),
                stepInterval: try #require(step.interval).mapped(decreasing: { exp(-$0) }), stepCount: count)
        }
    }

    @Test(
        "the product's interval covers the true ratio of times as promised",
        arguments: [(rounds: 12, seeds: 6), (rounds: 12, seeds: 12), (rounds: 8, seeds: 4)])
    func coverage(design: (rounds: Int, seeds: Int)) throws {
        var experiment = Experiment(generator: SplitMix(state: 5))
        let repeats = 1_500
        let truth = Experiment.stepTruth * Experiment.countTruth
        var covered = 0
        for _ in 0..<repeats {
            let product = try experiment.product(rounds: design.rounds, seeds: design.seeds)
            if try #require(product.interval).contains(truth) { covered += 1 }
        }
        let observed = try #require(BinomialProportion(successes: covered, trials: repeats))
        #expect(observed.exactInterval(confidence: 0.999).upper >= 0.95, "covered \(observed.estimate)")
        #expect(observed.estimate < 0.985, "an interval that always covers would be too wide")
    }

    @Test(
        "where some seeds miss, the bootstrap over seeds covers the true ratio of restricted means nearly as often"
    )
    func censoredCoverage() throws {
        let budget = 1_000
        var generator = SplitMix(state: 9)
        func run(_ mean: Double) -> TargetRun {
            let step = Int(mean * exp(0.4 * generator.normal())) + 1
            return step <= budget
                ? .reached(step: step, previousStep: step - 1, isConfirmed: true) : .missed(budget: budget)
        }
        func restrictedMean(_ mean: Double) -> Double {
            let runs = (0..<40_000).map { _ in Double(run(mean).reachedStep ?? budget) }
            return runs.reduce(0, +) / Double(runs.count)
        }
        let (slow, fast) = (900.0, 450.0)
        let truth = restrictedMean(slow) / restrictedMean(fast)
        let repeats = 60
        var covered = 0
        var used = 0
        while used < repeats {
            let baseline = (0..<20).map { _ in run(slow) }
            let candidate = (0..<20).map { _ in run(fast) }
            let factor = try #require(
                StepCountFactor(
                    baseline: baseline, candidate: candidate, budget: budget, replicateCount: 300))
            guard factor.kind == .restrictedMeans else { continue }
            used += 1
            if try #require(factor.interval).contains(truth) { covered += 1 }
        }
        // Percentile intervals of twenty seeds are somewhat short: 90% and more are what they give.
        #expect(Double(covered) / Double(repeats) > 0.85, "covered \(covered) of \(repeats)")
    }
}
