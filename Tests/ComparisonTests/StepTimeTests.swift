import Comparison
import Foundation
import Provenance
import ResultStore
import Statistics
import Testing
import Training

@Suite("Step times and speedups")
struct StepTimeTests {
    /// MeZO at 60 + 40 ms and LeZO at 30 + 40 ms with a little jitter that both share within a round.
    func pair(
        count: Int = 12, candidateEnvironment: Int64? = 1,
        environments: [Int64: Environment] = [1: Make.environment]
    ) -> ResultSnapshot {
        let jitter = (0..<count).map { Int64($0 % 5) * 100_000 }
        let mezo = Make.cell(
            id: 1,
            rounds: Make.rounds(
                overheads: jitter.map { 60_000_000 + $0 }, forwards: jitter.map { 40_000_000 + $0 }))
        let lezo = Make.cell(
            id: 2, dropped: 6,
            rounds: Make.rounds(
                overheads: jitter.map { 30_000_000 + $0 }, forwards: jitter.map { 40_000_000 + $0 },
                environment: candidateEnvironment))
        return Make.snapshot([lezo, mezo], environments: environments)
    }

    @Test("a summary has the medians of round medians and their exact interval")
    func summary() throws {
        let overheads: [Int64] = [50, 60, 70, 80, 90, 100].map { $0 * 1_000_000 }
        let cell = Make.cell(
            id: 1,
            rounds: Make.rounds(overheads: overheads, forwards: [Int64](repeating: 100_000_000, count: 6)))
        let summary = try #require(StepTimeSummary.rounds(of: cell, in: Make.snapshot([cell])))
        #expect(summary.totalNanoseconds.median == 175_000_000)
        #expect(summary.totalNanoseconds.interval?.lower == 150_000_000)
        #expect(summary.totalNanoseconds.interval?.upper == 200_000_000)
        #expect(summary.unitCount == 6 && summary.stepCount == 18)
        #expect(summary.phaseNanoseconds.perturb == 56_250_000)
        #expect(summary.phaseNanoseconds.update == 18_750_000)
        let shares = overheads.map { Double($0) / Double($0 + 100_000_000) }
        #expect(abs(summary.overheadShare.median - (shares[2] + shares[3]) / 2) < 1e-9)
        #expect(abs((summary.overheadShare.interval?.lower ?? 0) - shares[0]) < 1e-9)
        #expect(summary.reasonAgainst == nil)
        #expect(StepTimeSummary.trainingSteps(of: cell, in: Make.snapshot([cell])) == nil)
    }

    @Test("the speedup is the signed-rank estimate over paired rounds, beside Amdahl's bound")
    func speedup() throws {
        let speedups = StepSpeedups.all(in: pair())
        let speedup = try #require(speedups.first)
        #expect(speedups.count == 1 && speedup.baseline.id == 1 && speedup.candidate.id == 2)
        let measurement = try #require(speedup.measurement)
        let expected = HodgesLehmann(differences: speedup.pairs.map(\.logRatio))
        #expect(measurement.speedup == exp(-(expected?.estimate ?? 0)))
        #expect(
            measurement.interval.lower <= measurement.speedup
                && measurement.speedup <= measurement.interval.upper)
        #expect(abs(measurement.speedup - 100.0 / 70.0) < 0.01)
        let limit = try #require(speedup.limit)
        #expect(abs(limit.droppedParameterShare - 0.5 * 85.0 / 125.0) < 1e-12)
        #expect(
            limit.bound == amdahlBound(overheadShare: limit.overheadShare.median, droppedParameterShare: 0.34)
        )
        #expect(limit.interval.map { $0.contains(limit.bound) } == true)
        // Embeddings, norm and head stay, so even without layers the bound is below 1 / (1 - share).
        let upper = try #require(limit.overheadShare.interval?.upper)
        #expect(
            limit.boundWithoutLayers
                == amdahlBound(overheadShare: upper, droppedParameterShare: 85.0 / 125.0))
    }

    @Test("rounds are paired by number, whatever their order, and lonely ones are counted")
    func pairing() throws {
        var snapshot = pair(count: 8)
        for index in snapshot.cells.indices { snapshot.cells[index].rounds.reverse() }
        let inOrder = try #require(StepSpeedups.all(in: pair(count: 8)).first?.measurement)
        #expect(StepSpeedups.all(in: snapshot).first?.measurement == inOrder)
        snapshot.cells[0].rounds.removeFirst()
        let speedup = try #require(StepSpeedups.all(in: snapshot).first)
        #expect(speedup.pairs.map(\.round) == [1, 2, 3, 4, 5, 6, 7] && speedup.unpairedRoundCount == 1)
    }

    @Test("five rounds give their values but no speedup")
    func tooFewRounds() throws {
        let speedup = try #require(StepSpeedups.all(in: pair(count: 5)).first)
        #expect(speedup.pairs.count == 5 && speedup.measurement == nil)
        #expect(speedup.limit != nil && speedup.limit?.boundWithoutLayers == nil)
        guard case .refused(let reason) = speedup.outcome else { return }
        #expect(reason.contains("at least 6"))
    }

    @Test(
        "other processors, kernels, threads or core types are not compared",
        arguments: ["processor", "threads", "kernels", "core type", "BLAS version"])
    func differentEnvironments(aspect: String) throws {
        var other = Make.environment
        switch aspect {
        case "processor": other.processor = "Another"
        case "threads": other.threadCount = 1
        case "kernels": other.kernelInstructionSet = "avx2"
        case "BLAS version": other.blasVersion = "OpenBLAS 0.3.30"
        default:
            other.blasCoreType = "Haswell"
            other.expectedBLASCoreType = "Haswell"
        }
        let snapshot = pair(candidateEnvironment: 2, environments: [1: Make.environment, 2: other])
        let speedup = try #require(StepSpeedups.all(in: snapshot).first)
        guard case .refused(let reason) = speedup.outcome else {
            Issue.record("the comparison was made")
            return
        }
        #expect(reason.hasPrefix("the rounds differ in"))
    }

    @Test("a round that timed the two cells with different builds is not used")
    func differentBuilds() throws {
        var other = Make.environment
        other.gitCommit = "fedcba9"
        let snapshot = pair(candidateEnvironment: 2, environments: [1: Make.environment, 2: other])
        #expect(
            StepSpeedups.all(in: snapshot).first?.outcome
                == .refused(reason: "round 1 timed the two cells with different builds"))
    }

    @Test("times on the wrong kernels, of a debug build or of an unknown machine are worth nothing")
    func worthlessTimes() throws {
        var slow = Make.environment
        slow.blasCoreType = "Prescott"
        var debug = Make.environment
        debug.buildConfiguration = "debug"
        let cases: [([Int64: Environment], String)] = [
            ([1: slow], "worth nothing"), ([1: debug], "debug"), ([:], "no recorded"),
        ]
        for (environments, words) in cases {
            let speedup = try #require(StepSpeedups.all(in: pair(environments: environments)).first)
            guard case .refused(let reason) = speedup.outcome else {
                Issue.record("the comparison was made")
                continue
            }
            #expect(reason.contains(words))
        }
    }

    @Test("a speedup that changes over the rounds is marked as drifting")
    func drift() throws {
        let count: Int64 = 12
        let mezo = Make.cell(
            id: 1,
            rounds: Make.rounds(
                overheads: (0..<count).map { 60_000_000 + $0 * 500_000 },
                forwards: (0..<count).map { _ in 40_000_000 }))
        let lezo = Make.cell(
            id: 2, dropped: 6,
            rounds: Make.rounds(
                overheads: (0..<count).map { _ in 30_000_000 }, forwards: (0..<count).map { _ in 40_000_000 })
        )
        let speedup = try #require(StepSpeedups.all(in: Make.snapshot([mezo, lezo])).first)
        #expect(speedup.measurement?.driftWarning?.contains("-1.00") == true)
        #expect(speedup.measurement?.driftCorrelation == -1)
    }

    @Test(
        "a few rounds that go up and down together with their number are remarked on, and judged all the same"
    )
    func slightDrift() throws {
        // Ranks of the ratios over six rounds: 2 1 4 3 6 5, a correlation of 0.83 with a p-value of 4%.
        let overheads: [Int64] = [62, 61, 64, 63, 66, 65].map { $0 * 1_000_000 }
        func speedup(_ overheads: [Int64]) throws -> StepSpeedup.Measurement {
            let forwards = [Int64](repeating: 40_000_000, count: overheads.count)
            let still = overheads.map { _ in Int64(30_000_000) }
            let cells = [
                Make.cell(id: 1, rounds: Make.rounds(overheads: still, forwards: forwards)),
                Make.cell(id: 2, dropped: 6, rounds: Make.rounds(overheads: overheads, forwards: forwards)),
            ]
            return try #require(StepSpeedups.all(in: Make.snapshot(cells)).first?.measurement)
        }
        let slight = try speedup(overheads)
        #expect(slight.driftWarning == nil && slight.driftRemark?.contains("rank correlation 0.83") == true)
        let none = try speedup([62, 65, 61, 66, 63, 64].map { $0 * 1_000_000 })
        #expect(none.driftWarning == nil && none.driftRemark == nil)
    }

    @Test("cells of another model, shape or noise find no partner")
    func noPartner() {
        let rounds = Make.rounds(
            overheads: [1, 1, 1, 1, 1, 1].map { $0 * 1_000_000 }, forwards: [Int64](repeating: 9, count: 6))
        let mezo = Make.cell(id: 1, rounds: rounds)
        let otherShape = Make.cell(
            id: 2, workload: .shape(batchSize: 16, tokens: 128), dropped: 6, rounds: rounds)
        let otherModel = Make.cell(
            id: 3, model: ModelReference(name: "opt-350m", weights: .random(seed: 1)), dropped: 6,
            rounds: rounds)
        #expect(StepSpeedups.all(in: Make.snapshot([mezo, otherShape, otherModel])).isEmpty)
    }

    @Test("among several MeZO cells the one with the same learning rate is the partner")
    func partnerByLearningRate() throws {
        let rounds = Make.rounds(
            overheads: [5, 5, 5, 5, 5, 5].map { $0 * 1_000_000 },
            forwards: [Int64](repeating: 9_000_000, count: 6))
        let cells = [
            Make.cell(id: 1, learningRate: 1e-6, rounds: rounds),
            Make.cell(id: 2, learningRate: 5e-6, rounds: rounds),
            Make.cell(id: 3, dropped: 6, learningRate: 5e-6, rounds: rounds),
        ]
        #expect(StepSpeedups.all(in: Make.snapshot(cells)).first?.baseline.id == 2)
    }

    @Test("cells that differ in the seed of random weights stand in that order, however they were stored")
    func orderByWeights() {
        let cells = [(1, 7), (2, 3)].map { id, seed in
            Make.cell(
                id: Int64(id), model: ModelReference(name: "opt-125m", weights: .random(seed: UInt64(seed))))
        }
        #expect(Make.snapshot(cells).orderedCells.map(\.id) == [2, 1])
    }
}
