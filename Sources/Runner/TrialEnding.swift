import Training

/// How a child's last event ends its trial.
struct TrialEnding {
    /// Why it failed; nil when it finished or was interrupted.
    let failure: TrialFailure?
}

extension TrialEvent {
    /// The ending that this event means, or nil when more events follow.
    var ending: TrialEnding? {
        switch self {
        case .finished, .interrupted: TrialEnding(failure: nil)
        case .failed(let failure): TrialEnding(failure: failure)
        case .started, .ready, .step, .evaluation, .drift: nil
        }
    }
}
