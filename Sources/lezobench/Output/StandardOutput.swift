import Glibc
import Runner

/// Results.
enum StandardOutput {
    /// Standard output did not take the results.
    struct Unwritable: Error, CustomStringConvertible {
        let failure: WriteFailure

        var description: String { "cannot write to standard output: \(failure)" }
    }

    /// Writes a text.
    ///
    /// - Throws: ``Unwritable`` when not all of it could be written, but not when the reader has gone: one that closed
    ///   the pipe early, as `head` does, has all that it wants.
    static func write(_ text: String) throws(Unwritable) {
        do throws(WriteFailure) {
            try DescriptorOutput.write(Array(text.utf8), to: STDOUT_FILENO)
        } catch {
            if !error.isBrokenPipe { throw Unwritable(failure: error) }
        }
    }

    /// Whether a person reads.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal, 100 when there is none.
    static var width: Int { TerminalWidth.ofDescriptor(STDOUT_FILENO) ?? 100 }
}
