/// Judges the time left of a run from the share of predicted work that is done.
///
/// Work is predicted in seconds by ``CostEstimate``; what is still to come is scaled by how far the prediction was
/// off so far.
package struct RunClock {
    private var predictedSecondsLeft: Double
    private var predictedSecondsDone = 0.0
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// A clock for work that is predicted to take `predictedSeconds`.
    package init(predictedSeconds: Double) {
        predictedSecondsLeft = predictedSeconds
        start = clock.now
    }

    /// Notes that a piece of work that was predicted to take `predictedSeconds` is done.
    package mutating func complete(predictedSeconds: Double) {
        predictedSecondsDone += predictedSeconds
        predictedSecondsLeft = max(0, predictedSecondsLeft - predictedSeconds)
    }

    /// Notes that a piece of work will not be done after all.
    package mutating func drop(predictedSeconds: Double) {
        predictedSecondsLeft = max(0, predictedSecondsLeft - predictedSeconds)
    }

    /// Seconds that the rest will take at the pace seen so far, or nil while too little is done to say.
    package var secondsLeft: Double? {
        let elapsed = (clock.now - start) / .seconds(1)
        guard predictedSecondsDone > 0, elapsed > 1 else { return nil }
        return predictedSecondsLeft * elapsed / predictedSecondsDone
    }
}
