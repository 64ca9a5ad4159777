import Comparison
import Foundation
import LanguageModels
import Optimizers
import ResultStore
import Testing
import Training

@Suite("Plans side by side")
struct PlanTests {
    private func rounds(_ overhead: Int64, _ forward: Int64, count: Int = 8) -> [RoundResult] {
        let wandering = [0, 5, 2, 7, 4, 1, 6, 3].prefix(count).map { Int64($0) * 10_000 }
        return Make.rounds(
            overheads: wandering.map { overhead + $0 }, forwards: wandering.map { forward + $0 })
    }

    /// MeZO and LeZO on both plans: 100 and 70 ms on the reference plan, 50 and 40 ms on the fused one.
    private var cells: [CellResult] {
        [
            Make.cell(id: 1, rounds: rounds(60_000_000, 40_000_000)),
            Make.cell(id: 2, dropped: 6, rounds: rounds(30_000_000, 40_000_000)),
            Make.cell(id: 3, plan: .fused, rounds: rounds(20_000_000, 30_000_000)),
            Make.cell(id: 4, dropped: 6, plan: .fused, rounds: rounds(10_000_000, 30_000_000)),
        ]
    }

    @Test("LeZO is held against MeZO on its own plan only")
    func speedups() throws {
        let speedups = StepSpeedups.all(in: Make.snapshot(cells))
        #expect(speedups.map { [$0.baseline.id, $0.candidate.id] } == [[1, 2], [3, 4]])
        #expect(abs((speedups[0].measurement?.speedup ?? 0) - 100.0 / 70) < 0.01)
        #expect(abs((speedups[1].measurement?.speedup ?? 0) - 50.0 / 40) < 0.01)
        let limits = try speedups.map { try #require($0.limit) }
        #expect(abs(limits[0].overheadShare.median - 0.6) < 0.01)
        #expect(abs(limits[1].overheadShare.median - 0.4) < 0.01)
    }

    @Test("the fused plan is held against the reference plan with the same optimizer, without Amdahl's bound")
    func planSpeedups() {
        let speedups = PlanSpeedups.all(in: Make.snapshot(cells.reversed()))
        #expect(speedups.map { [$0.baseline.id, $0.candidate.id] } == [[1, 3], [2, 4]])
        #expect(abs((speedups[0].measurement?.speedup ?? 0) - 2) < 0.01)
        #expect(abs((speedups[1].measurement?.speedup ?? 0) - 1.75) < 0.01)
        #expect(speedups.allSatisfy { $0.limit == nil })
        #expect(PlanSpeedups.all(in: Make.snapshot(Array(cells.prefix(2)))).isEmpty)
    }

    @Test("tables list the reference plan before the fused one")
    func order() {
        #expect(Make.snapshot(cells.reversed()).orderedCells.map(\.id) == [1, 2, 3, 4])
    }

    @Test("rounds of one number that were taken in runs of their own are no pair")
    func apart() throws {
        var cells = cells
        // All of MeZO's rounds on the reference plan first, then all on the fused one.
        for (index, start) in [(0, 0), (2, 1_000)] {
            for round in cells[index].rounds.indices {
                cells[index].rounds[round].recordedNanoseconds = Int64(start + round)
            }
        }
        let apart = try #require(PlanSpeedups.all(in: Make.snapshot([cells[0], cells[2]])).first)
        #expect(apart.pairs.isEmpty && apart.unpairedRoundCount == 16)
        guard case .refused(let reason) = apart.outcome else {
            Issue.record("the comparison was made")
            return
        }
        #expect(reason.contains("8 more were not timed side by side"))
        // Taking turns, with round 3 taken anew at the end.
        for (index, offset) in [(0, 0), (2, 1)] {
            for round in cells[index].rounds.indices {
                cells[index].rounds[round].recordedNanoseconds = Int64(
                    10 * (round == 2 ? 20 : round) + offset)
            }
        }
        let turns = try #require(PlanSpeedups.all(in: Make.snapshot([cells[0], cells[2]])).first)
        #expect(turns.pairs.count == 8 && turns.measurement != nil)
    }

    @Test(
        "a share is judged on the reference plan, and the fused plan's stands beside it; memory is judged on both"
    )
    func claims() throws {
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-phase", "LEZO-mem"]),
            ledger: try ClaimsLedger(folder: LedgerTests.folder))
        #expect(
            claims.assessments.map(\.verdict.words)
                == ["supported", "not comparable", "supported", "supported"])
        #expect(claims.assessments.map(\.plan) == [.reference, .fused, .reference, .fused])
        #expect(claims.assessments[0].subject.hasSuffix(", reference plan"))
        #expect(claims.assessments[1].subject.hasSuffix(", fused plan"))
        #expect(abs((claims.assessments[1].value ?? 0) - 40) < 0.5)
        #expect(claims.assessments[1].verdict.reason?.contains("judged on the reference plan") == true)
    }

    @Test("differences name the storage that was measured")
    func storage() throws {
        var cells = Array(cells.prefix(2))
        for index in cells.indices { cells[index].cell.model.storage = .bfloat16 }
        let claims = ClaimAssessments(
            of: Make.snapshot(cells, claims: ["LEZO-phase"]),
            ledger: try ClaimsLedger(folder: LedgerTests.folder))
        let differences = try #require(claims.assessments.first?.differences)
        #expect(differences.map(\.words).contains("storage: bfloat16 here, not stated there"))
        #expect(cells[0].cell.model.words == "opt-125m (random weights, bfloat16)")
    }

    @Test("storage, tuned parameters and rounding keep cells apart")
    func comparability() {
        let mezo = Make.cell(id: 1, rounds: rounds(60_000_000, 40_000_000))
        let layersOnly = Make.cell(
            id: 2, dropped: 6, tuned: .decoderLayers, rounds: rounds(30_000_000, 40_000_000))
        var stored = Make.cell(id: 3, dropped: 6, rounds: rounds(30_000_000, 40_000_000))
        stored.cell.model.storage = .float16
        #expect(StepSpeedups.all(in: Make.snapshot([mezo, layersOnly, stored])).isEmpty)
    }

    @Test("where decoder layers alone are tuned, leaving them out leaves out all that is tuned")
    func tunedShare() {
        let all = Make.cell(id: 1, dropped: 6)
        let layersOnly = Make.cell(id: 2, dropped: 6, tuned: .decoderLayers)
        #expect(abs((all.droppedParameterShare ?? 0) - 0.5 * 85 / 125) < 1e-12)
        #expect(layersOnly.droppedParameterShare == 0.5)
    }
}
