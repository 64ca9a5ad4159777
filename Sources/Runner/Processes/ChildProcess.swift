import Foundation
package import Glibc

/// A child process that gets one text on its standard input and answers with lines on its standard output.
///
/// It runs in a process group of its own, so that Ctrl-C at the terminal reaches only the parent, which then asks
/// the child to finish its step. Its standard error is the parent's.
package final class ChildProcess {
    /// How a child ended, with the system's own accounting.
    package struct Ending: Sendable, Hashable, CustomStringConvertible {
        /// The exit code, or nil when a signal ended it.
        package let exitCode: Int32?
        /// The signal that ended it, or nil.
        package let signal: Int32?

        /// An ending from its two values.
        package init(exitCode: Int32?, signal: Int32?) {
            self.exitCode = exitCode
            self.signal = signal
        }

        /// Such as `exit code 1` or `signal 9`.
        package var description: String {
            if let signal { return "signal \(signal)" }
            return exitCode.map { "exit code \($0)" } ?? "an unknown ending"
        }
    }

    /// The child's process id.
    package let processID: pid_t
    private let outputDescriptor: Int32
    private var pending: [UInt8] = []
    private var outputEnded = false

    /// Starts `executable` with exactly the given arguments and environment and sends it `input`.
    ///
    /// - Throws: ``RunnerError`` when the system refuses.
    package init(
        executable: String, arguments: [String], environment: [String: String], input: String
    ) throws(RunnerError) {
        func refuse(_ what: String, _ code: Int32) -> RunnerError {
            .cannotStartChild(executable: executable, reason: "\(what): \(String(cString: strerror(code)))")
        }
        var inputPipe: [Int32] = [-1, -1]
        var outputPipe: [Int32] = [-1, -1]
        guard pipe(&inputPipe) == 0 else { throw refuse("pipe", errno) }
        guard pipe(&outputPipe) == 0 else {
            let code = errno
            inputPipe.forEach { _ = close($0) }
            throw refuse("pipe", code)
        }
        // The child must not hold its own ends of the pipes open, or neither side would ever see an end.
        for descriptor in inputPipe + outputPipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, inputPipe[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
        // A signal that this thread happens to hold back must not be held back from the child for ever.
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)

        var process = pid_t()
        let code = Self.withCStrings([executable] + arguments) { argv in
            Self.withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) {
                envp in
                posix_spawn(&process, executable, &actions, &attributes, argv, envp)
            }
        }
        _ = close(inputPipe[0])
        _ = close(outputPipe[1])
        guard code == 0 else {
            _ = close(inputPipe[1])
            _ = close(outputPipe[0])
            throw refuse("posix_spawn", code)
        }
        processID = process
        outputDescriptor = outputPipe[0]
        // When the child is gone already, its ending will say why.
        try? DescriptorOutput.write(Array(input.utf8), to: inputPipe[1])
        _ = close(inputPipe[1])
    }

    deinit { _ = close(outputDescriptor) }

    /// The next line of output without its newline, or nil when the child has closed its output.
    ///
    /// A last line that lacks its newline was cut off with the child and is not returned.
    package func nextLine() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            if let newline = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<newline])
                pending.removeFirst(newline + 1)
                return line
            }
            if outputEnded { return nil }
            let count = read(outputDescriptor, &chunk, chunk.count)
            if count > 0 {
                pending.append(contentsOf: chunk[..<count])
            } else if count == 0 || errno != EINTR {
                outputEnded = true
            }
        }
    }

    /// Whether output can be read without waiting longer than `milliseconds`.
    package func hasOutput(withinMilliseconds milliseconds: Int32) -> Bool {
        if outputEnded || pending.contains(UInt8(ascii: "\n")) { return true }
        var descriptor = pollfd(fd: outputDescriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0
    }

    /// Sends a signal to the child.
    package func send(signal: Int32) {
        _ = kill(processID, signal)
    }

    /// Waits for the end of the child.
    ///
    /// Call it once.
    package func waitForEnd() -> Ending {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return Ending(
            exitCode: signal == 0 ? (status >> 8) & 0xff : nil, signal: signal == 0 ? nil : signal)
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        pointers.append(nil)
        defer { pointers.forEach { free($0) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("the list ends with nil, so it is not empty")
            }
            return body(base)
        }
    }
}
