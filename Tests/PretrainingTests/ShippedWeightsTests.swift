import Digests
import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Pretraining
import Sandbox
import Suites
import TestSupport
import Testing
import Tokenization

/// The weights that are part of the program, and the plan that made them.
@Suite("Shipped weights")
struct ShippedWeightsTests {
    private let plan: PretrainingPlan

    init() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        plan = try PretrainingPlan.load(
            path: folder.appendingPathComponent("suites/sandbox-pretrain.yaml").path)
    }

    @Test("the plan is for the sandbox's seed, and the file that it records is in the program whole")
    func recorded() throws {
        #expect(plan.seed == Sandbox.pretrainedSeed)
        try TemporaryFolder.with { folder in
            let contents = try Sandbox.make(in: folder.path, seed: plan.seed, weights: .pretrained)
            let path = contents.modelFolder + "/model.safetensors"
            #expect(try SHA256Digest.hex(ofFile: path) == plan.sha256)
            let source = try ModelCatalog.locate(name: Sandbox.modelName, in: [contents.modelFolder])
            let elements = source.weights.tensorNames.reduce(0) { sum, name in
                sum + (source.weights.shape(of: name) ?? []).reduce(1, *)
            }
            #expect(elements == ParameterCounts(configuration: source.configuration).total)
            #expect(source.byteCount > elements * plan.storage.bytesPerElement)
            #expect(source.byteCount <= 8_000_000)
        }
    }

    @Test("they predict texts that they were not trained on, which random weights cannot")
    func prediction() throws {
        let losses = try [SandboxWeights.untrained, .pretrained].map { weights in
            try TemporaryFolder.with { folder in
                let contents = try Sandbox.make(in: folder.path, seed: plan.seed, weights: weights)
                return try loss(of: contents.modelFolder)
            }
        }
        // Random weights guess uniformly among 512 tokens. A vocabulary or a world that had changed since the weights
        // were made would cost more than that.
        #expect(abs(losses[0] - log(512)) < 0.05)
        #expect(losses[1] < 0.8)
    }

    /// The mean loss over some of the texts that the plan holds out, in nats a token.
    private func loss(of modelFolder: String) throws -> Double {
        let source = try ModelCatalog.locate(name: Sandbox.modelName, in: [modelFolder])
        let model = try ModelLoading.load(
            configuration: source.configuration, weights: source.weights, team: ThreadTeam(threadCount: 2))
        let tokenizer = try Tokenizer(try #require(source.tokenizer))
        var corpus = SandboxCorpus(seed: plan.seed, mixture: plan.texts)
        let sequences = corpus.texts(64).map { text in
            let tokens = [0] + tokenizer.encode(text)
            return ScoredSequence(tokens: tokens, scoredCount: tokens.count - 1)
        }
        let scores = try model.scoredLogProbabilities(sequences, layout: .packed).flatMap { $0 }
        return -scores.reduce(0) { $0 + Double($1) } / Double(scores.count)
    }
}
