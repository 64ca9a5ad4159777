import Optimizers
package import ResultStore
import Statistics
import Training

/// One learning rate that stands for choice, with what the development examples say of it.
package struct SettingsCandidate: Sendable {
    /// The cell with this learning rate.
    package let cell: CellResult
    /// One score for each finished trial.
    package let scores: [DevelopmentScore]
    /// Whether a trial's loss stopped being finite, so that the learning rate is too large.
    package let hasDiverged: Bool

    /// The candidate that a cell is.
    package init(_ cell: CellResult) {
        self.cell = cell
        scores = cell.trials.compactMap(DevelopmentScore.init)
        hasDiverged = cell.trials.contains { $0.failure?.reason == .diverged }
    }

    /// The learning rate, nil for zero-shot.
    package var learningRate: Double? {
        cell.cell.method.zerothOrderSettings?.learningRate
    }

    /// The lowest development loss, averaged over finished trials; nil when there is none.
    package var meanBestLoss: Double? {
        mean(of: scores.map(\.best.loss))
    }

    /// The development metric at the lowest loss, averaged over finished trials.
    package var meanBestValue: Double? {
        mean(of: scores.map(\.best.value))
    }

    /// Finished trials.
    package var finishedTrialCount: Int {
        cell.trials.count { $0.status == .done }
    }

    /// Whether every planned trial is finished.
    package var isComplete: Bool {
        finishedTrialCount == cell.trials.count && !cell.trials.isEmpty
    }
}
