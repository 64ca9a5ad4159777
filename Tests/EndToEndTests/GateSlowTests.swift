import Foundation
import GRDB
import ResultStore
import TestSupport
import Testing
import Training

/// Databases compared and gated through the program's own door.
@Suite("Diff and gate, from two databases or two programs", .serialized)
struct GateSlowTests {
    private static let suiteText = """
        suite: tiny
        title: A test of two databases
        claims: []
        models:
          - {name: sandbox-opt}
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 64, dev_examples: 16, test_examples: 40}
        methods:
          - {mezo: {learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
          - {lezo: {sparsity: [0.5], learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
        plans: [reference]
        schedule: {steps: 6, batch_size: 4, eval_every: 3}
        seeds: {data: [0], noise: [0]}
        timing: {rounds: 6, warmup_steps: 1, steps: 3}
        sandbox: true
        """

    /// Six rounds can flag one of two cells, since 2^-6 is below 5 % / 2; what they can see is left open, as this is no
    /// test of the machine.
    private static let policyText = "timing: {rounds: 6, detectable: 10, margin: 1.0}\n"

    /// What a gate on step times comes to where nothing is slower: times of a build without optimization are never judged.
    #if DEBUG
        private static let passed: (code: Int32, words: String) = (4, "not comparable")
    #else
        private static let passed: (code: Int32, words: String) = (0, "passed")
    #endif

    private func with<Result>(_ body: (Program, _ suite: String) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            let suite = folder.path("tiny.yaml")
            try Data(Self.suiteText.utf8).write(to: URL(fileURLWithPath: suite))
            try Data(Self.policyText.utf8).write(to: URL(fileURLWithPath: folder.path("gate.yaml")))
            return try body(Program(folder: URL(fileURLWithPath: folder.path)), suite)
        }
    }

    private func bytes(_ program: Program, _ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: program.path(name)))
    }

    @Test("this program gates itself: all is the same to the bit, and the databases can be judged again")
    func gatesItself() throws {
        try with { program, suite in
            let own = Program.executable.path
            let first = try program.run([
                "gate", "--baseline-program", own, "--suite", suite, "--policy", "gate.yaml", "--junit",
                "gate.xml",
                "--markdown", "gate.md", "--annotations",
            ])
            #expect(first.exitCode == Self.passed.code, "\(first.output)\(first.errors)")
            #expect(first.output.contains("Gate \(Self.passed.words): suite tiny"))
            #expect(first.output.contains("the same to the bit: trials 1 of 1, rounds 6 of 6"))
            #expect(
                try String(decoding: bytes(program, "gate.xml"), as: UTF8.self).contains(
                    "failures=\"0\" errors=\"0\""))
            let databases = ["results/gate/baseline.sqlite", "results/gate/candidate.sqlite"]
            let before = try databases.map { try bytes(program, $0) }
            let again = try program.run(
                [
                    "gate", "--baseline", databases[0], databases[1], "--policy", "gate.yaml", "--format",
                    "markdown",
                ])
            #expect(again.exitCode == first.exitCode, "\(again.output)\(again.errors)")
            #expect(try databases.map { try bytes(program, $0) } == before)
            #expect(try String(decoding: bytes(program, "gate.md"), as: UTF8.self) == again.output)
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
        try with { program, suite in
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
            #expect(other.errors.contains("results/gate holds rounds of other programs"), "\(other.errors)")
        }
    }

    @Test("a database against itself is the same, for diff; its rounds are no pairs, for the gate")
    func itself() throws {
        try with { program, suite in
            #expect(try program.run(["run", suite, "--db", "a.sqlite"]).exitCode == 0)
            let before = try bytes(program, "a.sqlite")
            let answer = try program.run(["diff", "a.sqlite", "a.sqlite"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            #expect(answer.output.contains("The same: both hold the very same records, times included."))
            let gate = try program.run(["gate", "--baseline", "a.sqlite", "a.sqlite"])
            #expect(gate.exitCode == 4)
            #expect(gate.output.contains("not taken in turns"), "\(gate.output)")
            #expect(try bytes(program, "a.sqlite") == before)
        }
    }

    @Test("two runs of one program differ in nothing but times that were not taken in turns")
    func twoRuns() throws {
        try with { program, suite in
            for name in ["a.sqlite", "b.sqlite"] {
                #expect(try program.run(["run", suite, "--db", name]).exitCode == 0)
            }
            for format in ["markdown", "csv", "terminal"] {
                let answer = try program.run(["diff", "a.sqlite", "b.sqlite", "--format", format])
                #expect(answer.output.contains("the same to the bit in all 2 cells"), "\(answer.output)")
                #expect(answer.output.contains("machine drift not controlled"))
            }
            // A planted change of one stored answer is found, and named.
            try overwrite(
                program.path("b.sqlite"), "UPDATE evaluation SET loss = loss + 1e-9 WHERE split = 'test'")
            let changed = try program.run(["diff", "a.sqlite", "b.sqlite"])
            #expect(changed.exitCode == 1)
            #expect(changed.output.contains("test evaluation after step"), "\(changed.output)")
            let gate = try program.run(["gate", "--baseline", "a.sqlite", "b.sqlite"])
            #expect(gate.exitCode == 2, "\(gate.output)")
        }
    }

    @Test("files that are no databases of this version are refused with a clear word and left alone")
    func otherFiles() throws {
        try with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "good.sqlite", "--filter", "method=mezo"]).exitCode
                    == 0)
            let good = try bytes(program, "good.sqlite")
            func plant(_ name: String, _ change: (String) throws -> Void) throws {
                try good.write(to: URL(fileURLWithPath: program.path(name)))
                try change(program.path(name))
            }
            try plant("text.sqlite") { try Data("no database".utf8).write(to: URL(fileURLWithPath: $0)) }
            try plant("half.sqlite") { try good.prefix(good.count / 2).write(to: URL(fileURLWithPath: $0)) }
            try plant("newer.sqlite") { try overwrite($0, "PRAGMA user_version = 99") }
            try plant("foreign.sqlite") { try overwrite($0, "CREATE TABLE notes (x)") }
            try plant("lacking.sqlite") { try overwrite($0, "ALTER TABLE artifact DROP COLUMN note") }
            try plant("othersuite.sqlite") { try overwrite($0, "UPDATE suite SET name = 'other'") }
            try plant("readonly.sqlite") {
                try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: $0)
            }
            let cases: [(String, Int32, String)] = [
                ("text.sqlite", 64, "not an SQLite database"), ("half.sqlite", 1, "damaged"),
                ("newer.sqlite", 4, "a newer lezobench wrote it"),
                ("foreign.sqlite", 4, "unknown table 'notes'"),
                ("lacking.sqlite", 4, "lacks the column 'note'"),
                ("othersuite.sqlite", 4, "there is no suite 'tiny'"),
                ("nowhere.sqlite", 64, "there is no results database"),
                ("readonly.sqlite", 4, ""),
            ]
            for (name, code, message) in cases {
                let before = try? bytes(program, name)
                let gate = try program.run(["gate", "--baseline", "good.sqlite", name, "--suite", "tiny"])
                #expect(gate.exitCode == code, "\(name): \(gate.exitCode) \(gate.errors)")
                #expect(message.isEmpty || gate.errors.contains(message), "\(name): \(gate.errors)")
                let difference = try program.run(["diff", "good.sqlite", name, "--suite", "tiny"])
                #expect(
                    difference.exitCode == (name == "readonly.sqlite" ? 0 : 2),
                    "\(name): \(difference.errors)")
                #expect(
                    message.isEmpty || difference.errors.contains(message), "\(name): \(difference.errors)")
                #expect((try? bytes(program, name)) == before, "\(name) was changed")
                let files = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
                #expect(
                    !files.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-journal") }, "\(name): \(files)")
            }
            #expect(try bytes(program, "good.sqlite") == good)
        }
    }

    @Test("a usage error of the gate is 64, never the code of a regression")
    func usage() throws {
        try with { program, _ in
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

    /// Changes a database as another program would.
    private func overwrite(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
