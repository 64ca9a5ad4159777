import Optimizers
package import ResultStore
import Statistics
package import Training

/// The table that a paper prints: methods as lines, tasks as columns, for one model on one plan.
package struct ScoreMatrix: Sendable {
    /// How far the trials behind an entry have come, over all learning rates.
    package enum State: Sendable, Hashable {
        /// The suite has no such cell.
        case absent
        /// Not a trial is finished.
        case planned(trialCount: Int)
        /// Every trial ended without a result, or every learning rate diverged.
        case failed(count: Int, trialCount: Int)
        /// The archives at hand have no data for it.
        case unavailable
        /// There is a score, but some trials are still to come, so that score and choice may change.
        case partial(finishedCount: Int, trialCount: Int)
        /// All that was planned has ended.
        case done

        /// Whether nothing is still to come.
        package var isFinal: Bool {
            switch self {
            case .absent, .failed, .unavailable, .done: true
            case .planned, .partial: false
            }
        }
    }

    /// One method on one task.
    package struct Entry: Sendable {
        /// The row of the task's table, nil when absent.
        package let row: AccuracyTable.Row?
        /// How far it has come.
        package let state: State

        /// The mean score over seeds, in 0...1.
        package var mean: Double? { row?.meanValue }
        /// The sample standard deviation over seeds; nil for fewer than two.
        package var spread: Double? { standardDeviation(of: row?.scores.map(\.value) ?? []) }
    }

    /// One method.
    package struct Line: Sendable {
        /// A cell that stands for the method.
        package let representative: CellResult
        /// One entry a task.
        package let entries: [Entry]

        /// The mean of the tasks' scores, only where every task is done: an average over other tasks is no comparison.
        package var average: Double? {
            entries.allSatisfy { $0.state == .done } ? Statistics.mean(of: entries.compactMap(\.mean)) : nil
        }
    }

    /// The best line of a task against one of the others.
    package struct Contest: Sendable {
        /// The column.
        package let task: Int
        /// The line with the highest score.
        package let best: Int
        /// The line that it is held against.
        package let other: Int
        /// Best minus other.
        package let difference: ScoreDifference?
    }

    /// The tasks in table order.
    package let tasks: [Workload]
    /// The methods in table order.
    package let lines: [Line]
    /// The best line of each task against every other line with a score.
    package let contests: [Contest]

    /// A cell that stands for the model and the plan.
    package var representative: CellResult {
        (lines.first { $0.representative.cell.followsPlan } ?? lines[0]).representative
    }

    /// The line that is decidedly the best of a task: its interval against each other line leaves out 0, and no trial of
    /// the task is still to come.
    ///
    /// All of the intervals must, so nothing is to be corrected for their number (Berger 1982, intersection-union test).
    /// Nil when there is no other line.
    package func decidedBest(task: Int) -> Int? {
        let own = contests.filter { $0.task == task }
        guard let best = own.first?.best, own.allSatisfy({ $0.difference?.isDecided ?? false }),
            lines.allSatisfy({ $0.entries[task].state.isFinal })
        else { return nil }
        return best
    }

    init(tasks: [Workload], lines: [Line], contests: [Contest]) {
        self.tasks = tasks
        self.lines = lines
        self.contests = contests
    }
}
