import Foundation
import TestSupport
import Testing

/// Databases that are not whole, not ours or not to be written, read through the program's own door.
@Suite("Readers of databases", .serialized)
struct ReadersSlowTests {
    @Test("files that are no databases of this version are refused with a clear word and left alone")
    func otherFiles() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "good.sqlite", "--filter", "method=mezo"]).exitCode
                    == 0)
            let good = try program.bytes(of: "good.sqlite")
            func plant(_ name: String, _ change: (String) throws -> Void) throws {
                try program.write(good, to: name)
                try change(name)
            }
            try plant("text.sqlite") { try program.write(Data("no database".utf8), to: $0) }
            try plant("half.sqlite") { try program.write(good.prefix(good.count / 2), to: $0) }
            try plant("newer.sqlite") { try program.change($0, "PRAGMA user_version = 99") }
            try plant("foreign.sqlite") { try program.change($0, "CREATE TABLE notes (x)") }
            try plant("lacking.sqlite") { try program.change($0, "ALTER TABLE artifact DROP COLUMN note") }
            try plant("othersuite.sqlite") { try program.change($0, "UPDATE suite SET name = 'other'") }
            try plant("readonly.sqlite") {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o444], ofItemAtPath: program.path($0))
            }
            let cases: [(String, Int32, String)] = [
                ("text.sqlite", 64, "not an SQLite database"), ("half.sqlite", 64, "damaged"),
                ("newer.sqlite", 4, "a newer lezobench wrote it"),
                ("foreign.sqlite", 64, "unknown table 'notes'"),
                ("lacking.sqlite", 64, "lacks the column 'note'"),
                ("othersuite.sqlite", 4, "there is no suite 'tiny'"),
                ("nowhere.sqlite", 64, "there is no results database"),
                ("readonly.sqlite", 4, ""),
            ]
            for (name, code, message) in cases {
                let before = try? program.bytes(of: name)
                let gate = try program.run(["gate", "--baseline", "good.sqlite", name, "--suite", "tiny"])
                #expect(gate.exitCode == code, "\(name): \(gate.exitCode) \(gate.errors)")
                #expect(message.isEmpty || gate.errors.contains(message), "\(name): \(gate.errors)")
                let difference = try program.run(["diff", "good.sqlite", name, "--suite", "tiny"])
                #expect(
                    difference.exitCode == (name == "readonly.sqlite" ? 0 : 2),
                    "\(name): \(difference.errors)")
                #expect(
                    message.isEmpty || difference.errors.contains(message), "\(name): \(difference.errors)")
                #expect((try? program.bytes(of: name)) == before, "\(name) was changed")
                let files = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
                #expect(
                    !files.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-journal") }, "\(name): \(files)")
            }
            #expect(try program.bytes(of: "good.sqlite") == good)
        }
    }

    @Test("a report written again removes plots that it no longer has, and nothing else")
    func outdatedPlots() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"]).exitCode == 0)
            let arguments = ["report", "a.sqlite", "--format", "markdown", "-o", "a.md"]
            #expect(try program.run(arguments).exitCode == 0)
            let folder = program.path("a-plots")
            let plots = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let drawn = try program.bytes(of: "a-plots/\(try #require(plots.first))")
            try program.write(drawn, to: "a-plots/of-an-earlier-report.svg")
            try program.write(Data("<svg xmlns='x'/>".utf8), to: "a-plots/mine.svg")
            try program.write(drawn, to: "a-plots/copy.txt")
            #expect(try program.run(arguments).exitCode == 0)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    == (plots + ["copy.txt", "mine.svg"]).sorted())
        }
    }

    @Test("a database whose run was killed is read by every reader, named by what it lacks, and not changed")
    func killed() throws {
        // Long enough that the kill comes in the middle of a trial.
        try TinySuite.with(replacing: "{steps: 6,", by: "{steps: 120,") { program, suite in
            let whole = try program.run(["run", suite, "--db", "whole.sqlite"])
            #expect(whole.exitCode == 0, "\(whole.errors)")
            let killed = try program.run(
                ["run", suite, "--db", "killed.sqlite"], interruptWhen: { $0.contains("after step 3: dev") },
                by: SIGKILL)
            #expect(killed.exitCode == SIGKILL)
            let names = ["whole.sqlite", "killed.sqlite", "killed.sqlite-wal"]
            let before = names.map { try? program.bytes(of: $0) }
            #expect(before[1] != nil)
            let readers: [([String], Int32, String)] = [
                (["report", "killed.sqlite"], 0, "tiny"),
                (["export", "notebook", "killed.sqlite", "-o", "out"], 0, ""),
                (
                    ["diff", "whole.sqlite", "killed.sqlite"], 1,
                    "done in the baseline, running in the candidate"
                ),
                (["diff", "killed.sqlite", "killed.sqlite"], 0, "The same"),
                (["gate", "--baseline", "whole.sqlite", "killed.sqlite"], 4, "done in the baseline"),
            ]
            for (arguments, code, message) in readers {
                let answer = try program.run(arguments)
                #expect(answer.exitCode == code, "\(arguments): \(answer.exitCode) \(answer.errors)")
                #expect(
                    message.isEmpty || answer.output.contains(message), "\(arguments): \(answer.output)")
                #expect(names.map { try? program.bytes(of: $0) } == before, "\(arguments)")
            }
        }
    }
}
