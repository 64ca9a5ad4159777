import Foundation
import TestSupport
import Testing

/// A file that cannot be written to its end leaves what lay under its name, and nothing beside it.
@Suite("Files that cannot be written to their end", .serialized)
struct UnfinishedFileSlowTests {
    /// The names below the folder, without what ``Program`` itself leaves there.
    private func names(in program: Program) throws -> Set<String> {
        let names = try FileManager.default.subpathsOfDirectory(atPath: program.folder.path)
        return Set(names.filter { !$0.hasPrefix("output-") && !$0.hasPrefix("errors-") })
    }

    @Test("an earlier report, its plots and tables stay as they were")
    func reports() throws {
        try TinySuite.with { program, suite in
            #expect(try program.run(["run", suite, "--db", "a.sqlite"]).exitCode == 0)
            for file in ["a.md", "a.csv", "a.tex"] {
                #expect(try program.run(["report", "a.sqlite", "-o", file]).exitCode == 0)
            }
            try program.write(Data("an earlier one".utf8), to: "link-target.md")
            try FileManager.default.createSymbolicLink(
                atPath: program.path("link.md"), withDestinationPath: "link-target.md")
            let before = try names(in: program)
            #expect(before.contains { $0.hasSuffix(".svg") })
            let contents = try before.filter { $0.contains(".") }.map { ($0, try program.bytes(of: $0)) }
            for file in ["a.md", "a.csv", "a.tex", "link.md"] {
                let answer = try program.run(["report", "a.sqlite", "-o", file], fileLimit: 1)
                #expect(answer.exitCode == 2 && answer.errors.contains("cannot write"), "\(answer.errors)")
            }
            for (name, bytes) in contents { #expect(try program.bytes(of: name) == bytes, "\(name)") }
            let after = try names(in: program)
            #expect(before.isSubset(of: after), "\(before.subtracting(after))")
            #expect(after.subtracting(before).isSubset(of: ["link-plots"]), "\(after.subtracting(before))")
        }
    }

    @Test("a report through a link changes what the link points to")
    func link() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"]).exitCode == 0)
            try program.write(Data("an earlier one".utf8), to: "target.csv")
            try FileManager.default.createSymbolicLink(
                atPath: program.path("link.csv"), withDestinationPath: "target.csv")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o640], ofItemAtPath: program.path("target.csv"))
            let wanted = try program.run(["report", "a.sqlite", "--format", "csv"])
            #expect(try program.run(["report", "a.sqlite", "-o", "link.csv"]).exitCode == 0)
            #expect(try String(decoding: program.bytes(of: "target.csv"), as: UTF8.self) == wanted.output)
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: program.path("link.csv"))
                    == "target.csv")
            let attributes = try FileManager.default.attributesOfItem(atPath: program.path("target.csv"))
            #expect(attributes[.posixPermissions] as? Int == 0o640)
        }
    }

    @Test("replayed weights are not there at all, neither alone nor in a folder")
    func weights() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=lezo"]).exitCode == 0)
            let database = try program.bytes(of: "a.sqlite")
            let before = try names(in: program)
            for output in ["weights.safetensors", "model"] {
                // A thousand blocks hold no weights of the sandbox model, which take 2.6 MB.
                let answer = try program.run(
                    ["replay", "a.sqlite", "1", "--weights-only", "-o", output], fileLimit: 1_000)
                #expect(
                    answer.exitCode == 2 && answer.errors.contains("cannot be written"), "\(answer.errors)")
                let made = try names(in: program).subtracting(before)
                #expect(made.isSubset(of: ["model"]), "\(made)")
            }
            #expect(try program.bytes(of: "a.sqlite") == database)
        }
    }
}
