import Optimizers
import ResultStore
import Training

extension ScoreMatrix {
    /// One matrix for each model and plan, in table order; a method that follows no plan, such as zero-shot or
    /// fine-tuning, is in all of its model's.
    package static func all(of table: AccuracyTable) -> [ScoreMatrix] {
        var groups: [(key: ModelAndPlan, rows: [AccuracyTable.Row])] = []
        let withoutPlan = table.rows.filter { !$0.representative.cell.followsPlan }
        for row in table.rows where row.representative.cell.followsPlan {
            let key = ModelAndPlan(row.representative.cell)
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].rows.append(row)
            } else {
                groups.append((key, [row]))
            }
        }
        let planned = Set(groups.map(\.key.model))
        for row in withoutPlan {
            let key = ModelAndPlan(row.representative.cell)
            if planned.contains(key.model) {
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

    fileprivate init(rows: [AccuracyTable.Row]) {
        let byTask = rows.map { (CellOrder($0.cells[0]), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        let byMethod = rows.map { (CellOrder(line: $0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        var tasks: [Workload] = []
        for row in byTask where !tasks.contains(row.representative.cell.workload) {
            tasks.append(row.representative.cell.workload)
        }
        let lines = MethodAcrossTasks.groups(of: byMethod).compactMap { own -> Line? in
            guard let first = own.first else { return nil }
            return Line(
                representative: first.representative,
                entries: tasks.map { task in
                    let row = own.first { $0.representative.cell.workload == task }
                    return Entry(row: row, state: row.map(State.init) ?? .absent)
                })
        }
        self.init(
            tasks: tasks, lines: lines,
            contests: tasks.indices.flatMap { Self.contests(task: $0, lines: lines) })
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
        if !trials.isEmpty, trials.allSatisfy({ $0.failure?.reason == .unavailable }) {
            self = .unavailable
        } else if row.scores.isEmpty {
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
