import ArgumentParser
import Foundation
import Glibc
import Runner
import Training

/// Carries out one job for the parent: reads it from standard input and writes events to standard output.
struct ChildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "child", abstract: "Carry out one trial or round for a running suite.",
        shouldDisplay: false)

    func run() throws {
        let stop = StopRequest(escalates: false)
        let signals = stop.listenToSignals()
        defer { signals.forEach { $0.cancel() } }
        // Events have a pipe of their own: whatever a library prints must not mix with them.
        let events = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        exitWhenNobodyListens(to: events)
        let input = FileHandle.standardInput.readDataToEndOfFile()
        let job = try TrialEventCoding.makeDecoder().decode(TrialJob.self, from: input)
        var execution = TrialExecution(
            job: job,
            emit: { event in
                var line = try TrialEventCoding.encode(event)
                line.append(UInt8(ascii: "\n"))
                try DescriptorOutput.write(line, to: events)
            },
            stopIsRequested: { stop.isMade })
        do {
            try execution.run()
        } catch {
            // The parent is gone; what it committed is all that counts, and the next run goes on from there.
            throw ExitStatus.interrupted
        }
    }
}

/// Ends this process when the parent has gone, even in the middle of a long evaluation.
private func exitWhenNobodyListens(to descriptor: Int32) {
    Thread.detachNewThread {
        var pipe = pollfd(fd: descriptor, events: 0, revents: 0)
        while poll(&pipe, 1, -1) < 0 && errno == EINTR {}
        if pipe.revents & Int16(POLLERR) != 0 { _exit(ExitStatus.interrupted.rawValue) }
    }
}
