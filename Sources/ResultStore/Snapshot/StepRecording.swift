package import Optimizers

/// Something recorded with its steps, which are of one kind: with two forward passes, or by gradients.
package protocol StepRecording: Sendable {
    /// Steps with two forward passes, ascending.
    var steps: [StepRecord] { get }
    /// Steps of fine-tuning, ascending.
    var firstOrderSteps: [FirstOrderStepRecord] { get }
}

extension StepRecording {
    /// How long each step of either kind took.
    package var stepNanoseconds: [Int64] {
        steps.map(\.times.totalNanoseconds) + firstOrderSteps.map(\.totalNanoseconds)
    }
}
