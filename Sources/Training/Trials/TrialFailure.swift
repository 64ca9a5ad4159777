/// Why a trial ended without a result.
package struct TrialFailure: Sendable, Hashable, Codable {
    /// A kind of failure; the raw values are stored.
    package enum Reason: String, Sendable, Hashable, Codable {
        /// A loss was not finite.
        case diverged
        /// An input was missing or malformed.
        case input
        /// The archive at hand lacks a split that the trial needs, so it was never begun.
        case unavailable
        /// The system refused memory.
        case outOfMemory
        /// The child process ended by a signal.
        case killed
        /// The child process ended otherwise without a result.
        case crashed
    }

    /// The kind.
    package var reason: Reason
    /// The step under way, if any.
    package var step: Int?
    /// One sentence for a person.
    package var message: String

    /// A failure from all its values.
    package init(reason: Reason, step: Int?, message: String) {
        self.reason = reason
        self.step = step
        self.message = message
    }
}
