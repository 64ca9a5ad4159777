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
        /// There is a score, but some trials are still to come, so that score and choice may change.
        case partial(finishedCount: Int, trialCount: Int)
        /// All that was planned has ended.
        case done
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
    /// A cell that stands for the model and the plan.
    package var representative: CellResult {
        (lines.first { $0.representative.cell.takesSteps } ?? lines[0]).representative
    }
    /// The best line of each task against every other line with a score.
    package let contests: [Contest]

    /// The line that is decidedly the best of a task: its interval against each other line leaves out 0.
    ///
    /// All of them must, so nothing is to be corrected for their number (Berger 1982, intersection-union test). Nil when
    /// there is no other line.
    package func decidedBest(task: Int) -> Int? {
        let own = contests.filter { $0.task == task }
        guard let best = own.first?.best, own.allSatisfy({ $0.difference?.isDecided ?? false }) else {
            return nil
        }
        return best
    }

    /// One matrix for each model and plan, in table order; a method that takes no steps, such as zero-shot,
    /// follows no plan and is in all of its model's.
    package static func all(of table: AccuracyTable) -> [ScoreMatrix] {
        var groups: [(key: ModelAndPlan, rows: [AccuracyTable.Row])] = []
        let untrained = table.rows.filter { !$0.representative.cell.takesSteps }
        for row in table.rows where row.representative.cell.takesSteps {
            let key = ModelAndPlan(row.representative.cell)
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].rows.append(row)
            } else {
                groups.append((key, [row]))
            }
        }
        let trained = Set(groups.map(\.key.model))
        for row in untrained {
            let key = ModelAndPlan(row.representative.cell)
            if trained.contains(key.model) {
                for index in groups.indices where groups[index].key.model == key.model {
                    groups[index].rows.append(row)
                }
            } else if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].rows.append(row)
            } else {
                groups.append((key, [row]))
            }
        }
        return groups.map { ScoreMatrix(rows: $0.rows) }
    }

    private init(rows: [AccuracyTable.Row]) {
        let byTask = rows.map { (CellOrder($0.cells[0]), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        let byMethod = rows.map { (CellOrder(line: $0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        var tasks: [Workload] = []
        for row in byTask where !tasks.contains(row.representative.cell.workload) {
            tasks.append(row.representative.cell.workload)
        }
        var keys: [LineKey] = []
        for row in byMethod where !keys.contains(LineKey(row.representative.cell)) {
            keys.append(LineKey(row.representative.cell))
        }
        let lines = keys.compactMap { key -> Line? in
            let own = byMethod.filter { LineKey($0.representative.cell) == key }
            guard let first = own.first else { return nil }
            return Line(
                representative: first.representative,
                entries: tasks.map { task in
                    let row = own.first { $0.representative.cell.workload == task }
                    return Entry(row: row, state: row.map(State.init) ?? .absent)
                })
        }
        self.tasks = tasks
        self.lines = lines
        contests = tasks.indices.flatMap { Self.contests(task: $0, lines: lines) }
    }

    private static func contests(task: Int, lines: [Line]) -> [Contest] {
        let scored = lines.indices.compactMap { line in
            lines[line].entries[task].row.flatMap { row in row.meanValue.map { (line, row, $0) } }
        }
        // The first of equals leads; a difference of 0 is decided for nobody.
        guard let best = scored.max(by: { $0.2 < $1.2 || $0.2 == $1.2 && $0.0 > $1.0 }) else { return [] }
        return scored.filter { $0.0 != best.0 }.map { line, row, _ in
            Contest(
                task: task, best: best.0, other: line, difference: ScoreDifference(best.1, minus: row))
        }
    }
}

extension ScoreMatrix.State {
    /// The state of a row with all its learning rates.
    fileprivate init(_ row: AccuracyTable.Row) {
        let trials = row.cells.flatMap(\.trials)
        let failedCount = trials.count { $0.status == .failed }
        let finishedCount = trials.count { $0.status == .done } + failedCount
        if row.scores.isEmpty {
            self =
                finishedCount == trials.count && !trials.isEmpty
                ? .failed(count: failedCount, trialCount: trials.count)
                : finishedCount == 0
                    ? .planned(trialCount: trials.count)
                    : .partial(finishedCount: finishedCount, trialCount: trials.count)
        } else {
            let isWhole =
                finishedCount == trials.count && row.scores.count == row.choice?.chosen.cell.trials.count
            self =
                isWhole
                ? .done : .partial(finishedCount: finishedCount, trialCount: trials.count)
        }
    }
}

private struct ModelAndPlan: Hashable {
    let model: ModelReference
    let plan: String

    init(_ cell: Cell) {
        model = cell.model
        plan = cell.plan.rawValue
    }
}

/// What the cells of one line share: all but the task and the learning rate.
private struct LineKey: Hashable {
    private let key: MethodKey

    init(_ cell: Cell) {
        key = MethodKey(cell.withoutWorkloadAndPlan)
    }
}

extension Cell {
    /// The same on no task and no plan in particular.
    fileprivate var withoutWorkloadAndPlan: Cell {
        var cell = self
        cell.workload = .shape(batchSize: 0, tokens: 0)
        cell.plan = .reference
        return cell
    }
}

extension CellOrder {
    /// The place of a row's method among the lines of a matrix, whatever its task.
    fileprivate init(line row: AccuracyTable.Row) {
        var cell = row.cells[0]
        cell.cell = cell.cell.withoutWorkloadAndPlan
        self.init(cell)
    }
}
