import ArgumentParser
import Benchmarks
import Foundation
import LanguageModels
import Optimizers

extension BenchCommand {
    /// Steps of MeZO and LeZO.
    struct Steps: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "steps",
            abstract: "Steps of MeZO and LeZO on both plans, interleaved in one process.",
            discussion: """
                A batch file is {"examples": [{"gold": 0, "options": [{"tokens": [2, 5, 9], "scored": 1}]}]}: \
                token ids of each option's whole text, and how many of its last tokens carry the loss. With several \
                options the loss is the cross-entropy over them, with one that of its scored tokens.

                EXAMPLES
                  lezobench bench steps --shape 16x64 --plan reference --plan fused --rounds 10
                  lezobench bench steps --model opt-1.3b --shape 8x32 --sparsity 0.75 --steps 1 --rounds 6
                  lezobench bench steps --batch batch.json --json
                """)

        @OptionGroup var common: BenchOptions

        @Option(help: "A known model's name; its shape is used, with random weights.")
        var model = BenchShapeOptions.standardModel

        @Option(
            name: .customLong("shape"),
            help: "Batch size and tokens, such as 16x64; repeatable (default: 1x32, 16x32 and 16x64).")
        var shapes: [String] = []

        @Option(
            name: .customLong("sparsity"),
            help:
                "Share of decoder layers left out, 0 to 1; repeatable (default: 0, which is MeZO, and 0.75).")
        var sparsities: [Double] = []

        @Option(name: .customLong("plan"), help: "reference or fused; repeatable (default: both).")
        var plans: [ExecutionPlan] = []

        @Option(name: .customLong("steps"), help: "Timed steps in a round (default: 1).")
        var stepCount: Int?

        @Option(help: "Rounds; an interval at 95% needs 6 (default: 7, with --quick 2).")
        var rounds: Int?

        @Option(help: "How parameters are held: float32, bfloat16 or float16.")
        var storage = StorageFormat.float32

        @Option(
            name: .customLong("batch"), help: "A file with the one batch of all steps, instead of --shape.")
        var batchPath: String?

        func validate() throws {
            for (name, value) in [("--steps", stepCount), ("--rounds", rounds)] {
                if let value, value < 1 { throw ValidationError("\(name) is \(value); give 1 or more") }
            }
            for sparsity in sparsities where !(0...1).contains(sparsity) {
                throw ValidationError("--sparsity is \(sparsity); give a share from 0 to 1")
            }
            guard batchPath == nil || shapes.isEmpty else {
                throw ValidationError("give --batch or --shape, not both")
            }
            for shape in shapes { _ = try Self.shape(shape) }
        }

        func run() throws {
            try common.run([.steps], model: model) { request in
                request.storage = storage
                request.batchPath = batchPath
                if !shapes.isEmpty { request.stepShapes = try shapes.map(Self.shape) }
                if !sparsities.isEmpty { request.sparsities = sparsities }
                if !plans.isEmpty { request.plans = plans }
                if let stepCount { request.stepCount = stepCount }
                if let rounds { request.stepRounds = rounds }
            }
        }

        /// The sizes in a text such as `16x64`.
        static func shape(_ text: String) throws -> BenchmarkRequest.Shape {
            let sizes = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            guard sizes.count == 2, let batchSize = sizes[0], let tokens = sizes[1], batchSize >= 1,
                tokens >= 2
            else {
                throw ValidationError(
                    "--shape is '\(text)'; give batch size and tokens, 2 or more, such as 16x64")
            }
            return BenchmarkRequest.Shape(batchSize: batchSize, tokens: tokens)
        }
    }
}

extension ExecutionPlan: ExpressibleByArgument {}
extension StorageFormat: ExpressibleByArgument {}
