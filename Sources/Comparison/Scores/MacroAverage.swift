import Optimizers
package import ResultStore
package import Statistics
import Training

/// One method's mean score over the tasks of a suite, each task counting once: accuracy, and F1 where answers are
/// generated, as the averages of the papers' tables are formed.
///
/// An average over fewer tasks than the others have says nothing beside theirs, so there are two: over all tasks, which is
/// not given while one of them is missing, and over those that all methods have.
package struct MacroAverage: Sendable {
    /// The method's rows of the accuracy table that have a score, in the order of ``MacroAverages/tasks``.
    package let rows: [AccuracyTable.Row]
    /// A row that stands for what the rows share, with a score or without.
    package let representative: CellResult
    /// The names of tasks for which the method has no score.
    package let missingTasks: [String]
    /// The mean over all tasks, in 0...1; nil while one is missing.
    package let average: Double?
    /// The interval of ``average`` at 95 %; nil without it.
    ///
    /// The wider of two: the normal interval over the test examples of each task, where all trials of a task answered the same
    /// examples, and Student's t over the averages of single seeds, where every task has the same two or more.
    package let interval: Interval?
    /// The mean over the tasks that all methods of the model have, in 0...1; nil when there are none.
    package let averageOverShared: Double?
    /// The interval of ``averageOverShared`` at 95 %, formed likewise.
    package let intervalOverShared: Interval?

    init(representative: CellResult, rows: [AccuracyTable.Row], tasks: [String], sharedTasks: [String]) {
        self.representative = representative
        self.rows = rows
        let present = rows.map(\.task)
        missingTasks = tasks.filter { !present.contains($0) }
        let isWhole = missingTasks.isEmpty
        let shared = rows.filter { sharedTasks.contains($0.task) }
        average = isWhole ? mean(of: rows.compactMap(\.meanValue)) : nil
        interval = isWhole ? Self.interval(over: rows) : nil
        averageOverShared = mean(of: shared.compactMap(\.meanValue))
        intervalOverShared = Self.interval(over: shared)
    }

    private static func interval(over rows: [AccuracyTable.Row]) -> Interval? {
        [intervalOverExamples(rows), studentMeanInterval(of: averagesOfSeeds(rows))].compactMap { $0 }
            .max { $0.upper - $0.lower < $1.upper - $1.lower }
    }

    /// The interval over the test examples of all tasks; nil where a score has no predictions to it, or where trials of one
    /// task were tested on other examples.
    private static func intervalOverExamples(_ rows: [AccuracyTable.Row]) -> Interval? {
        let groups = rows.compactMap(\.meanScores)
        guard groups.count == rows.count else { return nil }
        return StratifiedMean(groups: groups)?.interval()
    }

    /// The average of each pair of seeds; empty unless all tasks were run with the same pairs.
    private static func averagesOfSeeds(_ rows: [AccuracyTable.Row]) -> [Double] {
        guard let first = rows.first, rows.allSatisfy({ $0.seeds == first.seeds }) else { return [] }
        return first.scores.indices.compactMap { seed in mean(of: rows.map { $0.scores[seed].value }) }
    }
}

/// The averages over tasks of all methods of one model.
package struct MacroAverages: Sendable {
    /// The names of all tasks of the suite on this model, in table order.
    package let tasks: [String]
    /// Those of them for which every method has a score.
    package let sharedTasks: [String]
    /// One average a method, in table order.
    package let methods: [MacroAverage]

    /// The averages of a table, model by model; only of models with more than one task.
    package static func all(in table: AccuracyTable) -> [MacroAverages] {
        Grouping.inOrder(table.rows) { $0.representative.cell.model }
            .compactMap { MacroAverages(rows: $0.items) }
    }

    private init?(rows: [AccuracyTable.Row]) {
        let tasks = rows.map(\.task).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard tasks.count > 1 else { return nil }
        let groups = MethodAcrossTasks.groups(of: rows)
        let shared = tasks.filter { task in
            groups.allSatisfy { group in group.contains { $0.task == task && $0.meanValue != nil } }
        }
        self.tasks = tasks
        sharedTasks = shared
        methods = groups.compactMap { group in
            group.first.map { first in
                MacroAverage(
                    representative: first.representative, rows: group.filter { $0.meanValue != nil },
                    tasks: tasks,
                    sharedTasks: shared)
            }
        }
    }
}

extension AccuracyTable.Row {
    /// Data and noise seed of each score, in their order.
    fileprivate var seeds: [[UInt64]] {
        scores.map { [UInt64($0.trial.dataSeed), $0.trial.noiseSeed] }
    }

    /// Each test example's score, averaged over trials; nil unless all trials have scores of the same examples.
    fileprivate var meanScores: [Double]? {
        guard let first = scores.first, !first.scores.isEmpty,
            scores.allSatisfy({ $0.scores.count == first.scores.count })
        else { return nil }
        let values = first.scores.keys.sorted().map { example in
            scores.compactMap { $0.scores[example] }
        }
        guard values.allSatisfy({ $0.count == scores.count }) else { return nil }
        return values.compactMap { mean(of: $0) }
    }

}
