import Comparison
import ResultStore
import Testing

@Suite("Progress of a suite")
struct SuiteProgressTests {
    private func cell(_ id: Int64, dropped: Int?, rounds: Int) -> CellResult {
        Make.cell(
            id: id, dropped: dropped,
            rounds: Make.rounds(
                overheads: [Int64](repeating: 60_000_000, count: rounds),
                forwards: [Int64](repeating: 40_000_000, count: rounds)))
    }

    private func progress(_ cells: [CellResult], planned: Int?) -> SuiteProgress {
        var snapshot = Make.snapshot(cells)
        snapshot.plannedRounds = planned
        return SuiteProgress(of: snapshot)
    }

    @Test("a run that stopped in the same round everywhere is incomplete by what the suite plans")
    func stoppedTogether() {
        let cells = [cell(1, dropped: 0, rounds: 2), cell(2, dropped: 6, rounds: 2)]
        let stopped = progress(cells, planned: 6)
        #expect(stopped.cellsWithFewerRounds.map(\.id) == [1, 2])
        #expect(stopped.roundCount == 4 && stopped.plannedRoundCount == 12)
        #expect(progress(cells, planned: 2).cellsWithFewerRounds.isEmpty)
        // Without a plan, cells can be compared with one another only.
        #expect(progress(cells, planned: nil).cellsWithFewerRounds.isEmpty)
        #expect(progress(cells, planned: nil).plannedRoundCount == nil)
    }

    @Test("cells that no round has reached yet count towards the plan, step sizes that cost no time do not")
    func notReached() {
        var cells = [
            cell(1, dropped: 0, rounds: 1), cell(2, dropped: 6, rounds: 0), cell(3, dropped: nil, rounds: 0),
        ]
        let other = Make.cell(id: 4, dropped: 6, learningRate: 5e-6)
        cells.append(other)
        let begun = progress(cells, planned: 6)
        #expect(begun.cellsWithFewerRounds.map(\.id) == [1] && begun.untimedCells.map(\.id) == [2])
        #expect(begun.roundCount == 1 && begun.plannedRoundCount == 12)
        let before = progress([cell(1, dropped: 0, rounds: 0), cells[1], other], planned: 6)
        #expect(before.untimedCells.map(\.id) == [1, 2] && before.plannedRoundCount == 12)
    }
}
