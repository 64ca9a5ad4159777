import ResultStore
import Training

/// What a database knows of how far a trial has come, which decides whether a run has anything left to do for it.
protocol TrialCourse {
    /// How far it has come.
    var status: TrialStatus { get }
    /// Why its last run failed, if it did.
    var failure: TrialFailure? { get }
}

extension TrialCourse {
    /// Whether there is anything left to do: a divergence is a result and would come out the same again, and what an
    /// archive lacks it will go on lacking.
    var isOpen: Bool {
        switch status {
        case .planned, .running, .interrupted: true
        case .done: false
        case .failed: failure?.reason != .diverged && !isUnavailable
        }
    }

    /// Whether its archive lacks what it needs.
    var isUnavailable: Bool { failure?.reason == .unavailable }
}

extension PlannedTrial: TrialCourse {}
extension TrialResult: TrialCourse {}
