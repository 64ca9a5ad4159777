import Optimizers
import ResultStore
import Training

/// What rows of the accuracy table share that are one method on several tasks.
///
/// Each task may have its own steps, batch and number of demonstrations; where a task has several of them, they tell methods
/// apart.
struct MethodAcrossTasks: Hashable {
    private var method: Method
    private var plan: ExecutionPlan
    private var objective: TrainingObjective
    private var checkpointRule: CheckpointRule
    private var schedule: TrainingSchedule?

    /// - Parameter keepsAmounts: Whether steps, batch and number of demonstrations count.
    init(_ cell: Cell, keepsAmounts: Bool) {
        plan = cell.plan
        objective = cell.objective
        checkpointRule = cell.schedule.checkpointRule
        schedule = keepsAmounts ? cell.schedule : nil
        switch cell.method {
        case .zeroShot, .linearProbe: method = cell.method
        case .inContext(let settings):
            method = .inContext(
                InContextSettings(
                    demonstrationCount: keepsAmounts
                        ? settings.demonstrationCount : min(settings.demonstrationCount, 1),
                    calibrates: settings.calibrates, demonstrationDraw: settings.demonstrationDraw))
        case .zerothOrder, .firstOrder: method = cell.method.withoutLearningRate
        }
    }

    /// The rows of each method, methods and rows in the order of their first row.
    static func groups(of rows: [AccuracyTable.Row]) -> [[AccuracyTable.Row]] {
        let coarse = grouped(rows) { MethodAcrossTasks($0.representative.cell, keepsAmounts: false) }
        return coarse.flatMap { group in
            Set(group.map(\.task)).count == group.count
                ? [group] : grouped(group) { MethodAcrossTasks($0.representative.cell, keepsAmounts: true) }
        }
    }

    private static func grouped<Key: Equatable>(
        _ rows: [AccuracyTable.Row], by key: (AccuracyTable.Row) -> Key
    ) -> [[AccuracyTable.Row]] {
        Grouping.inOrder(rows, by: key).map(\.items)
    }
}

extension AccuracyTable.Row {
    /// The usual name of the row's task.
    var task: String { representative.cell.workload.words }
}
