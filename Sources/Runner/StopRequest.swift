package import Dispatch
package import Glibc
import Synchronization

/// Whether somebody asked for a stop (Ctrl-C or a termination signal), and how urgently.
///
/// The first request lets the step under way finish and commit; the second one ends the process at once.
package final class StopRequest: Sendable {
    private let requests = Atomic<Int>(0)
    private let childProcessID = Atomic<Int32>(0)

    /// A request that nobody has made yet.
    package init() {}

    /// Whether at least one request came.
    package var isMade: Bool { requests.load(ordering: .acquiring) > 0 }

    /// Makes the request, as a signal does.
    package func make() {
        let count = requests.add(1, ordering: .acquiringAndReleasing).newValue
        let child = childProcessID.load(ordering: .acquiring)
        if child > 0 { _ = kill(child, count > 1 ? SIGKILL : SIGINT) }
        if count > 1 { _exit(130) }
    }

    /// Names the child that is to be told, or nil when none runs.
    package func watch(child processID: pid_t?) {
        childProcessID.store(processID ?? 0, ordering: .releasing)
        // A request that came between two children has reached none.
        if let processID, isMade { _ = kill(processID, SIGINT) }
    }

    /// Turns SIGINT and SIGTERM into requests for as long as the returned sources live.
    package func listenToSignals() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in make() }
            source.resume()
            return source
        }
    }
}
