import Comparison
import ResultStore
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
                .init("tasks", .trailing), .init("average over \(all) tasks (%)", .trailing),
            ]
        if shared < all { columns.append(.init("average over \(shared) (%)", .trailing)) }
        columns.append(.init("missing"))
        var table = Table(
            name: "task-averages",
            caption: MethodNames.caption(
                "Mean score over tasks, each counting once: accuracy, or F1 where answers are generated.",
                cells: averages.methods.map(\.representative)),
            columns: columns, keyColumnCount: 2 + MethodNames.methodColumns.count)
        for method in averages.methods {
            let cells = findings.names.cells(method.representative)
            var row = [cells[0], cells[2], name(method, findings)] + cells.dropFirst(4)
            row += [String(method.rows.count), Figures.percent(method.average)]
            if shared < all { row.append(Figures.percent(method.averageOverShared)) }
            row.append(method.missingTasks.isEmpty ? Figures.none : Figures.joined(method.missingTasks))
            table.append(row)
        }
        if shared < all {
            table.footnotes = [
                shared == 0
                    ? "No task has a score of every method, so no averages can be compared."
                    : "The average over \(shared) is over the tasks that every method has a score for: "
                        + "\(Figures.joined(averages.sharedTasks)). Only averages over the same tasks can be compared."
            ]
        }
        return table
    }

    /// The method's name; with demonstrations that differ between tasks, their least and greatest number.
    private static func name(_ method: MacroAverage, _ findings: SuiteFindings) -> String {
        let name = findings.names.method(method.representative.cell)
        let counts = method.rows.compactMap {
            $0.representative.cell.method.inContextSettings?.demonstrationCount
        }
        guard let least = counts.min(), let greatest = counts.max(), least < greatest else { return name }
        return name.replacing(
            "(\(method.representative.cell.method.inContextSettings?.demonstrationCount ?? 0))",
            with: "(\(least) to \(greatest))")
    }
}
