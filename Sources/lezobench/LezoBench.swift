import Archives
import ArgumentParser
import Foundation
import Glibc

/// The root command.
@main
struct LezoBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lezobench",
        abstract: "Checks what layer-wise sparse zeroth-order optimizers are said to gain, with evidence.",
        discussion: """
            A suite names models, tasks, optimizers and seeds; a run records every step in a SQLite database; \
            a report says what the numbers support.

            EXAMPLES
              lezobench suites
              lezobench run smoke
              lezobench run lezo-sst2 --data DATA --models MODELS --dry-run
              lezobench report results/lezo-sst2.sqlite --format markdown
              lezobench claims results/lezo-sst2.sqlite
              lezobench diff before.sqlite after.sqlite
              lezobench gate --baseline-program old/lezobench --suite smoke
              lezobench replay results/smoke.sqlite 2 -o model.safetensors
              lezobench merge -o all.sqlite shard-1.sqlite shard-2.sqlite

            EXIT CODES
              0 done; 1 some trials failed; 2 usage or input error; 130 stopped on request, run again to go on.
              diff and gate have their own; see their --help.
            """,
        version: "0.1.0",
        subcommands: [
            SuitesCommand.self, RunCommand.self, ReportCommand.self, ClaimsCommand.self, ExportCommand.self,
            DiffCommand.self, GateCommand.self, ReplayCommand.self, MergeCommand.self, BenchCommand.self,
            DoctorCommand.self,
            InspectCommand.self,
            SandboxCommand.self, ChildCommand.self, ProbeCommand.self,
        ])

    static func main() {
        // A reader that goes away (a closed pipe) must be seen as a failed write, not end the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            Self.exit(withError: code)
        } catch {
            // Help and version requests are no errors; ArgumentParser prints them and ends with 0.
            guard Self.exitCode(for: error) != .success else { Self.exit(withError: error) }
            StandardError.write(Self.printableMessage(for: error))
            // In a gate 2 stands for a regression, which a mistyped option must not look like.
            let isGate = CommandLine.arguments.dropFirst().first == GateCommand.configuration.commandName
            Glibc.exit(isGate ? GateFailure.usage.rawValue : ExitStatus.inputError.rawValue)
        }
    }
}

extension LezoBench {
    /// What is said of an error, line by line; text from strangers' files is shown and not obeyed.
    static func printableMessage(for error: any Error) -> String {
        fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).printable + "\n" }.joined()
    }
}

/// What an exit code means to the caller.
enum ExitStatus: Int32 {
    case someTrialsFailed = 1
    /// Of `diff` alone, as of the program that it is named after.
    static let databasesDiffer = ExitCode(1)
    case inputError = 2
    case interrupted = 130

    /// Ends the command with this status.
    var code: ExitCode { ExitCode(rawValue) }
}

/// Text for a person, beside the results on standard output.
enum StandardError {
    static func write(_ text: String) {
        // Nobody may be left to read what is only said to people; the work goes on.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person watches.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Results.
enum StandardOutput {
    static func write(_ text: String) {
        // A reader that closed the pipe early, as `head` does, has all that it wants.
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Whether a person reads.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal, 100 when there is none.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }
}
