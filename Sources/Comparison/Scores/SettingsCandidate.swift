import Optimizers
package import ResultStore
import Statistics
package import Training

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
        scores = cell.trials.compactMap { DevelopmentScore(of: $0, rule: cell.cell.schedule.checkpointRule) }
        hasDiverged = cell.trials.contains { $0.failure?.reason == .diverged }
    }

    /// What the step tested was chosen by, and by which candidates are compared.
    package var rule: CheckpointRule {
        cell.cell.schedule.checkpointRule
    }

    /// The learning rate, nil for a method that takes no steps.
    package var learningRate: Double? {
        cell.cell.method.learningRate
    }

    /// The development loss at the best step, averaged over finished trials; nil when there is none.
    package var meanBestLoss: Double? {
        mean(of: scores.map(\.best.loss))
    }

    /// The mean development loss over the trials that were evaluated after a step; nil without any.
    package func meanLoss(afterStep step: Int) -> Double? {
        mean(of: scores.compactMap { score in score.points.first { $0.step == step }?.loss })
    }

    /// The development metric at the best step, averaged over finished trials.
    package var meanBestValue: Double? {
        mean(of: scores.map(\.best.value))
    }

    /// What the candidate with the lowest is chosen by: the mean loss, or minus the mean metric.
    var cost: Double? {
        switch rule {
        case .devLoss: meanBestLoss
        case .devMetric: meanBestValue.map { -$0 }
        }
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
