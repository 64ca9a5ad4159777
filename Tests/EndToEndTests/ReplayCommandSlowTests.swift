import Foundation
import TestSupport
import Testing

/// Weights rebuilt from a database, through the program's own door.
@Suite("Replays, from database to weights", .serialized)
struct ReplayCommandSlowTests {
    /// What `replay --json` says, as far as it is looked at.
    private struct Answer: Decodable {
        struct Replay: Decodable {
            struct Evaluation: Decodable {
                let split: String
                let exampleCount: Int
                let otherAnswerCount: Int
                let isIdentical: Bool
                let value: Double
            }

            let steps: Int
            let rebuiltStep: Int
            let finalDigest: String
            let recordedDigest: String
            let evaluations: [Evaluation]
            let files: [String]
        }

        let isConfirmed: Bool
        let replay: Replay
    }

    private func answer(_ answer: Program.Answer) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(answer.output.utf8))
    }

    @Test(
        "every finished trial of a run is confirmed, tested and last weights alike, and leaves no trace unasked"
    )
    func confirms() throws {
        try TinySuite.with(replacing: "plans: [reference]", by: "plans: [reference, fused]") {
            program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=lezo"]).exitCode == 0)
            let before = try program.bytes(of: "a.sqlite")
            for trial in ["1", "2"] {
                for flags in [[], ["--final", "--threads", "1"]] {
                    let done = try program.run(["replay", "a.sqlite", trial, "--json"] + flags)
                    #expect(done.exitCode == 0, "\(done.errors)\(done.output)")
                    let said = try answer(done)
                    #expect(said.isConfirmed && said.replay.finalDigest == said.replay.recordedDigest)
                    #expect(said.replay.steps == 6 && said.replay.files.isEmpty)
                    #expect(!said.replay.evaluations.isEmpty)
                    #expect(said.replay.evaluations.allSatisfy { $0.isIdentical && $0.otherAnswerCount == 0 })
                }
            }
            #expect(try program.bytes(of: "a.sqlite") == before)
            let list = try program.run(["replay", "a.sqlite"])
            #expect(list.exitCode == 0 && list.output.contains("LeZO 50% (6 of 12)"), "\(list.output)")
        }
    }

    @Test("a folder that is written is a model, whose untouched evaluation is the trial's test evaluation")
    func writes() throws {
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"]).exitCode == 0)
            let written = try program.run(["replay", "a.sqlite", "mezo sst2", "-o", "out/tuned"])
            #expect(written.exitCode == 0, "\(written.errors)\(written.output)")
            #expect(written.output.contains("all as recorded, to the bit"))
            let names = try FileManager.default.contentsOfDirectory(atPath: program.path("out/tuned"))
                .sorted()
            #expect(
                names == [
                    "config.json", "merges.txt", "model.safetensors", "special_tokens_map.json",
                    "tokenizer_config.json", "vocab.json",
                ])
            let refused = try program.run(["replay", "a.sqlite", "1", "-o", "out/tuned"])
            #expect(refused.exitCode == 2 && refused.errors.contains("exists already"), "\(refused.errors)")
            let replaced = try program.run(
                ["replay", "a.sqlite", "1", "-o", "out/tuned", "--overwrite", "--final", "--weights-only"])
            #expect(replaced.exitCode == 0 && replaced.output.contains("left out"), "\(replaced.output)")

            let tested = try answer(
                program.run(["replay", "a.sqlite", "1", "--json", "-o", "out/tuned", "--overwrite"]))
            let test = try #require(tested.replay.evaluations.first { $0.split == "test" })
            let untouched = try String(contentsOfFile: suite, encoding: .utf8)
                .replacingOccurrences(of: "suite: tiny", with: "suite: again")
                .replacingOccurrences(of: "sandbox: true", with: "")
                .replacingOccurrences(of: "  - {mezo:", with: "  - zero-shot\n  - {mezo:")
            try program.write(Data(untouched.utf8), to: "again.yaml")
            let again = try program.run([
                "run", "again.yaml", "--db", "again.sqlite", "--filter", "method=zero-shot", "--data",
                "runs/sandbox/data", "--models", "out/tuned",
            ])
            #expect(again.exitCode == 0, "\(again.errors)")
            let zeroShot = try answer(
                program.run([
                    "replay", "again.sqlite", "1", "--json", "--data", "runs/sandbox/data", "--models",
                    "out/tuned",
                ]))
            #expect(zeroShot.isConfirmed && zeroShot.replay.steps == 0)
            #expect(zeroShot.replay.evaluations.first { $0.split == "test" }?.value == test.value)
        }
    }

    @Test("what cannot be replayed is refused with the reason, and leaves no file")
    func refuses() throws {
        try TinySuite.with(replacing: "{steps: 6,", by: "{steps: 240,") { program, suite in
            _ = try program.run(
                ["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"],
                interruptWhen: { $0.contains("after step 3: dev") })
            func refusal(_ arguments: [String]) throws -> String {
                let answer = try program.run(["replay", "a.sqlite", "-o", "x.safetensors"] + arguments)
                #expect(answer.exitCode == 2, "\(arguments): \(answer.exitCode)")
                #expect(!FileManager.default.fileExists(atPath: program.path("x.safetensors")))
                return answer.errors
            }
            let unfinished = try refusal(["1"])
            #expect(unfinished.contains("is interrupted, with"), "\(unfinished)")
            #expect(unfinished.contains("'lezobench run tiny --db a.sqlite' finishes it"), "\(unfinished)")
            #expect(try refusal(["lzo"]).contains("has no trial 'lzo'"))
        }
        try TinySuite.with { program, suite in
            #expect(
                try program.run(["run", suite, "--db", "a.sqlite", "--filter", "method=mezo"]).exitCode == 0)
            func run(_ arguments: [String]) throws -> Program.Answer {
                try program.run(["replay", "a.sqlite", "1", "-o", "x.safetensors"] + arguments)
            }
            let nowhere = try run(["--models", "nowhere", "--data", "nowhere"])
            #expect(
                nowhere.exitCode == 2 && nowhere.errors.contains("does not exist: nowhere"),
                "\(nowhere.errors)")
            #expect(try program.run(["sandbox", "make", "other", "--seed", "2"]).exitCode == 0)
            let otherWeights = try run(["--models", "other/models", "--data", "other/data"])
            #expect(otherWeights.errors.contains("the SHA-256 of its weights is"), "\(otherWeights.errors)")
            let otherData = try run(["--models", "runs/sandbox/models", "--data", "other/data"])
            #expect(otherData.errors.contains("the SHA-256 of the archive is"), "\(otherData.errors)")
            #expect(otherData.errors.contains("--data"))

            // Somebody changed what was recorded: said, and nothing is written.
            try program.change("a.sqlite", "UPDATE trial SET weights_digest = 'ab'")
            let otherDigest = try run([])
            #expect(
                otherDigest.exitCode == 1 && otherDigest.output.contains("recorded is ab"),
                "\(otherDigest.output)")
            try program.change("a.sqlite", "UPDATE step_block SET seed = substr(seed, 2)")
            let cut = try run([])
            #expect(
                cut.exitCode == 2
                    && cut.errors.contains("the block of steps of trial 1 from 1 on is damaged"),
                "\(cut.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
            #expect(!left.contains { $0.contains("safetensors") }, "\(left)")
        }
    }
}
