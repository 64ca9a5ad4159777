import Comparison
import Foundation
import ResultStore
import Suites
import TestSupport
import Testing
import Training

/// Whole gates over rounds drawn from records of the sandbox against itself.
@Suite("Gates of recorded rounds")
struct RecordedRoundsSlowTests {
    /// The outcomes of gates of a candidate whose cells became slower by these shares.
    private func outcomes(
        gates: Int, of record: RecordedRounds, slowdowns: [Double], seed: UInt64
    ) -> [GateOutcome: Int] {
        var generator = SplitMix(state: seed)
        var outcomes: [GateOutcome: Int] = [:]
        for _ in 0..<gates {
            outcomes[gate(of: record, slowdowns: slowdowns, &generator), default: 0] += 1
        }
        return outcomes
    }

    /// One gate as the command holds it: the first stage, then fresh rounds of what it flags.
    private func gate(
        of record: RecordedRounds, slowdowns: [Double], _ generator: inout SplitMix
    ) -> GateOutcome {
        let policy = GatePolicy()
        let count = policy.timing.rounds
        var sides = slowdowns.indices.map { cell in
            side(cell, record.draw(cell: cell, rounds: count, slowdown: slowdowns[cell], &generator))
        }
        func judge() -> Gate {
            Gate(of: Make.difference(sides.map(\.baseline), sides.map(\.candidate)), policy: policy)
        }
        let first = judge()
        let flagged = sides.indices.filter { index in
            first.cellsToConfirm.contains { $0.cell == sides[index].candidate.cell }
        }
        guard !flagged.isEmpty else { return first.outcome }
        for cell in flagged {
            let fresh = side(
                cell, record.draw(cell: cell, rounds: count, slowdown: slowdowns[cell], &generator),
                first: count + 1)
            sides[cell].baseline.rounds += fresh.baseline.rounds
            sides[cell].candidate.rounds += fresh.candidate.rounds
        }
        return judge().outcome
    }

    private func side(
        _ cell: Int, _ pairs: [RecordedRounds.Pair], first: Int = 1
    ) -> (baseline: CellResult, candidate: CellResult) {
        let rounds = Make.twoSides(pairs.map(\.baseline), pairs.map(\.candidate), first: first)
        let trials = [Make.tested(scores: Make.answers(right: 80, of: 100))]
        let (id, dropped) = (Int64(cell + 1), 3 * cell)
        return (
            Make.taskCell(id: id, dropped: dropped, trials: trials, rounds: rounds.baseline),
            Make.taskCell(id: id, dropped: dropped, trials: trials, rounds: rounds.candidate)
        )
    }

    @Test(
        "100 gates of the sandbox against itself fail at most at the stated rate, on a quiet and on a busy machine",
        arguments: ["quiet", "busy"])
    func nothingChanged(_ machine: String) throws {
        let record = try RecordedRounds(machine: machine)
        let outcomes = outcomes(
            gates: 100, of: record, slowdowns: record.cells.map { _ in 0 }, seed: 71)
        let failed = outcomes.filter { ![.passed, .undecided].contains($0.key) }.values.reduce(0, +)
        #expect(Double(failed) / 100 <= GatePolicy().timing.significance, "\(outcomes)")
    }

    @Test("on a quiet machine a slowdown twice as large as the smallest that its calibration states is found")
    func quiet() throws {
        let record = try RecordedRounds(machine: "quiet")
        let policy = GatePolicy().timing
        let ratios = record.cells.map { pairs in pairs.map { log($0.candidate / $0.baseline) } }
        let starts = stride(from: 0, through: ratios[0].count - policy.rounds, by: policy.rounds)
        let gates = starts.map { start in
            ratios.map { Array($0[start..<start + policy.rounds]) }
        }
        let calibration = try #require(TimingCalibration(gates: gates, policy: policy))
        #expect(calibration.keepsStatedRate)
        // Its steps of 20 milliseconds hide the tenth that the policy asks for, and the calibration says so.
        #expect(!calibration.isTrustworthy)
        let smallest = try #require(calibration.smallestDetectable.compactMap { $0 }.max())
        let outcomes = outcomes(gates: 100, of: record, slowdowns: [2 * smallest, 2 * smallest], seed: 73)
        #expect(Double(outcomes[.regression] ?? 0) / 100 >= 0.95, "\(outcomes) at \(2 * smallest)")
    }

    @Test("on a busy machine a slowdown is found or the answer is undecided, and hardly ever passed")
    func busy() throws {
        let record = try RecordedRounds(machine: "busy")
        let outcomes = outcomes(gates: 100, of: record, slowdowns: [0.05, 0.05], seed: 74)
        // Rounds drawn from a quiet stretch may show a deviation that would let 5% be found, and miss it.
        #expect(Double(outcomes[.passed] ?? 0) / 100 <= 0.02, "\(outcomes)")
        let large = self.outcomes(gates: 100, of: record, slowdowns: [1, 1], seed: 75)
        #expect(Double(large[.regression] ?? 0) / 100 >= 0.8, "\(large)")
    }
}
