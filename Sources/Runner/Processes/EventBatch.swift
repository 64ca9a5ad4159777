package import Training

/// Collects steps so that they are committed together, and commits at once whatever must not wait.
package struct EventBatch {
    /// Steps that may be lost with a kill.
    private static let largestCount = 16

    private var events: [TrialEvent] = []
    private let commit: ([TrialEvent]) throws -> Void

    /// A batch that hands events to `commit`, in order.
    package init(commit: @escaping ([TrialEvent]) throws -> Void) {
        self.commit = commit
    }

    /// Adds an event; everything but a step is committed at once, with the steps before it.
    package mutating func add(_ event: TrialEvent) throws {
        events.append(event)
        switch event {
        case .step, .firstOrderStep:
            if events.count >= Self.largestCount { try flush() }
        default: try flush()
        }
    }

    /// Commits what is waiting.
    package mutating func flush() throws {
        guard !events.isEmpty else { return }
        try commit(events)
        events.removeAll(keepingCapacity: true)
    }
}
