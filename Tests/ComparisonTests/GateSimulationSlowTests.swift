import Comparison
import Foundation
import ResultStore
import Statistics
import Suites
import TestSupport
import Testing
import Training

/// What the gate promises, counted over simulated machines with fixed seeds.
@Suite("Error rates of the gate by simulation")
struct GateSimulationSlowTests {
    /// What came of some gates.
    private struct Tally {
        var gates = 0
        var flagged = 0
        var confirmed = 0
        var flaggedRate: Double { Double(flagged) / Double(gates) }
        var confirmedRate: Double { Double(confirmed) / Double(gates) }
    }

    /// Holds `gates` gates of cells with these slowdowns on machines of their own.
    private func tally(gates: Int, rounds: Int, slowdowns: [Double], seed: UInt64) -> Tally {
        var policy = GatePolicy().timing
        policy.rounds = rounds
        var tally = Tally()
        for gate in 0..<gates {
            var machine = MachineNoise(seed: seed &+ UInt64(gate))
            let samples = machine.samples(rounds: rounds, slowdowns: slowdowns) { first in
                TimingGate(first.map { .init(firstStage: $0) }, policy: policy).flagged
            }
            let judged = TimingGate(
                zip(samples.firstStage, samples.confirmation).map {
                    .init(firstStage: $0, confirmation: $1)
                }, policy: policy)
            tally.gates += 1
            if !judged.flagged.isEmpty { tally.flagged += 1 }
            if judged.cells.contains(where: { $0.finding == .slower }) { tally.confirmed += 1 }
        }
        return tally
    }

    @Test("200 gates of a program against itself fail at most at the stated rate", arguments: [12, 20])
    func nothingChanged(rounds: Int) {
        let tally = tally(
            gates: 200, rounds: rounds, slowdowns: [Double](repeating: 0, count: 24), seed: 1000)
        #expect(tally.flaggedRate <= 0.05, "flagged \(tally.flagged)")
        #expect(tally.confirmed == 0)
    }

    @Test(
        "24 cells exactly at the margin are flagged in at most 5 % of gates and confirmed in none",
        arguments: [12, 20])
    func atTheMargin(rounds: Int) throws {
        let tally = tally(
            gates: 300, rounds: rounds, slowdowns: [Double](repeating: 0.02, count: 24), seed: 2000)
        let rate = try #require(BinomialProportion(successes: tally.flagged, trials: tally.gates))
        #expect(rate.exactInterval().lower <= 0.05, "flagged \(tally.flagged)")
        #expect(tally.confirmed <= 1)
    }

    @Test(
        "one of 24 cells 5 % slower is found and confirmed in about half of the gates of 12 rounds, in nine of ten of 20",
        arguments: [(12, 0.45), (20, 0.85)])
    func oneSlowCell(rounds: Int, power: Double) {
        var slowdowns = [Double](repeating: 0, count: 24)
        slowdowns[7] = 0.05
        let tally = tally(gates: 300, rounds: rounds, slowdowns: slowdowns, seed: 3000)
        #expect(tally.confirmedRate >= power, "confirmed \(tally.confirmed) of \(tally.gates)")
    }

    @Test("a few cells 8 % slower are found nearly always")
    func fewCells() {
        let tally = tally(gates: 200, rounds: 20, slowdowns: [0, 0.08, 0, 0], seed: 4000)
        #expect(tally.confirmedRate >= 0.97, "confirmed \(tally.confirmed)")
    }

    @Test("the signed-rank p-value of one cell at the margin is uniform enough: 5 % of gates fall below 5 %")
    func oneCellAtTheMargin() throws {
        var below = 0
        for gate in 0..<3_000 {
            var machine = MachineNoise(seed: 5000 &+ UInt64(gate))
            let ratios = machine.logRatios(rounds: 20, slowdowns: [0.02])[0]
            if SignedRankTest(differences: ratios.map { $0 - log(1.02) }).pValueAbove <= 0.05 { below += 1 }
        }
        let rate = try #require(BinomialProportion(successes: below, trials: 3_000)).exactInterval()
        #expect(rate.contains(0.05) || rate.upper < 0.05, "\(below)")
        #expect(below > 60)
    }

    // MARK: Quality

    /// One pair of trials on `count` examples: the baseline has 85 % right; the candidate flips some answers and then
    /// loses `drop` of all.
    private func rows(
        seeds: Int, count: Int, drop: Double, flips: Double, _ generator: inout SplitMix
    ) -> [[Double]] {
        (0..<seeds).map { _ in
            (0..<count).map { _ in
                let wasRight = generator.uniform() < 0.85
                var isRight = generator.uniform() < flips ? !wasRight : wasRight
                // Flips alone cost accuracy, since most answers are right; give back as much.
                if !isRight, generator.uniform() < flips * 0.7 / (0.15 + flips * 0.7) { isRight = true }
                if isRight, generator.uniform() < drop / 0.85 { isRight = false }
                return (isRight ? 1 : 0) - (wasRight ? 1 : 0)
            }
        }
    }

    private func qualityTally(
        gates: Int, cells: Int, seeds: Int, count: Int, drop: Double, seed: UInt64
    ) throws -> (inferior: Int, passed: Int) {
        var generator = SplitMix(state: seed)
        let policy = GatePolicy().quality
        var inferior = 0
        var passed = 0
        for _ in 0..<gates {
            let tests = try (0..<cells).map { cell in
                try #require(
                    QualityTest(
                        rows: rows(
                            seeds: seeds, count: count, drop: cell == 0 ? drop : 0, flips: 0.05, &generator),
                        isBinary: true, policy: policy))
            }
            let adjusted = holmAdjusted(tests.map(\.inferiorityPValue))
            if adjusted.contains(where: { $0 <= policy.significance }) { inferior += 1 }
            if tests.allSatisfy(\.isNonInferior) { passed += 1 }
        }
        return (inferior, passed)
    }

    @Test(
        "other answers of the same quality are called inferior at most at the stated rate", arguments: [1, 5])
    func sameQuality(seeds: Int) throws {
        let tally = try qualityTally(gates: 400, cells: 12, seeds: seeds, count: 200, drop: 0, seed: 61)
        #expect(Double(tally.inferior) / 400 <= 0.05, "\(tally)")
    }

    @Test("a drop of 12 points in one of 12 cells is found on 200 examples of one seed")
    func plantedDrop() throws {
        let tally = try qualityTally(gates: 300, cells: 12, seeds: 1, count: 200, drop: 0.12, seed: 62)
        #expect(Double(tally.inferior) / 300 >= 0.80, "\(tally)")
        #expect(tally.passed == 0)
    }

    @Test("a drop of 4 points is found on 1,000 examples of five seeds")
    func smallDrop() throws {
        let tally = try qualityTally(gates: 200, cells: 4, seeds: 5, count: 1_000, drop: 0.04, seed: 63)
        #expect(Double(tally.inferior) / 200 >= 0.80, "\(tally)")
        #expect(tally.passed == 0)
    }

    @Test("a faster but worse optimizer is never called a success")
    func fasterButWorse() {
        var generator = SplitMix(state: 64)
        var passed = 0
        var inferior = 0
        var improvements = 0
        for gate in 0..<200 {
            var machine = MachineNoise(seed: 6400 &+ UInt64(gate))
            let ratios = machine.logRatios(rounds: 20, slowdowns: [-0.3])[0]
            let rounds = Make.twoSides(
                ratios.map { _ in 1e8 }, ratios.map { 1e8 * exp($0) })
            func trials(drop: Double) -> [TrialResult] {
                (0..<5).map { seed in
                    Make.tested(
                        id: Int64(seed), noiseSeed: UInt64(seed),
                        scores: (0..<400).map { _ in generator.uniform() < 0.85 - drop ? 1 : 0 })
                }
            }
            let difference = Make.difference(
                [Make.taskCell(trials: trials(drop: 0), rounds: rounds.baseline)],
                [Make.taskCell(trials: trials(drop: 0.1), rounds: rounds.candidate)])
            var policy = GatePolicy()
            policy.exact.numbers = .ignore
            let outcome = Gate(of: difference, policy: policy).outcome
            if outcome == .passed { passed += 1 }
            if outcome == .inferiorQuality { inferior += 1 }
            let judgement = difference.cells.first?.judgement ?? ""
            if judgement == "faster, as good" || judgement == "faster" { improvements += 1 }
        }
        #expect(passed == 0 && improvements == 0)
        #expect(inferior >= 190, "\(inferior)")
    }
}
