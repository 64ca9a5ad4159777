import Foundation
import TestSupport
import Testing

/// Where results go and in which form.
@Suite("Output of the readers", .serialized)
struct OutputSlowTests {
    @Test("a run writes into runs, and a file's ending says the form of what is written into it")
    func forms() throws {
        try TinySuite.with { program, suite in
            let run = try program.run(["run", suite, "--filter", "method=mezo"])
            #expect(run.exitCode == 0, "\(run.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: program.path("runs"))
            #expect(names.contains("tiny.sqlite") && names.contains("tiny.md") && names.contains("tiny.csv"))
            #expect(!FileManager.default.fileExists(atPath: program.path("results")))

            let unknown = try program.run(["report", "runs/tiny.sqlite", "--table", "nosuch"])
            let named = unknown.errors.firstMatch(of: /it has: ([a-z-]+)/)
            let table = String(try #require(named).output.1)
            let cases: [(command: [String], file: String, format: String)] = [
                (["report", "runs/tiny.sqlite"], "new/a.csv", "csv"),
                (["report", "runs/tiny.sqlite"], "new/deeper/a.tex", "latex"),
                (["report", "runs/tiny.sqlite", "--table", table], "new/table.md", "markdown"),
                (["report", "runs/tiny.sqlite"], "new/a.txt", "terminal"),
                (["claims", "runs/tiny.sqlite"], "claims/a.csv", "csv"),
                (["claims", "runs/tiny.sqlite"], "claims/a.json", "json"),
                (["claims", "runs/tiny.sqlite"], "claims/a.md", "markdown"),
                (["diff", "runs/tiny.sqlite", "runs/tiny.sqlite"], "diffs/a.json", "json"),
                (["diff", "runs/tiny.sqlite", "runs/tiny.sqlite"], "diffs/a.MD", "markdown"),
            ]
            for (command, file, format) in cases {
                let wanted = try program.run(command + ["--format", format])
                #expect(wanted.exitCode == 0 && !wanted.output.isEmpty, "\(command): \(wanted.errors)")
                // An ending that says nothing leaves the form to --format.
                let said = format == "terminal" ? ["--format", format] : []
                let answer = try program.run(command + ["-o", file] + said)
                #expect(answer.exitCode == 0 && answer.output.isEmpty, "\(command): \(answer.errors)")
                #expect(answer.errors == "written: \(file)\n")
                #expect(try String(decoding: program.bytes(of: file), as: UTF8.self) == wanted.output)
            }
            let forced = try program.run(
                ["report", "runs/tiny.sqlite", "-o", "forced.csv", "--format", "latex"])
            #expect(forced.exitCode == 0)
            #expect(try String(decoding: program.bytes(of: "forced.csv"), as: UTF8.self).contains("\\begin{"))
            let document = try program.run(["report", "runs/tiny.sqlite", "-o", "away/a.md"])
            #expect(document.exitCode == 0 && document.errors == "written: away/a.md\n")
            #expect(FileManager.default.fileExists(atPath: program.path("away/a-plots")))
        }
    }

    @Test("a full disk is said by its name, and is a crash of the gate, not a regression")
    func fullDisk() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"]).exitCode == 0)
            let reason = "No space left on device"
            let printed = try program.run(["report", "a.sqlite"], outputTo: "/dev/full")
            #expect(printed.exitCode == 2 && printed.errors.contains(reason), "\(printed.errors)")
            let written = try program.run(["report", "a.sqlite", "--format", "csv", "-o", "/dev/full"])
            #expect(written.exitCode == 2 && written.errors.contains("/dev/full"), "\(written.errors)")
            let gate = try program.run(["gate", "--baseline", "a.sqlite", "a.sqlite"], outputTo: "/dev/full")
            #expect(gate.exitCode == 1 && gate.errors.contains(reason), "\(gate.errors)")
        }
    }

    @Test("a dry run says what its times are estimated by, and speaks of no trials where there are none")
    func dryRun() throws {
        try TinySuite.with { program, suite in
            let trials = try program.run(["run", suite, "--dry-run"])
            #expect(trials.exitCode == 0, "\(trials.errors)")
            #expect(
                trials.output.contains("2 of 2 trials and 12 timing rounds are left for runs/tiny.sqlite"))
            #expect(trials.output.contains("GFLOP/s of matrix products"), "\(trials.output)")
            let shapes = try program.run([
                "run", "lezo-speed", "--filter", "model=opt-125m", "--filter", "shape=1x32", "--dry-run",
            ])
            #expect(shapes.exitCode == 0, "\(shapes.errors)")
            #expect(!shapes.output.contains("trials"), "\(shapes.output)")
            #expect(shapes.output.contains("timing rounds are left for runs/lezo-speed.sqlite"))
        }
    }
}
