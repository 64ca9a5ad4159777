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
        let stop = StopRequest()
        let signals = stop.listenToSignals()
        defer { signals.forEach { $0.cancel() } }
        let input = FileHandle.standardInput.readDataToEndOfFile()
        let job = try TrialEventCoding.makeDecoder().decode(TrialJob.self, from: input)
        let execution = TrialExecution(
            job: job,
            emit: { event in
                var line = try TrialEventCoding.encode(event)
                line.append(UInt8(ascii: "\n"))
                try writeWhole(line, to: STDOUT_FILENO)
            },
            stopIsRequested: { stop.isMade })
        do {
            try execution.run()
        } catch {
            // The parent is gone; what it committed is all that counts, and the next run goes on from there.
            throw ExitCode(ExitStatus.interrupted.rawValue)
        }
    }
}

/// The write of an event failed.
private struct BrokenPipe: Error {}

private func writeWhole(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            rest = rest.dropFirst(count)
        } else if errno != EINTR {
            throw BrokenPipe()
        }
    }
}
