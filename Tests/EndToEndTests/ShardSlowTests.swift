import Foundation
import GRDB
import TestSupport
import Testing

/// A run in shares, put together again, through the program's own door.
@Suite("Shards and merges", .serialized)
struct ShardSlowTests {
    private func content(of name: String, _ program: Program) throws -> [String] {
        let queue = try DatabaseQueue(path: program.path(name))
        defer { try? queue.close() }
        return try queue.read { database in
            try DatabaseContent.of { sql in
                try Row.fetchAll(database, sql: sql).map { row in
                    row.databaseValues.map { "\($0)" }.joined(separator: " ")
                }
            }
        }
    }

    @Test(
        "two shares merge to what one run holds, in every table, and a run of the merged database does nothing"
    )
    func shares() throws {
        try TinySuite.with(
            replacing: "seeds: {data: [0], noise: [0]}", by: "seeds: {data: [0], noise: [0, 1, 2, 3]}"
        ) {
            program, suite in
            let runs: [(String, [String])] = [
                ("whole", []), ("one", ["--shard", "1/2"]), ("two", ["--shard", "2/2"]),
            ]
            for (name, flags) in runs {
                let answer = try program.run(["run", suite, "--db", "\(name).sqlite"] + flags)
                #expect(answer.exitCode == 0, "\(answer.errors)")
            }
            let wanted = try content(of: "whole.sqlite", program)
            #expect(
                wanted.contains { $0.hasPrefix("step_block") }
                    && wanted.contains { $0.hasPrefix("round_step") })
            for name in ["one", "two"] {
                #expect(try content(of: "\(name).sqlite", program) != wanted, "\(name) did all")
            }
            let merge = ["merge", "-o", "all.sqlite", "one.sqlite", "two.sqlite"]
            let answer = try program.run(merge)
            #expect(answer.exitCode == 0, "\(answer.errors)")
            #expect(answer.output.contains("8 of 8 trials done, 12 timing rounds"), "\(answer.output)")
            let found = try content(of: "all.sqlite", program)
            #expect(Set(found).symmetricDifference(wanted).sorted() == [])
            #expect(found == wanted)

            let refused = try program.run(merge)
            #expect(refused.exitCode == 2 && refused.errors.contains("exists already"), "\(refused.errors)")
            let again = try program.run(["run", suite, "--db", "all.sqlite"])
            #expect(again.exitCode == 0)
            #expect(!again.errors.contains("trial ") && !again.errors.contains("timing "), "\(again.errors)")
            #expect(try content(of: "all.sqlite", program) == wanted)

            // Rounds of another run of the same suite are other measurements of the same place.
            let both = try program.run([
                "merge", "-o", "both.sqlite", "whole.sqlite", "one.sqlite", "two.sqlite",
            ])
            #expect(both.exitCode == 2 && both.errors.contains("was timed here and in another database too"))
            #expect(!FileManager.default.fileExists(atPath: program.path("both.sqlite")))
            let wrong = try program.run(["run", suite, "--shard", "3/2"])
            #expect(wrong.exitCode == 2 && wrong.errors.contains("give i/N"), "\(wrong.errors)")
        }
    }
}
