import Foundation
import Optimizers
package import ResultStore
import Statistics
import Training

/// Whether trials took as long as rounds say: the training time measured in them over rounds' step time times steps.
///
/// Training time is the sum of a trial's steps; evaluation, loading and writing are not in it.
package struct TimingModelCheck: Sendable, Hashable {
    /// Measured over predicted training time, the median over trials.
    package let ratio: Double
    /// The same of each trial.
    package let ratios: [Double]

    /// How far the two may be apart: 5%.
    package static let tolerance = 0.05

    /// Whether the times of rounds do not explain those of trials, as when something else slowed one of them down.
    package var isBroken: Bool {
        abs(log(ratio)) > log(1 + Self.tolerance)
    }

    /// The check of a cell's finished trials; nil without rounds of a cell that takes the same time, or without trials.
    package init?(trials: [TrialResult], rounds: StepTimeSummary?) {
        guard let step = rounds?.totalNanoseconds.median, step > 0 else { return nil }
        ratios = trials.compactMap { trial in
            trial.trainingNanoseconds.map { Double($0) / (step * Double(trial.steps.count)) }
        }
        guard let middle = median(of: ratios) else { return nil }
        ratio = middle
    }
}

extension TrialResult {
    /// The sum of its steps' times, nil without steps.
    var trainingNanoseconds: Int64? {
        steps.isEmpty ? nil : steps.reduce(0) { $0 + $1.times.totalNanoseconds }
    }
}
