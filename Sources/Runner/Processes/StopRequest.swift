package import Dispatch
package import Glibc
import Synchronization

/// Whether somebody asked for a stop (Ctrl-C, or a termination or hang-up signal), and how urgently.
///
/// The first request lets the step under way finish and commit; where requests escalate, another one ends the process
/// and its child at once.
package final class StopRequest: Sendable {
    private struct State {
        var firstRequest: ContinuousClock.Instant?
        var child: pid_t?
        var childListens = false
        var childWasTold = false
    }

    /// The exit code of a process that stopped on request: 128 and the number of SIGINT, as shells have it.
    package static let exitCode: Int32 = 130

    /// Signals to one process group arrive more than once; a person needs longer than this to press again.
    private static let shortestPressure = Duration.milliseconds(500)

    private let state = Mutex(State())
    private let escalates: Bool
    private let firstRequestMade: @Sendable () -> Void

    /// A request that nobody has made yet.
    ///
    /// - Parameters:
    ///   - escalates: Whether a second request ends the process at once. A child leaves that to its parent.
    ///   - firstRequestMade: Called once, from the thread that makes the first request.
    package init(escalates: Bool = true, firstRequestMade: @escaping @Sendable () -> Void = {}) {
        self.escalates = escalates
        self.firstRequestMade = firstRequestMade
    }

    /// Whether at least one request came.
    package var isMade: Bool { state.withLock { $0.firstRequest != nil } }

    /// Makes the request, as a signal does.
    package func make() {
        let now = ContinuousClock().now
        let (isFirst, isUrgent) = state.withLock { state in
            let isFirst = state.firstRequest == nil
            let first = state.firstRequest ?? now
            state.firstRequest = first
            let isUrgent = escalates && now - first > Self.shortestPressure
            // Within the lock, so that the child cannot be let go of in between and its number given to another process.
            if isUrgent, let child = state.child { _ = kill(child, SIGKILL) }
            return (isFirst, isUrgent)
        }
        if isUrgent { _exit(Self.exitCode) }
        tellChild()
        if isFirst { firstRequestMade() }
    }

    /// Names the child that is to be told, or nil when none runs.
    package func watch(child processID: pid_t?) {
        state.withLock { state in
            state.child = processID
            state.childListens = false
            state.childWasTold = false
        }
    }

    /// Notes that the child handles signals by now; a request that came before is passed on.
    package func childIsListening() {
        state.withLock { $0.childListens = true }
        tellChild()
    }

    /// Tells the child once, and only when it listens: before that a signal would end it or be lost.
    private func tellChild() {
        state.withLock { state in
            guard state.firstRequest != nil, state.childListens, !state.childWasTold else { return }
            state.childWasTold = true
            if let child = state.child { _ = kill(child, SIGINT) }
        }
    }

    /// Turns signals into requests for as long as the returned sources live.
    package func listenToSignals() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM, SIGHUP].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in make() }
            source.resume()
            return source
        }
    }
}
