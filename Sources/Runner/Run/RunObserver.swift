package import Training

/// What a person watching a run is told.
package enum RunNotice: Sendable {
    /// A trial starts, or goes on after `completedSteps` committed steps, or begins again and is held against its
    /// `repeatedSteps` committed ones.
    case trialStarted(
        number: Int, of: Int, label: String, completedSteps: Int, repeatedSteps: Int, totalSteps: Int)
    /// A step of the trial under way is done.
    case step(number: Int, of: Int, loss: Float, secondsPerStep: Double)
    /// An evaluation of the trial under way is done.
    case evaluation(EvaluationRecord)
    /// The trial under way ended.
    case trialEnded(number: Int, of: Int, label: String, failure: TrialFailure?)
    /// A timing round of one cell is done.
    case round(number: Int, of: Int, label: String, secondsPerStep: Double)
    /// A timing round of one cell failed; the run goes on.
    case roundFailed(number: Int, of: Int, label: String, failure: TrialFailure)
}

/// Shows a run to a person, or does not.
package protocol RunObserver: AnyObject {
    /// Called for each notice, from the thread that runs the suite; `secondsLeft` is nil until it can be judged.
    func noticed(_ notice: RunNotice, secondsLeft: Double?)
}
