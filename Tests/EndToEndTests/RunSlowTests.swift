import Foundation
import Optimizers
import ResultStore
import TestSupport
import Testing
import Training

/// Suites run on the sandbox through the program's own door.
@Suite("A run, from suite file to database", .serialized)
struct RunSlowTests {
    private static let suiteText = """
        suite: tiny
        title: A test of the whole path
        claims: []
        models:
          - {name: sandbox-opt}
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 64, dev_examples: 16, test_examples: 16,
             plans: [reference, fused]}
          - {name: squad, archives: [squad], train_examples: 16, dev_examples: 4, test_examples: 4}
        methods:
          - zero-shot
          - {mezo: {learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
          - {lezo: {sparsity: [0.5], learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
        plans: [reference]
        schedule: {steps: 12, batch_size: 4, eval_every: 5}
        seeds: {data: [0], noise: [0]}
        timing: {rounds: 2, warmup_steps: 1, steps: 2}
        sandbox: true
        """

    /// A folder to run the program in, and the tiny suite, with `old` replaced by `new`, in it.
    private func with<Result>(
        replacing old: String = "", by new: String = "", _ body: (Program, _ suite: String) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let text = old.isEmpty ? Self.suiteText : Self.suiteText.replacingOccurrences(of: old, with: new)
            try #require(old.isEmpty || text != Self.suiteText)
            let suite = folder.path("tiny.yaml")
            try Data(text.utf8).write(to: URL(fileURLWithPath: suite))
            return try body(Program(folder: URL(fileURLWithPath: folder.path)), suite)
        }
    }

    /// The digest, losses and predictions of every trial, which must not depend on how the run went.
    private func content(of database: String, _ program: Program) throws -> [String] {
        let store = try ResultStore(path: program.path(database), mode: .readOnly)
        return try store.snapshot(suiteNamed: "tiny").cells.flatMap { cell in
            cell.trials.map { trial in
                let steps = trial.steps.map {
                    "\($0.step) \($0.seed) \($0.lossPlus.bitPattern) \($0.lossMinus.bitPattern) "
                        + "\($0.projectedGradient.bitPattern) \($0.droppedLayers)"
                }
                let evaluations = trial.evaluations.map {
                    "\($0.step) \($0.split) \($0.loss.bitPattern) \($0.value) \($0.predictions.hashOfContent)"
                }
                return
                    "\(cell.cell) \(trial.status) \(trial.summary?.weightsDigest ?? "-") \(steps) \(evaluations)"
            }
        }
    }

    private func trials(of database: String, _ program: Program) throws -> [TrialResult] {
        try ResultStore(path: program.path(database), mode: .readOnly)
            .snapshot(suiteNamed: "tiny").cells.flatMap(\.trials)
    }

    /// The timed steps of every round, times included.
    private func rounds(of database: String, _ program: Program) throws -> [[StepRecord]] {
        try ResultStore(path: program.path(database), mode: .readOnly)
            .snapshot(suiteNamed: "tiny").cells.flatMap(\.rounds).map(\.steps)
    }

    @Test("a finished run holds every trial and round, and a second run does nothing")
    func finishes() throws {
        try with { program, suite in
            let first = try program.run(["run", suite, "--db", "a.sqlite"])
            #expect(first.exitCode == 0, "\(first.errors)")
            let before = try content(of: "a.sqlite", program)
            #expect(before.count == 8)
            #expect(before.allSatisfy { $0.contains("done") })
            let rounds = try rounds(of: "a.sqlite", program)
            #expect(rounds.count == 12)
            #expect(rounds.allSatisfy { $0.count == 2 })
            let database = try program.bytes(of: "a.sqlite")
            let report = try program.bytes(of: "a.md")
            let second = try program.run(["run", suite, "--db", "a.sqlite"])
            #expect(second.exitCode == 0)
            #expect(
                second.errors.contains(
                    "nothing to do: a.sqlite holds all that was asked for, trials done: 8"),
                "\(second.errors)")
            #expect(try program.bytes(of: "a.sqlite") == database)
            // Under another suite file the same trials are found done, by a preview as by a run.
            let text = try String(contentsOfFile: suite, encoding: .utf8)
            try Data(text.replacingOccurrences(of: "suite: tiny", with: "suite: other").utf8)
                .write(to: URL(fileURLWithPath: program.path("other.yaml")))
            let preview = try program.run(["run", "other.yaml", "--db", "a.sqlite", "--dry-run"])
            #expect(
                preview.exitCode == 0
                    && preview.output.contains("0 of 8 trials and 12 timing rounds are left for a.sqlite"),
                "\(preview.output) \(preview.errors)")
            try FileManager.default.removeItem(atPath: program.path("a.md"))
            let third = try program.run(["run", suite, "--db", "a.sqlite"])
            #expect(third.exitCode == 0 && third.errors.contains("report written to a.md"), "\(third.errors)")
            #expect(try program.bytes(of: "a.md") == report)
            #expect(try program.bytes(of: "a.sqlite") == database)
            #expect(!second.errors.contains("trial ") && !second.errors.contains("timing "))
            #expect(try content(of: "a.sqlite", program) == before)
            #expect(try self.rounds(of: "a.sqlite", program) == rounds)
        }
    }

    @Test("a run stopped by Ctrl-C and resumed holds the bits of an uninterrupted one, on any thread count")
    func resumes() throws {
        // Long enough that the stop comes in the middle of a trial.
        try with(replacing: "{steps: 12,", by: "{steps: 120,") { program, suite in
            let whole = try program.run(["run", suite, "--db", "whole.sqlite", "--threads", "1"])
            #expect(whole.exitCode == 0, "\(whole.errors)")
            let stopped = try program.run(
                ["run", suite, "--db", "parts.sqlite", "--threads", "2"],
                interruptWhen: { $0.contains("after step 5: dev") })
            #expect(stopped.exitCode == 130, "\(stopped.errors)")
            #expect(stopped.errors.contains("run the same command again"))
            let interrupted = try trials(of: "parts.sqlite", program).filter { $0.status == .interrupted }
            #expect(interrupted.count == 1)
            #expect(interrupted.allSatisfy { (5..<120).contains($0.steps.count) })
            let rest = try program.run(["run", suite, "--db", "parts.sqlite", "--threads", "2"])
            #expect(rest.exitCode == 0, "\(rest.errors)")
            #expect(try content(of: "parts.sqlite", program) == content(of: "whole.sqlite", program))
        }
    }

    @Test("trials whose loss is not finite are recorded with their step, and the sweep goes on")
    func diverges() throws {
        try with(replacing: "sandbox: true", by: "sandbox: false") { program, suite in
            #expect(try program.run(["sandbox", "make", "box"]).exitCode == 0)
            // One parameter that is no number makes every loss no number.
            let weights = URL(fileURLWithPath: program.path("box/models/sandbox-opt/model.safetensors"))
            var bytes = try Data(contentsOf: weights)
            bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
            try bytes.write(to: weights)
            let answer = try program.run(
                ["run", suite, "--db", "d.sqlite", "--data", "box/data", "--models", "box/models"])
            #expect(answer.exitCode == 1, "\(answer.errors)")
            let trials = try trials(of: "d.sqlite", program)
            #expect(trials.count == 8)
            #expect(trials.allSatisfy { $0.status == .failed && $0.failure?.reason == .diverged })
            #expect(trials.compactMap(\.failure?.step).sorted() == [0, 0, 1, 1, 1, 1, 1, 1])
        }
    }

    @Test("trials that an archive has no data for are left out and named, and the others are done")
    func leavesOut() throws {
        try with(replacing: "archives: [SST-2.zip]", by: "archives: [half]") { program, suite in
            let text = try String(contentsOfFile: suite, encoding: .utf8)
                .replacingOccurrences(of: "sandbox: true", with: "sandbox: false")
            try text.write(toFile: suite, atomically: true, encoding: .utf8)
            #expect(try program.run(["sandbox", "make", "box"]).exitCode == 0)
            let half = URL(fileURLWithPath: program.path("box/data/half"))
            try FileManager.default.createDirectory(at: half, withIntermediateDirectories: true)
            let lines = (0..<20).map { "film \($0)\t\($0 % 2)\n" }.joined()
            try "sentence\tlabel\n\(lines)".write(
                to: half.appendingPathComponent("dev.tsv"), atomically: true, encoding: .utf8)
            let places = ["--data", "box/data", "--models", "box/models", "--db", "h.sqlite"]
            let preview = try program.run(["run", suite, "--dry-run"] + places)
            #expect(preview.exitCode == 0, "\(preview.errors)")
            #expect(preview.output.contains("no data for 4 trials: half has no train split (train.tsv)"))
            #expect(
                preview.output.contains("4 of 8 trials and 4 timing rounds are left"), "\(preview.output)")
            let answer = try program.run(["run", suite] + places)
            #expect(answer.exitCode == 0, "\(answer.errors)")
            #expect(answer.errors.contains("4 trials were left out"))
            #expect(answer.output.contains("half has no train split"))
            let trials = try trials(of: "h.sqlite", program)
            #expect(trials.count { $0.status == .done } == 4)
            #expect(trials.count { $0.failure?.reason == .unavailable } == 4)
            // Nothing changes by asking again.
            let again = try program.run(["run", suite] + places)
            #expect(again.exitCode == 0 && !again.errors.contains("trial 1"))
        }
    }

    @Test("an unknown key is answered with its line and the nearest valid name")
    func unknownKey() throws {
        try with(replacing: "eval_every", by: "eval_evry") { program, suite in
            let answer = try program.run(["run", suite])
            #expect(answer.exitCode == 2)
            #expect(answer.errors.contains("tiny.yaml:15"), "\(answer.errors)")
            #expect(answer.errors.contains("eval_every"))
        }
    }

    @Test("a missing archive is answered with the names accepted and the folders searched")
    func missingArchive() throws {
        try with(replacing: "sandbox: true", by: "sandbox: false") { program, suite in
            let answer = try program.run(["run", suite, "--data", "nowhere", "--models", "nowhere"])
            #expect(answer.exitCode == 2)
            #expect(answer.errors.contains("SST-2.zip"), "\(answer.errors)")
            #expect(answer.errors.contains("nowhere"))
        }
    }

    @Test("usage errors end with 2 and say what was expected")
    func usage() throws {
        try with { program, _ in
            let answer = try program.run(["run"])
            #expect(answer.exitCode == 2)
            #expect(answer.errors.contains("suite"))
            #expect(try program.run(["--help"]).exitCode == 0)
        }
    }

    @Test("the report is the same bytes each time, and leaves the database alone")
    func reports() throws {
        try with { program, suite in
            _ = try program.run(["run", suite, "--db", "r.sqlite"])
            let before = try Data(contentsOf: URL(fileURLWithPath: program.path("r.sqlite")))
            for format in ["markdown", "csv"] {
                let first = try program.run(["report", "r.sqlite", "--format", format])
                let second = try program.run(["report", "r.sqlite", "--format", format])
                #expect(first.exitCode == 0, "\(first.errors)")
                #expect(first.output == second.output)
                #expect(!first.output.isEmpty)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: program.path("r.sqlite"))) == before)
        }
    }

    @Test("trials on both plans start from the same model and agree on the first loss within rounding")
    func plans() throws {
        try with { program, suite in
            let answer = try program.run(["run", suite, "--db", "p.sqlite", "--filter", "task=sst2"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let cells = try ResultStore(path: program.path("p.sqlite"), mode: .readOnly)
                .snapshot(suiteNamed: "tiny").cells
            for reference in cells
            where reference.cell.plan == .reference && reference.cell.method != .zeroShot {
                var twin = reference.cell
                twin.plan = .fused
                let fused = try #require(cells.first { $0.cell == twin })
                let first = try #require(reference.trials.first?.steps.first)
                let other = try #require(fused.trials.first?.steps.first)
                #expect(first.seed == other.seed && first.droppedLayers == other.droppedLayers)
                #expect(abs(first.lossPlus - other.lossPlus) <= 1e-4 * abs(first.lossPlus))
                #expect(fused.rounds.map(\.round) == reference.rounds.map(\.round))
            }
            let markdown = try program.run(["report", "p.sqlite", "--format", "markdown"]).output
            #expect(markdown.contains("## Fused plan over reference plan"))
            let table = try program.run(["report", "p.sqlite", "--table", "plan-speedup", "--format", "csv"])
            #expect(table.exitCode == 0 && table.output.split(separator: "\r\n").count == 3)
            let unknown = try program.run(["report", "p.sqlite", "--table", "plan-speedups"])
            #expect(unknown.exitCode == 2 && unknown.errors.contains("plan-speedup"), "\(unknown.errors)")
            #expect(!unknown.errors.contains("Usage:"), "\(unknown.errors)")
        }
    }

    @Test("a dry run prints the trials as JSON and runs nothing")
    func dryRun() throws {
        try with { program, suite in
            let object = try json(program.run(["run", suite, "--db", "n.sqlite", "--dry-run", "--json"]))
            #expect((object["trials"] as? [Any])?.count == 8)
            #expect((object["seconds"] as? Double ?? 0) > 0)
            #expect(!FileManager.default.fileExists(atPath: program.path("n.sqlite")))
        }
    }

    @Test("inspect prints tokens with OPT's leading 2 and one log-probability for each later token")
    func inspects() throws {
        try with { program, _ in
            let made = try program.run(["sandbox", "make", "box"])
            #expect(made.exitCode == 0, "\(made.errors)")
            let model = "box/models/sandbox-opt"
            let tokens = try json(program.run(["inspect", "tokens", "--model", model, "--text", "a b"]))
            let ids = try #require(tokens["tokens"] as? [Int])
            #expect(ids.first == 2)
            let scores = try json(program.run(["inspect", "logprobs", "--model", model, "--text", "a b"]))
            let values = try #require(scores["logprobs"] as? [Double])
            #expect(values.count == ids.count - 1)
            #expect(values.allSatisfy { $0 < 0 })
        }
    }

    private func json(_ answer: Program.Answer) throws -> [String: Any] {
        #expect(answer.exitCode == 0, "\(answer.errors)")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    }
}

extension [Prediction] {
    /// The predictions as text, for comparing two databases.
    fileprivate var hashOfContent: String { map { "\($0)" }.joined(separator: ";") }
}
