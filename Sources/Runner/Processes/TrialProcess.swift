import Foundation
package import Glibc
import Optimizers
package import Training

/// One job carried out in a child process, as a sequence of its events.
package final class TrialProcess {
    private let child: ChildProcess
    private var sawLastEvent = false
    private var lastStep: Int?

    /// Starts the job; the hidden command `child` of this program carries it out.
    ///
    /// - Throws: ``RunnerError`` when the process cannot be started.
    package init(job: TrialJob, environment: ChildEnvironment) throws {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .lezobench
        let input = String(decoding: try encoder.encode(job), as: UTF8.self) + "\n"
        child = try ChildProcess(
            executable: environment.executable, arguments: ["child"], environment: environment.variables,
            input: input)
    }

    /// The process id, to pass a request to stop on to.
    package var processID: pid_t { child.processID }

    /// Whether an event can be read without waiting longer than `milliseconds`.
    package func hasEvent(withinMilliseconds milliseconds: Int32) -> Bool {
        child.hasOutput(withinMilliseconds: milliseconds)
    }

    /// The next event; after the last one nil.
    ///
    /// A child that dies without a last word yields a `failed` event.
    ///
    /// - Throws: ``RunnerError/unreadableEvent(line:reason:)``; the child is ended first.
    package func nextEvent() throws -> TrialEvent? {
        if sawLastEvent { return nil }
        guard let line = child.nextLine() else {
            sawLastEvent = true
            return .failed(failure(of: child.waitForEnd()))
        }
        let event: TrialEvent
        do {
            event = try TrialEventCoding.decode(line)
        } catch {
            child.send(signal: SIGKILL)
            _ = child.waitForEnd()
            sawLastEvent = true
            throw RunnerError.unreadableEvent(
                line: String(decoding: line, as: UTF8.self), reason: String(describing: error))
        }
        switch event {
        case .step(let record): lastStep = record.step
        case .firstOrderStep(let record): lastStep = record.step
        case .finished, .interrupted, .failed:
            sawLastEvent = true
            _ = child.waitForEnd()
        case .started, .ready, .evaluation, .drift, .updateLoss, .rebuilt: break
        }
        return event
    }

    /// Ends the child at once and waits for it.
    package func end() {
        guard !sawLastEvent else { return }
        sawLastEvent = true
        child.send(signal: SIGKILL)
        _ = child.waitForEnd()
    }

    private func failure(of ending: ChildProcess.Ending) -> TrialFailure {
        if let signal = ending.signal {
            let hint = signal == SIGKILL ? " (the system ends processes this way when memory runs out)" : ""
            return TrialFailure(
                reason: .killed, step: lastStep,
                message: "the child process was ended by signal \(signal)\(hint)")
        }
        return TrialFailure(
            reason: .crashed, step: lastStep,
            message: "the child process ended with code \(ending.exitCode ?? -1) before its trial was done; "
                + "its last words are on standard error")
    }
}
