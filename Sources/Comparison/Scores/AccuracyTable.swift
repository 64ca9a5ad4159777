import Optimizers
import RandomStreams
package import ResultStore
package import Statistics
import Training

/// What each method reached on test examples, at the learning rate that development examples chose.
package struct AccuracyTable: Sendable {
    /// One method at one sparsity on one task.
    package struct Row: Sendable {
        /// All cells of the row: they differ in learning rate only.
        package let cells: [CellResult]
        /// The choice, nil when no trial is finished or all diverged.
        package let choice: SettingsChoice?
        /// The test scores of the chosen cell, one a finished trial.
        package let scores: [TestScore]

        /// A cell that stands for what the row's cells share.
        package var representative: CellResult {
            choice?.chosen.cell ?? cells[0]
        }

        /// The mean over trials, nil when there are none.
        package var meanValue: Double? {
            mean(of: scores.map(\.value))
        }

        /// The interval of the mean at 95%: Student's t over seeds where there are several, else that of the one score over
        /// its test examples.
        package var interval: Interval? {
            scores.count > 1 ? studentMeanInterval(of: scores.map(\.value)) : scores.first?.interval
        }

        init?(cells: [CellResult]) {
            guard !cells.isEmpty else { return nil }
            self.cells = cells
            choice = SettingsChoice.onDevelopment(cells.map(SettingsCandidate.init))
            scores = choice?.testScores ?? []
        }
    }

    /// All rows in table order: zero-shot, MeZO, LeZO by rising sparsity, then fine-tuning, task by task.
    package let rows: [Row]

    /// The table of all cells that work on a task.
    package init(from snapshot: ResultSnapshot) {
        let cells = snapshot.orderedCells.filter { !$0.cell.workload.isShape }
        rows = Grouping.inOrder(cells) { MethodKey($0.cell) }.compactMap { Row(cells: $0.items) }
    }

    private init(rows: [Row]) {
        self.rows = rows
    }

    /// The table of some of its rows.
    func keeping(_ isKept: (Row) -> Bool) -> AccuracyTable {
        AccuracyTable(rows: rows.filter(isKept))
    }
}

/// What cells share that stand for choice against one another: everything but the learning rate.
struct MethodKey: Hashable {
    private var cell: Cell

    init(_ cell: Cell) {
        self.cell = cell
        self.cell.method = cell.method.withoutLearningRate
    }
}
