import Foundation
import TestSupport
import Testing

/// What the program makes of its arguments, and of an output that does not take what it prints.
@Suite("The command line")
struct CommandLineTests {
    private func run(_ arguments: [String], outputTo path: String? = nil) throws -> Program.Answer {
        try TemporaryFolder.with { folder in
            try Program(folder: URL(fileURLWithPath: folder.path)).run(arguments, outputTo: path)
        }
    }

    @Test(
        "no command takes 0 threads",
        arguments: [
            ["doctor"], ["probe"], ["run", "smoke"], ["replay", "a.sqlite"], ["bench", "kernels"],
            ["gate", "--against-itself", "1", "--suite", "smoke"],
            ["sandbox", "pretrain", "plan.yaml", "-o", "x.safetensors"],
        ])
    func threads(command: [String]) throws {
        let answer = try run(command + ["--threads", "0"])
        #expect(answer.exitCode == (command[0] == "gate" ? 64 : 2))
        #expect(answer.errors.contains("--threads is 0; give 1 or more"), "\(answer.errors)")
    }

    @Test(
        "a full disk behind standard output is said and is no success",
        arguments: [["suites"], ["suites", "--json"], ["--help"], ["run", "--help"], ["--version"]])
    func fullDisk(arguments: [String]) throws {
        let whole = try run(arguments)
        #expect(whole.exitCode == 0 && !whole.output.isEmpty && whole.errors.isEmpty)
        let answer = try run(arguments, outputTo: "/dev/full")
        #expect(answer.exitCode == 2)
        #expect(
            answer.errors.contains("cannot write to standard output: No space left on device"),
            "\(answer.errors)")
    }

    @Test("a reader that goes away early is no error")
    func closedPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = ["suites"]
        process.standardOutput = pipe
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(said.isEmpty, "\(String(decoding: said, as: UTF8.self))")
    }

    @Test(
        "a mistyped command is answered with the one that was meant",
        arguments: [
            (["sutes"], "suites"), (["dif", "a", "b"], "diff"), (["inspect", "tokns"], "tokens"),
            (["sandbox", "mkae", "x"], "make"), (["gaet"], "gate"), (["models", "verfy"], "verify"),
        ])
    func mistyped(arguments: [String], meant: String) throws {
        let answer = try run(arguments)
        #expect(answer.exitCode == 2)
        #expect(answer.errors.contains("Did you mean '\(meant)'?"), "\(answer.errors)")
    }

    @Test("words that are near no command, and errors of commands that are there, are not guessed at")
    func notGuessed() throws {
        for arguments in [["nonsense"], ["suites", "--no-such-option"], ["run"], ["probee"]] {
            let answer = try run(arguments)
            #expect(answer.exitCode == 2 && !answer.errors.contains("Did you mean '"), "\(answer.errors)")
        }
    }

    @Test(
        "what is wrong with an input is said without the usage of the program",
        arguments: [
            (["suites", "--suites", "."], "there are no suite files in ."),
            (["data", "list"], "--data"), (["models", "list"], "--models"),
            (["data", "verify", "--data", ".", "--task", "sts2"], "no task is named 'sts2'"),
            (["data", "list", "--data", "nowhere"], "nowhere: there is no such file or folder"),
            (["models", "verify", "--models", "."], "no model was found"),
            (["report", "a.sqlite", "-o", "a.json"], "a.json ends in .json"),
            (["claims", "a.sqlite", "-o", "b/a.tex"], "b/a.tex ends in .tex"),
        ])
    func inputErrors(arguments: [String], part: String) throws {
        let answer = try run(arguments)
        #expect(answer.exitCode == 2)
        #expect(answer.output.isEmpty, "\(answer.output)")
        #expect(answer.errors.contains(part), "\(answer.errors)")
        #expect(!answer.errors.contains("Usage:"), "\(answer.errors)")
    }

    @Test("a run that is to print JSON of what it would do must be a dry one")
    func runAsJSON() throws {
        let answer = try run(["run", "smoke", "--json"])
        #expect(answer.exitCode == 2)
        #expect(answer.errors.contains("--json goes with --dry-run"), "\(answer.errors)")
    }

    @Test("the list of suites keeps to 100 columns where no terminal says otherwise")
    func widthOfSuites() throws {
        let answer = try run(["suites"])
        #expect(answer.output.contains("Name data with --data"))
        #expect(answer.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(answer.output)")
    }

    @Test("every command that is shown has an example in its help")
    func examples() throws {
        let groups = [
            ["suites"], ["run"], ["report"], ["claims"], ["export"], ["diff"], ["gate"], ["replay"],
            ["merge"], ["bench"], ["doctor"], ["data"], ["data", "list"], ["data", "verify"], ["models"],
            ["models", "list"], ["models", "verify"], ["inspect"], ["inspect", "tokens"],
            ["inspect", "logprobs"], ["inspect", "example"], ["inspect", "model"], ["sandbox"],
            ["sandbox", "make"], ["sandbox", "pretrain"],
        ]
        for command in groups {
            let help = try run(command + ["--help"])
            #expect(help.exitCode == 0)
            #expect(
                help.output.contains("  lezobench " + command.joined(separator: " ")),
                "\(command): \(help.output)")
        }
    }
}
