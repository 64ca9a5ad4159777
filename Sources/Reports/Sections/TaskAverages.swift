import Comparison
import ResultStore
import Statistics
import Training

/// The table of each method's average over tasks.
enum TaskAverages {
    /// One table a model that has more than one task.
    static func tables(_ findings: SuiteFindings) -> [Table] {
        MacroAverages.all(in: findings.accuracy).map { table($0, findings) }
    }

    private static func table(_ averages: MacroAverages, _ findings: SuiteFindings) -> Table {
        let all = averages.tasks.count
        let shared = averages.sharedTasks.count
        var columns: [Table.Column] =
            [.init("model"), .init("plan")] + MethodNames.methodColumns + [
                .init("tasks", .trailing)
            ]
        columns += titles("average over \(all) tasks", "95%")
        // An average over one task is that task's score, which stands in its own row.
        let showsShared = shared > 1 && shared < all
        if showsShared { columns += titles("average over \(shared) shared tasks", "shared, 95%") }
        columns.append(.init("missing"))
        var table = Table(
            name: "task-averages",
            caption: MethodNames.caption(
                "Mean score over tasks, each counting once: accuracy, or F1 where answers are generated.",
                cells: averages.methods.map(\.representative)),
            columns: columns, keyColumnCount: 2 + MethodNames.methodColumns.count)
        for method in averages.methods {
            let cells = findings.names.cells(method.representative)
            var row = [cells[0], cells[2]]
            row += findings.names.methodCells(
                method.representative, amongTasks: method.rows.map(\.representative))
            row.append(String(method.rows.count))
            row += figures(method.average, method.interval)
            if showsShared { row += figures(method.averageOverShared, method.intervalOverShared) }
            row.append(method.missingTasks.isEmpty ? Figures.none : Figures.joined(method.missingTasks))
            table.append(row)
        }
        table.footnotes = [
            "Tasks are fixed. The interval is the normal one over the test examples of each task; with several seeds, Student's "
                + "t over the averages of single seeds where that is wider."
        ]
        if shared < all {
            table.footnotes += [
                showsShared
                    ? "Shared are the tasks that every method has a score for: \(Figures.joined(averages.sharedTasks)). Only "
                        + "averages over the same tasks can be compared."
                    : "Fewer than two tasks have a score of every method, so averages over fewer than all tasks are not given."
            ]
        }
        return table
    }

    private static func titles(_ average: String, _ interval: String) -> [Table.Column] {
        ["\(average) (%)", "\(interval) low", "\(interval) high"].map { .init($0, .trailing) }
    }

    private static func figures(_ average: Double?, _ interval: Interval?) -> [String] {
        [average, interval?.lower, interval?.upper].map { Figures.percent($0) }
    }
}
