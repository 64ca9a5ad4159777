import Comparison
import Statistics
import Testing
import Training

@Suite("Where a speedup comes from")
struct SpeedupOriginTests {
    func origins(_ lezo: (overhead: Int64, forward: Int64)) -> [SpeedupOrigin] {
        let cells = [
            Make.cell(id: 1, rounds: ClaimsTests.rounds(60_000_000, 40_000_000)),
            Make.cell(id: 2, dropped: 6, rounds: ClaimsTests.rounds(lezo.overhead, lezo.forward)),
        ]
        let snapshot = Make.snapshot(cells)
        return SpeedupOrigin.all(
            roundTimes: cells.compactMap { StepTimeSummary.rounds(of: $0, in: snapshot) },
            speedups: StepSpeedups.all(in: snapshot))
    }

    @Test("what a step saves is told by phase, with intervals")
    func savedTime() throws {
        let saving = try #require(origins((35_000_000, 38_000_000)).first?.savings.first)
        #expect(saving.total.estimate == 27_000_000)
        #expect(saving.perturbAndUpdate.estimate == 25_000_000)
        #expect(saving.forward.estimate == 2_000_000)
        let interval = try #require(saving.forward.interval)
        #expect(
            interval.lower == 2_000_000 && interval.upper == 2_000_000,
            "the rounds differ alike on both sides")
    }

    @Test("a claimed speedup needs a share that follows from Amdahl's bound, and some need more than all")
    func requiredShare() throws {
        let origin = try #require(origins((35_000_000, 40_000_000)).first)
        // 85 of 125 million parameters lie in layers: 1 / (1 - s * 0.68) = 2 at s = 0.5 / 0.68.
        let share = try #require(origin.requiredShare(forSpeedup: 2))
        #expect(abs(share - 0.5 / 0.68) < 1e-12)
        #expect(abs(amdahlBound(overheadShare: share, droppedParameterShare: 0.68) - 2) < 1e-12)
        #expect((origin.requiredShare(forSpeedup: 4) ?? 0) > 1)
    }

    @Test("the lengths with more and with less than half are told by whole intervals")
    func majority() throws {
        let cells = [(15, 40), (64, 59), (132, 200)].enumerated().map { index, point in
            Make.cell(
                id: Int64(index + 1), workload: .shape(batchSize: 16, tokens: point.0),
                rounds: Make.rounds(
                    overheads: [58, 62, 59, 61, 60, 60, 63, 57].map { $0 * 1_000_000 },
                    forwards: [Int64](repeating: Int64(point.1) * 1_000_000, count: 8)))
        }
        let snapshot = Make.snapshot(cells)
        let series = try #require(
            TokenSeries.all(
                roundTimes: cells.compactMap { StepTimeSummary.rounds(of: $0, in: snapshot) }, speedups: []
            ).first)
        #expect(series.longestWithMajority == 15, "at 64 tokens the interval holds one half")
        #expect(series.shortestWithoutMajority == 132)
    }
}
