import Archives
import ArgumentParser
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
              lezobench report runs/lezo-sst2.sqlite --format markdown
              lezobench claims runs/lezo-sst2.sqlite
              lezobench diff before.sqlite after.sqlite
              lezobench gate --baseline-program old/lezobench --suite smoke
              lezobench replay runs/smoke.sqlite 2 -o model.safetensors
              lezobench merge -o all.sqlite shard-1.sqlite shard-2.sqlite

            EXIT CODES
              0 done; 1 some trials failed; 2 usage, input or output error; 130 stopped on request, run again to go on.
              diff, replay and gate have their own; see their --help.
            """,
        version: "0.1.0",
        subcommands: [
            SuitesCommand.self, RunCommand.self, ReportCommand.self, ClaimsCommand.self, ExportCommand.self,
            DiffCommand.self, GateCommand.self, ReplayCommand.self, MergeCommand.self, BenchCommand.self,
            DoctorCommand.self, DataCommand.self, ModelsCommand.self, InspectCommand.self,
            SandboxCommand.self, ChildCommand.self, ProbeCommand.self,
        ])

    static func main() {
        // A reader that goes away (a closed pipe) must be seen as a failed write, not end the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            try parseAndRun()
        } catch let code as ExitCode {
            Self.exit(withError: code)
        } catch {
            StandardError.write(Self.printableMessage(for: error))
            Glibc.exit(answerInputError())
        }
    }
}

extension LezoBench {
    private static func parseAndRun() throws {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // Help and version requests are no errors.
            guard exitCode(for: error) == .success, !(error is ExitCode) else { throw error }
            try StandardOutput.write(fullMessage(for: error) + "\n")
        }
    }

    /// Names the command that may have been meant, and gives the exit code of what is wrong with the input.
    ///
    /// Apart from the exit, which nothing outlives: what is held there counts as a leak.
    private static func answerInputError() -> Int32 {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let name = MistypedCommand.suggestion(for: arguments, in: Self.self) {
            StandardError.write("Did you mean '\(name)'?\n")
        }
        // In a gate 2 stands for a regression, which a mistyped option must not look like.
        let isGate = arguments.first == GateCommand.configuration.commandName
        return (isGate ? GateFailure.usage : ExitStatus.inputError).rawValue
    }

    /// What is said of an error, line by line; text from strangers' files is shown and not obeyed.
    static func printableMessage(for error: any Error) -> String {
        fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).printable + "\n" }.joined()
    }
}
