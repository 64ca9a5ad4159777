package import ResultStore
import Training

/// How far a suite has come and what is missing of it.
package struct SuiteProgress: Sendable {
    /// A trial that has no result, with its cell.
    package struct Missing: Sendable {
        /// The cell.
        package let cell: CellResult
        /// The trial.
        package let trial: TrialResult
    }

    /// The number of trials by status.
    package let counts: [TrialStatus: Int]
    /// All trials.
    package let trialCount: Int
    /// Timing rounds of all cells.
    package let roundCount: Int
    /// Failed trials.
    package let failed: [Missing]
    /// How many of them the archives at hand have no data for.
    package var unavailableCount: Int { failed.count { $0.trial.failure?.reason == .unavailable } }
    /// Trials that are planned, running or interrupted.
    package let unfinished: [Missing]
    /// Cells whose step was not timed although that of others was.
    package let untimedCells: [CellResult]

    /// Cells with fewer rounds than the cell with most of them has.
    package let cellsWithFewerRounds: [CellResult]
    /// The most rounds that a cell has.
    package let mostRounds: Int

    /// The progress of a snapshot.
    package init(of snapshot: ResultSnapshot) {
        let cells = snapshot.orderedCells
        let trials = cells.flatMap { cell in
            cell.trials.map { Missing(cell: cell, trial: $0) }
        }
        counts = trials.reduce(into: [:]) { $0[$1.trial.status, default: 0] += 1 }
        trialCount = trials.count
        roundCount = cells.reduce(0) { $0 + $1.timedRounds.count }
        failed = trials.filter { $0.trial.status == .failed }
        unfinished = trials.filter { [.planned, .running, .interrupted].contains($0.trial.status) }
        let most = cells.map(\.timedRounds.count).max() ?? 0
        mostRounds = most
        cellsWithFewerRounds = cells.filter { !$0.timedRounds.isEmpty && $0.timedRounds.count < most }
        untimedCells = Self.untimed(of: cells)
    }

    /// Step sizes cost no time, so a cell counts as timed when one that differs in nothing else was.
    private static func untimed(of cells: [CellResult]) -> [CellResult] {
        func isTimedAlike(_ timed: CellResult, _ cell: CellResult) -> Bool {
            TimingComparability(timed.cell) == TimingComparability(cell.cell)
                && timed.cell.droppedLayerCount == cell.cell.droppedLayerCount
        }
        let timed = cells.filter { !$0.timedRounds.isEmpty }
        guard !timed.isEmpty else { return [] }
        return cells.filter { cell in
            cell.cell.method.zerothOrderSettings != nil && !timed.contains { isTimedAlike($0, cell) }
        }
    }
}
