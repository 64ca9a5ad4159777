import Comparison
import Optimizers
import ResultStore
import Testing
import Training

@Suite("Series of lengths")
struct TokenSeriesTests {
    private func cells(tokens: [Int], plan: ExecutionPlan = .reference, firstID: Int64 = 1) -> [CellResult] {
        tokens.enumerated().flatMap { index, tokens in
            [0, 6].enumerated().map { place, dropped in
                let overhead = Int64(dropped == 0 ? 60_000_000 : 30_000_000)
                let jitter = [0, 3, 1, 4, 2, 5].map { Int64($0) * 10_000 }
                return Make.cell(
                    id: firstID + Int64(2 * index + place), workload: .shape(batchSize: 16, tokens: tokens),
                    dropped: dropped, plan: plan,
                    rounds: Make.rounds(
                        overheads: jitter.map { overhead + $0 },
                        forwards: jitter.map { Int64(tokens) * 1_000_000 + $0 }))
            }
        }
    }

    private func series(_ cells: [CellResult]) -> [TokenSeries] {
        let snapshot = Make.snapshot(cells)
        return TokenSeries.all(
            roundTimes: snapshot.orderedCells.compactMap { StepTimeSummary.rounds(of: $0, in: snapshot) },
            speedups: StepSpeedups.all(in: snapshot))
    }

    @Test("lengths stand in rising order, each with MeZO's share and LeZO's speedup")
    func points() throws {
        let found = series(cells(tokens: [373, 15, 132]))
        let only = try #require(found.first)
        #expect(found.count == 1 && only.points.map(\.tokens) == [15, 132, 373])
        let shares = only.points.map(\.baseline.overheadShare.median)
        #expect(zip(shares, [60.0 / 75, 60.0 / 192, 60.0 / 433]).allSatisfy { abs($0 - $1) < 0.001 })
        let speedups = only.points.compactMap { $0.speedups.first?.measurement?.speedup }
        #expect(zip(speedups, [75.0 / 45, 192.0 / 162, 433.0 / 403]).allSatisfy { abs($0 - $1) < 0.01 })
    }

    @Test("two lengths are no series, and plans make series of their own")
    func groups() {
        #expect(series(cells(tokens: [32, 64])).isEmpty)
        let both = series(
            cells(tokens: [15, 42, 84]) + cells(tokens: [15, 42, 84], plan: .fused, firstID: 100))
        #expect(both.map { $0.representative.cell.plan } == [.reference, .fused])
        #expect(both.allSatisfy { $0.points.count == 3 })
    }
}
