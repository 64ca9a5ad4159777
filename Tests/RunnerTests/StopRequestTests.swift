import Glibc
import Runner
import Synchronization
import Testing

@Suite("Requests to stop")
struct StopRequestTests {
    /// A child that says when it is told, and ends by itself after ten seconds if it never is.
    private func listener() throws -> ChildProcess {
        // Shells cannot trap a signal that was ignored when they began, as it is for jobs in the background.
        try ChildProcess(
            executable: "/usr/bin/env",
            arguments: [
                "--default-signal=INT", "sh", "-c",
                "trap 'echo told; exit 3' INT; echo ready; i=0; while [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done",
            ], environment: ["PATH": "/bin:/usr/bin"], input: "")
    }

    private func line(of child: ChildProcess) -> String? {
        child.nextLine().map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a request that came before the child listened is passed on when it does")
    func early() throws {
        let child = try listener()
        let stop = StopRequest(escalates: false)
        stop.watch(child: child.processID)
        stop.make()
        #expect(stop.isMade)
        #expect(line(of: child) == "ready")
        stop.childIsListening()
        #expect(line(of: child) == "told")
        #expect(child.waitForEnd().exitCode == 3)
    }

    @Test("a request that comes later is passed on at once")
    func late() throws {
        let child = try listener()
        let stop = StopRequest(escalates: false)
        stop.watch(child: child.processID)
        #expect(line(of: child) == "ready")
        stop.childIsListening()
        #expect(!stop.isMade)
        stop.make()
        #expect(line(of: child) == "told")
        #expect(child.waitForEnd().exitCode == 3)
    }

    @Test("a child that was let go of is not told")
    func released() throws {
        let child = try listener()
        let stop = StopRequest(escalates: false)
        stop.watch(child: child.processID)
        #expect(line(of: child) == "ready")
        stop.childIsListening()
        stop.watch(child: nil)
        stop.make()
        #expect(!child.hasOutput(withinMilliseconds: 300))
        child.send(signal: SIGKILL)
        #expect(child.waitForEnd().signal == SIGKILL)
    }

    @Test("the first request alone is announced")
    func announced() {
        let announcements = Announcements()
        let stop = StopRequest(escalates: false, firstRequestMade: { announcements.add() })
        stop.make()
        stop.make()
        #expect(announcements.count == 1)
    }

    private final class Announcements: Sendable {
        private let made = Mutex(0)
        var count: Int { made.withLock { $0 } }
        func add() { made.withLock { $0 += 1 } }
    }
}
