package import Optimizers

/// An update broke the model or would have done: a result of the trial, which would come out the same again.
package protocol Divergence: Error, CustomStringConvertible {
    /// The step under way, or the last one done.
    var step: Int { get }
}

extension Diverged: Divergence {}
extension NonFiniteGradient: Divergence {}

/// An evaluation's loss is not finite: the last update broke the model.
struct NonFiniteEvaluation: Divergence {
    let step: Int
    let split: EvaluationSplit
    let loss: Double

    var description: String {
        "the \(split.rawValue) loss after step \(step) is \(loss): training diverged; use a smaller learning rate"
    }
}

/// The receiver of events is gone.
struct EventsClosed: Error {
    let underlying: any Error
}
