import Foundation
import ResultStore
import TestSupport
import Testing
import Training

/// Databases compared and gated through the program's own door.
@Suite("Diff and gate, from two databases or two programs", .serialized)
struct GateSlowTests {
    /// What a gate on step times comes to where nothing is slower: times of a build without optimization are never judged.
    #if DEBUG
        private static let passed: (code: Int32, words: String) = (4, "not comparable")
    #else
        private static let passed: (code: Int32, words: String) = (0, "passed")
    #endif

    @Test("this program gates itself: all is the same to the bit, and the databases can be judged again")
    func gatesItself() throws {
        try TinySuite.with { program, suite in
            let own = Program.executable.path
            let first = try program.run([
                "gate", "--baseline-program", own, "--suite", suite, "--policy", "gate.yaml", "--junit",
                "gate.xml",
                "--markdown", "gate.md", "--annotations",
            ])
            #expect(first.exitCode == Self.passed.code, "\(first.output)\(first.errors)")
            #expect(first.output.contains("Gate \(Self.passed.words): suite tiny"))
            #expect(first.output.contains("the same to the bit: trials 1 of 1, rounds 6 of 6"))
            #expect(first.output.contains("as many operations and allocated bytes"))
            #expect(
                try String(decoding: program.bytes(of: "gate.xml"), as: UTF8.self).contains(
                    "failures=\"0\" errors=\"0\""))
            let databases = ["runs/gate/baseline.sqlite", "runs/gate/candidate.sqlite"]
            let before = try databases.map { try program.bytes(of: $0) }
            let again = try program.run(
                [
                    "gate", "--baseline", databases[0], databases[1], "--policy", "gate.yaml", "--format",
                    "markdown",
                ])
            #expect(again.exitCode == first.exitCode, "\(again.output)\(again.errors)")
            #expect(try databases.map { try program.bytes(of: $0) } == before)
            #expect(try String(decoding: program.bytes(of: "gate.md"), as: UTF8.self) == again.output)
            let resumed = try program.run([
                "gate", "--baseline-program", own, "--suite", suite, "--policy", "gate.yaml", "--format",
                "markdown",
            ])
            #expect(resumed.output == again.output, "nothing is measured anew")
            let difference = try program.run(["diff", databases[0], databases[1], "--format", "json"])
            #expect(
                difference.output.contains("\"pairing\":\"interleaved\""),
                "\(difference.output)\(difference.errors)")
            #expect(difference.output.contains("\"equalRounds\":6"))
        }
    }

    @Test("a program against itself is calibrated, and rounds of other programs are not mixed in")
    func calibrates() throws {
        try TinySuite.with { program, suite in
            let answer = try program.run([
                "gate", "--against-itself", "2", "--suite", suite, "--policy", "gate.yaml", "--filter",
                "method=mezo",
            ])
            #expect([0, 3].contains(answer.exitCode), "\(answer.output)\(answer.errors)")
            #expect(answer.output.contains("of 2 gates flagged a cell although nothing differs"))
            let copy = program.path("copy")
            try FileManager.default.copyItem(atPath: Program.executable.path, toPath: copy)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: copy))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("another build".utf8))
            try handle.close()
            let other = try program.run(["gate", "--baseline-program", copy, "--suite", suite])
            #expect(other.exitCode == 64)
            #expect(other.errors.contains("runs/gate holds rounds of other programs"), "\(other.errors)")
        }
    }

    @Test("a database against itself is the same, for diff; its rounds are no pairs, for the gate")
    func itself() throws {
        try TinySuite.with { program, suite in
            #expect(try program.run(["run", suite, "--db", "a.sqlite"]).exitCode == 0)
            let before = try program.bytes(of: "a.sqlite")
            let answer = try program.run(["diff", "a.sqlite", "a.sqlite"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            #expect(answer.output.contains("The same: both hold the very same records, times included."))
            let gate = try program.run(["gate", "--baseline", "a.sqlite", "a.sqlite"])
            #expect(gate.exitCode == 4)
            #expect(gate.output.contains("not taken in turns"), "\(gate.output)")
            #expect(try program.bytes(of: "a.sqlite") == before)
        }
    }

    @Test("two runs of one program differ in nothing but times that were not taken in turns")
    func twoRuns() throws {
        try TinySuite.with { program, suite in
            for name in ["a.sqlite", "b.sqlite"] {
                #expect(try program.run(["run", suite, "--db", name]).exitCode == 0)
            }
            for format in ["markdown", "csv", "terminal"] {
                let answer = try program.run(["diff", "a.sqlite", "b.sqlite", "--format", format])
                #expect(answer.output.contains("the same to the bit in all 2 cells"), "\(answer.output)")
                #expect(answer.output.contains("machine drift not controlled"))
            }
            // A planted change of one stored answer is found, and named.
            try program.change(
                "b.sqlite", "UPDATE evaluation SET loss = loss + 1e-9 WHERE split = 'test'")
            let changed = try program.run(["diff", "a.sqlite", "b.sqlite"])
            #expect(changed.exitCode == 1)
            #expect(changed.output.contains("test evaluation after step"), "\(changed.output)")
            let gate = try program.run(["gate", "--baseline", "a.sqlite", "b.sqlite"])
            #expect(gate.exitCode == 2, "\(gate.output)")
        }
    }

    @Test("a usage error of the gate is 64, never the code of a regression")
    func usage() throws {
        try TinySuite.with { program, _ in
            try Data("timming: {}\n".utf8).write(to: URL(fileURLWithPath: program.path("wrong.yaml")))
            let calls: [([String], String)] = [
                (["gate"], "give either two databases"),
                (["gate", "--against-itself", "3", "--suite", "tiny", "--no-such-option"], "no-such-option"),
                (["gate", "--baseline", "a.sqlite"], "two databases are needed"),
                (["gate", "--against-itself", "3"], "name the suite"),
                (
                    ["gate", "--baseline", "a.sqlite", "b.sqlite", "--policy", "wrong.yaml"],
                    "did you mean 'timing'?"
                ),
                (["gate", "--baseline-program", "nowhere", "--suite", "nosuch"], "nosuch"),
            ]
            for (arguments, message) in calls {
                let answer = try program.run(arguments)
                #expect(answer.exitCode == 64, "\(arguments): \(answer.exitCode)")
                #expect(answer.errors.contains(message), "\(arguments): \(answer.errors)")
            }
            #expect(try program.run(["gate", "--help"]).exitCode == 0)
        }
    }
}
