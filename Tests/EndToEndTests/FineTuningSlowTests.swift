import Foundation
import Kernels
import LanguageModels
import Optimizers
import ResultStore
import TestSupport
import Testing
import Training

/// Fine-tuning through the program's own door.
@Suite("Fine-tuning, from suite file to database", .serialized)
struct FineTuningSlowTests {
    private static let text = """
        suite: tiny
        title: A test of fine-tuning
        claims: []
        models:
          - {name: sandbox-opt}
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 128, dev_examples: 32, test_examples: 100}
        methods:
          - zero-shot
          - linear-probing
          - {mezo: {learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
          - {fine-tuning: {optimizer: adamw, learning_rate: [1.0e-3], activations: [kept, recomputed],
              schedule: {steps: 48, batch_size: 8, eval_every: 12}}}
        schedule: {steps: 12, batch_size: 8, eval_every: 6}
        sandbox: true
        """

    private func with<Result>(
        _ text: String = text, _ body: (Program, _ suite: String) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let suite = folder.path("tiny.yaml")
            try Data(text.utf8).write(to: URL(fileURLWithPath: suite))
            return try body(Program(folder: URL(fileURLWithPath: folder.path)), suite)
        }
    }

    private func cells(_ database: String, _ program: Program) throws -> [CellResult] {
        try ResultStore(path: program.path(database), mode: .readOnly).snapshot(suiteNamed: "tiny").cells
    }

    /// What must not depend on how the run went.
    private func content(_ database: String, _ program: Program) throws -> [String] {
        try cells(database, program).flatMap { cell in
            cell.trials.map { trial in
                let steps = trial.firstOrderSteps.map { "\($0.step) \($0.loss) \($0.gradientNorm)" }
                let evaluations = trial.evaluations.map { "\($0.step) \($0.split) \($0.loss) \($0.value)" }
                return "\(cell.cell.method) \(trial.status) \(trial.summary?.weightsDigest ?? "-") \(steps) "
                    + "\(evaluations)"
            }
        }
    }

    @Test("it scores more than the untouched model, and the report has it beside zero-shot and MeZO")
    func raisesAccuracy() throws {
        let text = Self.text
            .replacingOccurrences(of: "train_examples: 128", with: "train_examples: 400")
            .replacingOccurrences(
                of: "{steps: 48, batch_size: 8, eval_every: 12}",
                with: "{steps: 150, batch_size: 16, eval_every: 50}")
        try with(text) { program, suite in
            let answer = try program.run(["run", suite, "--db", "a.sqlite"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let scores = try cells("a.sqlite", program).map { cell in
                (
                    cell.cell.method,
                    cell.trials.first?.evaluations.first { $0.split == .test }?.value ?? .nan
                )
            }
            let before = try #require(scores.first { $0.0 == .zeroShot }).1
            let after = scores.filter { $0.0.firstOrderSettings != nil }.map(\.1)
            #expect(after.count == 2 && after[0] == after[1], "\(after)")
            #expect(after[0] > max(before, 0.7), "\(after) against \(before)")
            let probed = try #require(scores.first { $0.0 == .linearProbe }).1
            #expect(probed > 0.55, "\(probed) against \(before)")
            let report = try program.run(["report", "a.sqlite"])
            #expect(report.exitCode == 0, "\(report.errors)")
            #expect(report.output.contains("FT (AdamW), activations recomputed"))
            let memory = try program.run(["report", "a.sqlite", "--table", "memory", "--format", "csv"])
            #expect(memory.output.split(separator: "\r\n").count == 6, "\(memory.output)")
        }
    }

    @Test(
        "a run that was killed repeats itself bit for bit and ends as one that was not, on any thread count")
    func repeats() throws {
        try with { program, suite in
            let filters = ["--filter", "method=fine-tuning"]
            let whole = try program.run(["run", suite, "--db", "whole.sqlite", "--threads", "1"] + filters)
            #expect(whole.exitCode == 0, "\(whole.errors)")
            let killed = try program.run(
                ["run", suite, "--db", "parts.sqlite", "--threads", "2"] + filters,
                interruptWhen: { $0.contains("after step 24: dev") }, by: SIGKILL)
            #expect(killed.exitCode == SIGKILL, "\(killed.errors)")
            let half = try cells("parts.sqlite", program).flatMap(\.trials).filter { $0.status == .running }
            #expect(half.count == 1 && half.allSatisfy { (24..<48).contains($0.lastStep) })
            let preview = try program.run(["run", suite, "--db", "parts.sqlite", "--dry-run"] + filters)
            #expect(preview.exitCode == 0, "\(preview.errors)")
            let rest = try program.run(["run", suite, "--db", "parts.sqlite", "--threads", "2"] + filters)
            #expect(rest.exitCode == 0, "\(rest.errors)")
            #expect(rest.errors.contains("again from its beginning and held against"), "\(rest.errors)")
            #expect(try content("parts.sqlite", program) == content("whole.sqlite", program))
        }
    }

    @Test("a trial that does not repeat its stored steps is refused, and the database keeps them")
    func contradicts() throws {
        try with { program, suite in
            let filters = ["--filter", "activations=kept"]
            let killed = try program.run(
                ["run", suite, "--db", "b.sqlite"] + filters,
                interruptWhen: { $0.contains("after step 12: dev") }, by: SIGKILL)
            #expect(killed.exitCode == SIGKILL, "\(killed.errors)")
            try program.change("b.sqlite", "UPDATE first_order_step SET loss = 2 * loss WHERE step = 5")
            let again = try program.run(["run", suite, "--db", "b.sqlite"] + filters)
            #expect(again.exitCode != 0)
            #expect(again.errors.contains("step 5 of trial"), "\(again.errors)")
            #expect(again.errors.contains("did not repeat itself"), "\(again.errors)")
        }
    }

    @Test(
        "matrix operations are counted as the model's sizes say, and steps after the first allocate nothing"
    )
    func countedWork() throws {
        let text = """
            suite: tiny
            title: A test of counted work
            models: [{name: opt-125m, weights: random(1)}]
            shapes: [{batch: 2, tokens: 64}]
            methods:
              - {mezo: {learning_rate: 1.0e-7, perturbation_scale: 1.0e-3}}
              - {fine-tuning: {optimizer: sgd, learning_rate: 1.0e-5, activations: [kept, recomputed]}}
            timing: {rounds: 1, warmup_steps: 1, steps: 2}
            """
        try with(text) { program, suite in
            let answer = try program.run(["run", suite, "--db", "m.sqlite"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let work = try cells("m.sqlite", program).map { cell in
                (cell.cell.method.firstOrderSettings?.retention, try #require(cell.rounds.first?.work))
            }
            func operations(_ retention: ActivationRetention?) throws -> Double {
                Double(try #require(work.first { $0.0 == retention }).1.matrixOperations)
            }
            // OPT-125m: 12 layers of width 768 and 3072 on 2 x 64 tokens, two steps of two forward passes. The head
            // reads the positions that have a next token; attention adds 2.6% and leaves out what the mask hides.
            let width = 768
            let layers = Double(2 * 128 * 12 * (4 * width * width + 2 * width * 4 * width))
            let head = Double(2 * 126 * 50272 * width)
            let ratio = try operations(nil) / (2 * 2 * (layers + head))
            #expect((1.0...1.03).contains(ratio), "\(ratio)")
            // Fine-tuning reads the head at the few positions of the loss only. A backward pass has two products for each
            // of the forward pass, and all layers but the last are computed again where activations are not kept.
            let kept = try operations(.kept) / (2 * 3 * layers)
            #expect((1.0...1.04).contains(kept), "\(kept)")
            let again = try (operations(.recomputed) - operations(.kept)) / (2 * layers * 11 / 12)
            #expect((0.98...1.04).contains(again), "\(again)")
            #expect(work.allSatisfy { $0.1.allocatedBytes == 0 }, "\(work)")
        }
    }

    @Test("what buffers are counted to hold explains what the system counts, for each method")
    func memory() throws {
        let text = """
            suite: tiny
            title: A test of memory
            models: [{name: opt-125m, weights: random(1)}]
            shapes: [{batch: 2, tokens: 64}]
            methods:
              - {mezo: {learning_rate: 1.0e-7, perturbation_scale: 1.0e-3}}
              - {fine-tuning: {optimizer: [sgd, adamw], learning_rate: 1.0e-5, activations: [kept, recomputed]}}
            timing: {rounds: 1, warmup_steps: 1, steps: 1}
            """
        try with(text) { program, suite in
            let answer = try program.run(["run", suite, "--db", "m.sqlite"])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let cells = try cells("m.sqlite", program)
            let mebibyte = 1_048_576.0
            var rests: [Double] = []
            for cell in cells {
                let round = try #require(cell.rounds.first)
                let use = try #require(round.memory)
                let weights = 4 * cell.parameterCount
                // Whole pages.
                #expect((weights...weights + 4096).contains(use.weightBytes))
                let settings = cell.cell.method.firstOrderSettings
                #expect((use.gradientBytes > 0) == (settings != nil))
                if settings != nil { #expect((weights...weights + 4096).contains(use.gradientBytes)) }
                let moments: Int64 = settings?.rule == .adamW ? 2 : 0
                #expect(
                    (moments * weights...moments * (weights + 4096)).contains(use.optimizerStateBytes))
                rests.append(Double(round.peakResidentBytes - use.totalBytes) / mebibyte)
            }
            // The rest is the program and its libraries: it does not depend on the method.
            let (least, most) = (try #require(rests.min()), try #require(rests.max()))
            #expect(least > 0 && most < 160 && most - least < 32, "\(rests)")
            let activations = cells.compactMap { cell in
                cell.rounds.first?.memory.map { (cell.cell.method.firstOrderSettings?.retention, $0) }
            }
            let kept = try #require(activations.first { $0.0 == .kept }).1.activationBytes
            let recomputed = try #require(activations.first { $0.0 == .recomputed }).1.activationBytes
            #expect(recomputed < kept)
        }
    }
}
