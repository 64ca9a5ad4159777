import Comparison
import Foundation
import Kernels
import Provenance
import ResultStore
import Suites
import Testing
import Training

@Suite("Regression gate")
struct GateTests {
    private let steady = (0..<20).map { 1e8 * (1 + 0.001 * Double($0 * 5 % 7)) }

    /// A cell of each side: rounds in turns, the candidate's times and answers changed.
    private func pair(
        slowdown: Double = 0, confirmed: Bool = true, lost: Set<Int> = [], candidatePeak: Double = 1,
        schedule: Make.Schedule = .inTurns, lossPlus: Float = 1,
        work: (baseline: CountedWork?, candidate: CountedWork?) = (nil, nil)
    ) -> (CellResult, CellResult) {
        let count = confirmed ? 40 : 20
        let times = (0..<count).map { steady[$0 % 20] }
        let rounds = Make.twoSides(
            times, times.enumerated().map { (1 + slowdown) * $1 * (1 + 0.0005 * Double($0 * 3 % 5)) },
            schedule: schedule, candidatePeak: Int64(candidatePeak * Double(1 << 30)), lossPlus: lossPlus,
            work: work)
        let right = 170
        return (
            Make.taskCell(
                trials: [Make.tested(scores: Make.answers(right: right, of: 200))], rounds: rounds.baseline),
            Make.taskCell(
                trials: [Make.tested(scores: Make.answers(right: right, of: 200, changed: lost))],
                rounds: rounds.candidate)
        )
    }

    private func outcome(
        _ pair: (CellResult, CellResult), _ change: (inout GatePolicy) -> Void = { _ in }
    ) -> GateOutcome {
        var policy = GatePolicy()
        change(&policy)
        return Gate(of: Make.difference([pair.0], [pair.1]), policy: policy).outcome
    }

    @Test("the exit codes are those that the help names")
    func codes() {
        #expect(GateOutcome.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
    }

    @Test("the same program passes")
    func passes() {
        let (before, after) = pair()
        let gate = Gate(of: Make.difference([before], [after]), policy: GatePolicy())
        #expect(gate.outcome == .passed)
        #expect(Set(gate.checks.map(\.gate)) == [.exact, .quality, .timing])
        #expect(gate.checks.allSatisfy { $0.finding == .passed })
    }

    @Test("a planted slowdown is a regression once confirmed, and undecided before")
    func slower() {
        #expect(outcome(pair(slowdown: 0.05)) == .regression)
        let unconfirmed = pair(slowdown: 0.05, confirmed: false)
        #expect(outcome(unconfirmed) == .undecided)
        let gate = Gate(of: Make.difference([unconfirmed.0], [unconfirmed.1]), policy: GatePolicy())
        #expect(gate.cellsToConfirm.map(\.cell) == [unconfirmed.1.cell])
    }

    @Test("a planted drop in accuracy is inferior quality, even when the candidate is faster")
    func inferior() {
        let policy: (inout GatePolicy) -> Void = { $0.exact.numbers = .ignore }
        #expect(outcome(pair(lost: Set(0..<24)), policy) == .inferiorQuality)
        #expect(outcome(pair(slowdown: -0.4, lost: Set(0..<24)), policy) == .inferiorQuality)
    }

    @Test("a small change of answers is neither shown to be worse nor shown not to be")
    func undecided() {
        let changed = pair(lost: [3, 190])
        #expect(outcome(changed) { $0.exact.numbers = .ignore } == .undecided)
        #expect(
            outcome(changed) {
                $0.exact.numbers = .ignore
                $0.undecided = .warn
            } == .passed)
        #expect(
            outcome(changed) {
                $0.exact.numbers = .ignore
                $0.quality.marginPoints = 5
            } == .passed)
    }

    @Test("one bit of a loss is a regression of exact numbers, unless the policy lets it pass")
    func exactNumbers() {
        let changed = pair(lossPlus: Float(1).nextUp)
        #expect(outcome(changed) == .regression)
        #expect(outcome(changed) { $0.exact.numbers = .warn } == .passed)
        #expect(outcome(changed) { $0.exact.numbers = .ignore } == .passed)
    }

    @Test(
        "one more operation or allocated byte is a regression, less work is none",
        arguments: [
            (
                CountedWork(matrixProducts: 10, matrixOperations: 1000, allocatedBytes: 4096),
                GateOutcome.passed
            ),
            (CountedWork(matrixProducts: 10, matrixOperations: 1001, allocatedBytes: 4096), .regression),
            (CountedWork(matrixProducts: 11, matrixOperations: 1000, allocatedBytes: 4096), .regression),
            (CountedWork(matrixProducts: 10, matrixOperations: 1000, allocatedBytes: 8192), .regression),
            (CountedWork(matrixProducts: 9, matrixOperations: 900, allocatedBytes: 0), .passed),
        ])
    func countedWork(candidate: CountedWork, expected: GateOutcome) {
        let before = CountedWork(matrixProducts: 10, matrixOperations: 1000, allocatedBytes: 4096)
        let changed = pair(work: (before, candidate))
        #expect(outcome(changed) == expected)
        #expect(outcome(changed) { $0.exact.work = .warn } == .passed)
        #expect(outcome(changed) { $0.exact.work = .ignore } == .passed)
    }

    @Test("memory that grew beyond the tolerance is a regression")
    func memory() {
        #expect(outcome(pair(candidatePeak: 1.005)) == .passed)
        #expect(outcome(pair(candidatePeak: 1.03)) == .regression)
        #expect(outcome(pair(candidatePeak: 0.5)) == .passed)
        #expect(outcome(pair(candidatePeak: 1.03)) { $0.exact.memoryTolerance = 0.05 } == .passed)
    }

    @Test("rounds that were not taken in turns are not comparable, never a pass or a regression")
    func notInterleaved() {
        let apart = pair(slowdown: 0.5, schedule: .oneAfterTheOther)
        #expect(outcome(apart) == .notComparable)
        #expect(outcome(apart) { $0.timing.missing = .warn } == .passed)
        #expect(outcome(apart) { $0.timing.missing = .ignore } == .passed)
    }

    @Test("other machines are not comparable")
    func otherMachine() {
        var other = Make.environment
        other.processor = "Another Processor"
        let (before, after) = pair(slowdown: 0.5)
        let gate = Gate(
            of: Make.difference([before], [after], environments: (Make.environment, other)),
            policy: GatePolicy())
        #expect(gate.outcome == .notComparable)
    }

    @Test("a cell, a trial or all cells that the candidate lacks are not comparable")
    func coverage() {
        let (before, after) = pair()
        let dropped = Make.taskCell(id: 2, dropped: 6)
        func outcome(_ baseline: [CellResult], _ candidate: [CellResult]) -> GateOutcome {
            Gate(of: Make.difference(baseline, candidate), policy: GatePolicy()).outcome
        }
        #expect(outcome([before, dropped], [after]) == .notComparable)
        #expect(outcome([before], [after, dropped]) == .passed)
        #expect(outcome([before], []) == .notComparable)
        #expect(outcome([], []) == .notComparable)
        var unfinished = after
        unfinished.trials[0].status = .interrupted
        #expect(outcome([before], [unfinished]) == .notComparable)
    }

    @Test("a trial that diverges is inferior, one that crashes is a crash")
    func failedTrials() {
        let (before, after) = pair()
        func outcome(_ reason: TrialFailure.Reason) -> GateOutcome {
            var failed = after
            failed.trials[0].status = .failed
            failed.trials[0].failure = TrialFailure(reason: reason, step: 3, message: "as planted")
            return Gate(of: Make.difference([before], [failed]), policy: GatePolicy()).outcome
        }
        #expect(outcome(.diverged) == .inferiorQuality)
        #expect(outcome(.crashed) == .crash)
        #expect(outcome(.killed) == .crash)
    }

    @Test("rounds that failed are a crash of the candidate, or make the baseline useless")
    func failedRounds() {
        let (before, after) = pair()
        let difference = Make.difference([before], [after])
        #expect(Gate(of: difference, policy: GatePolicy(), failedRounds: (0, 1)).outcome == .crash)
        #expect(Gate(of: difference, policy: GatePolicy(), failedRounds: (1, 0)).outcome == .notComparable)
    }

    @Test("history warns above the limit of earlier runs on a like machine and never fails")
    func history() throws {
        func run(_ index: Int, factor: Double, processor: String = "Test Processor") -> ResultSnapshot {
            var environment = Make.environment
            environment.processor = processor
            let rounds = Make.twoSides(steady.map { factor * $0 }, [], first: 1 + 1000 * index).baseline
            return Make.snapshot([Make.taskCell(rounds: rounds)], environments: [1: environment])
        }
        let earlier = (0..<12).map { run($0, factor: 1 + 0.004 * Double($0 * 5 % 12)) }
        func checks(_ factor: Double, _ history: [ResultSnapshot]) -> [GateCheck] {
            HistoryGate.checks(
                candidate: run(50, factor: factor), history: history, policy: GatePolicy().history)
        }
        #expect(checks(1.03, earlier).map(\.finding) == [.passed])
        #expect(checks(1.3, earlier).map(\.finding) == [.warning])
        #expect(checks(1.3, Array(earlier.prefix(4))).isEmpty)
        let others = (0..<12).map { run($0, factor: 1, processor: "Another Processor") }
        #expect(checks(1.3, others).isEmpty)
        // A step up among the earlier runs: what came before it says nothing of today.
        let stepped = (0..<30).map {
            run($0, factor: ($0 < 15 ? 1 : 1.5) * (1 + 0.002 * Double($0 * 7 % 15)))
        }
        let check = try #require(checks(1.51, stepped).first)
        #expect(check.finding == .passed)
        #expect(check.detail.contains("15 earlier runs") && check.detail.contains("change of level"))
    }

    @Test("inputs that differ are not comparable")
    func otherInputs() {
        let (before, after) = pair()
        func snapshot(_ cell: CellResult, _ hash: String) -> ResultSnapshot {
            var snapshot = Make.snapshot([cell])
            snapshot.artifacts = [
                StoredArtifact(
                    kind: "archive", subject: "sst2", fileName: "SST-2.zip", sha256: hash, byteCount: 1,
                    note: nil)
            ]
            return snapshot
        }
        let difference = SuiteDifference(baseline: snapshot(before, "aa"), candidate: snapshot(after, "bb"))
        #expect(Gate(of: difference, policy: GatePolicy()).outcome == .notComparable)
    }
}
