import Optimizers
package import ResultStore
import Statistics
import Training

/// How the loss of one cell went down, as means over its finished trials.
package struct LossCourse: Sendable {
    /// The development loss after a step.
    package struct Evaluation: Sendable, Hashable {
        /// The steps before it.
        package let step: Int
        /// The mean over trials.
        package let loss: Double
        /// The smallest and the largest of the seeds, nil for one seed.
        package let range: ClosedRange<Double>?
    }

    /// The mean loss of some neighbouring training batches.
    package struct BatchLoss: Sendable, Hashable {
        /// The mean of their steps.
        package let step: Double
        /// The mean over steps and trials.
        package let loss: Double
    }

    /// Finished trials.
    package let trialCount: Int
    /// The development losses by step, the untrained model's at 0 where it is known.
    package let developmentLosses: [Evaluation]
    /// The training losses, as means over at most ``batchLossCount`` stretches of steps.
    package let batchLosses: [BatchLoss]
    /// Seconds of training after each step from 0 on: the sum of the steps' phases, without evaluation.
    package let seconds: [Double]

    /// How many points a line of training losses has at most.
    package static let batchLossCount = 40

    /// The course of a cell; empty without finished trials.
    ///
    /// - Parameter untrainedLoss: The development loss before the first step, where the trials did not record it.
    package init(of cell: CellResult, untrainedLoss: Double?) {
        let trials = cell.trials.filter { $0.status == .done && !$0.stepNanoseconds.isEmpty }
        trialCount = trials.count
        let stepCount = trials.map(\.stepNanoseconds.count).min() ?? 0
        seconds = Self.seconds(trials, stepCount: stepCount)
        batchLosses = Self.batchLosses(trials, stepCount: stepCount)
        developmentLosses = Self.developmentLosses(trials, untrainedLoss: untrainedLoss)
    }

    /// Seconds of training after a step, which may lie between two.
    package func seconds(after step: Double) -> Double {
        guard let last = seconds.last else { return 0 }
        // A stored step may be beyond any count.
        guard max(0, step) < Double(seconds.count - 1) else { return last }
        let below = Int(max(0, step))
        return seconds[below] + (step - Double(below)) * (seconds[below + 1] - seconds[below])
    }

    private static func seconds(_ trials: [TrialResult], stepCount: Int) -> [Double] {
        guard !trials.isEmpty else { return [] }
        let times = trials.map(\.stepNanoseconds)
        var sum = 0.0
        return [0]
            + (0..<stepCount).map { index in
                sum += (mean(of: times.map { Double($0[index]) }) ?? 0) / 1e9
                return sum
            }
    }

    private static func batchLosses(_ trials: [TrialResult], stepCount: Int) -> [BatchLoss] {
        let size = max(1, (stepCount + batchLossCount - 1) / batchLossCount)
        let courses = trials.map(\.batchLosses)
        return stride(from: 0, to: stepCount, by: size).compactMap { start in
            let points = courses.flatMap { $0[start..<min(start + size, stepCount)] }
            let losses = points.map(\.loss)
            let steps = points.map { Double($0.step) }
            guard let loss = mean(of: losses.filter(\.isFinite)), let step = mean(of: steps) else {
                return nil
            }
            return BatchLoss(step: step, loss: loss)
        }
    }

    private static func developmentLosses(
        _ trials: [TrialResult], untrainedLoss: Double?
    ) -> [Evaluation] {
        let points = trials.compactMap { DevelopmentScore(of: $0, rule: .devLoss) }.map(\.points)
        let steps = Set(points.joined().map(\.step)).sorted()
        let untrained =
            steps.first == 0 || steps.isEmpty
            ? [] : untrainedLoss.map { [Evaluation(step: 0, loss: $0, range: nil)] } ?? []
        return untrained
            + steps.compactMap { step in
                let losses = points.compactMap { $0.first { $0.step == step }?.loss }.filter(\.isFinite)
                guard let loss = mean(of: losses), let low = losses.min(), let high = losses.max() else {
                    return nil
                }
                return Evaluation(step: step, loss: loss, range: losses.count > 1 ? low...high : nil)
            }
    }
}

extension TrialResult {
    /// The loss of each step's batch; for a zeroth-order step the mean of its two.
    fileprivate var batchLosses: [(step: Int, loss: Double)] {
        steps.map { ($0.step, (Double($0.lossPlus) + Double($0.lossMinus)) / 2) }
            + firstOrderSteps.map { ($0.step, Double($0.loss)) }
    }
}
