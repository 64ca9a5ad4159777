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
    /// Timing rounds that the suite plans for each timed cell; nil when it plans none or the database does not say.
    package let plannedRounds: Int?
    /// Timing rounds planned for all timed cells; nil where ``plannedRounds`` is.
    package var plannedRoundCount: Int? {
        plannedRounds.map { $0 * (timedCellCount + untimedCells.count) }
    }
    /// Cells with at least one round.
    private let timedCellCount: Int
    /// Failed trials.
    package let failed: [Missing]
    /// How many of them the archives at hand have no data for.
    package var unavailableCount: Int { failed.count { $0.trial.failure?.reason == .unavailable } }
    /// Trials that are planned, running or interrupted.
    package let unfinished: [Missing]
    /// Cells whose step was not timed although that of others was.
    package let untimedCells: [CellResult]

    /// Cells with some rounds, but fewer than the suite plans or, where that is not known, than the cell with most of them
    /// has.
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
        let planned = snapshot.plannedRounds
        plannedRounds = planned
        let timed = cells.filter { !$0.timedRounds.isEmpty }
        timedCellCount = timed.count
        cellsWithFewerRounds = timed.filter { $0.timedRounds.count < planned ?? most }
        // With a plan at hand, nothing timed yet is all missing, and what takes the same time is planned once.
        let missing = timed.isEmpty && planned != nil ? cells : Self.untimed(of: cells)
        untimedCells = planned == nil ? missing : Self.unlikeInTime(missing)
    }

    /// Of cells that take steps by an execution plan, the first of each set that differ in step sizes alone.
    private static func unlikeInTime(_ cells: [CellResult]) -> [CellResult] {
        struct Kind: Hashable {
            let comparability: TimingComparability?
            let droppedLayers: Int
        }
        var seen: Set<Kind> = []
        return cells.filter { cell in
            cell.cell.method.zerothOrderSettings != nil
                && seen.insert(
                    Kind(
                        comparability: TimingComparability(cell.cell),
                        droppedLayers: cell.cell.droppedLayerCount)
                ).inserted
        }
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
