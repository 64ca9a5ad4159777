import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("What must not change a model's values")
struct InvarianceTests {
    /// Rounding differences that another order of summation may cause in a log-probability of these models.
    static let rounding: Float = 1e-4

    @Test("one, two and three threads give the same bits", arguments: try GoldenModel.all())
    func threads(golden: GoldenModel) throws {
        let sequences = golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.map {
            ScoredSequence(tokens: $0, scoredCount: $0.count - 1)
        }
        for layout in [BatchLayout.reference, .packed] {
            let one = try golden.model(threadCount: 1).scoredLogProbabilities(sequences, layout: layout)
            for threadCount in [2, 3] {
                let more = try golden.model(threadCount: threadCount)
                    .scoredLogProbabilities(sequences, layout: layout)
                #expect(more.map { $0.map(\.bitPattern) } == one.map { $0.map(\.bitPattern) })
            }
        }
    }

    @Test("a larger model's bits do not depend on the thread count either")
    func threadsOfLargerModel() throws {
        let sequences = (0..<9).map { row in
            ScoredSequence(tokens: (0..<70).map { Int32(($0 * 37 + row * 101) % 3000) }, scoredCount: 3)
        }
        let bits = try [1, 2, 3].map { threadCount in
            try ModelLoading.random(
                configuration: .grouped, seed: 3, team: ThreadTeam(threadCount: threadCount)
            )
            .scoredLogProbabilities(sequences, layout: .reference).map { $0.map(\.bitPattern) }
        }
        #expect(bits[0] == bits[1] && bits[0] == bits[2])
    }

    @Test("a sequence alone has the values it has in a batch", arguments: try GoldenModel.all())
    func batchOfOne(golden: GoldenModel) throws {
        let model = try golden.model()
        let sequences = golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.map {
            ScoredSequence(tokens: $0, scoredCount: $0.count - 1)
        }
        let together = try model.scoredLogProbabilities(sequences, layout: .packed)
        for (sequence, values) in zip(sequences, together) {
            let alone = try model.scoredLogProbabilities([sequence], layout: .packed)
            #expect(largestDifference(alone, [values]) <= Self.rounding)
        }
    }

    @Test("padding changes no value", arguments: try GoldenModel.all())
    func padding(golden: GoldenModel) throws {
        let model = try #require(try golden.model() as? DecoderModel)
        let short = golden.batches[0].sequences[0]
        let long = golden.batches[1].sequences[0]
        let alone = try model.nextTokenLogProbabilities([short])
        let padded = try model.nextTokenLogProbabilities([long + long, short])
        #expect(largestDifference(alone[0], padded[1]) <= Self.rounding)
        let values = padded.flatMap { $0 }.flatMap { $0 }
        #expect(values.allSatisfy { $0.isFinite })
    }

    @Test("both layouts give the same values up to rounding", arguments: try GoldenModel.all())
    func layouts(golden: GoldenModel) throws {
        let model = try golden.model()
        let sequences = golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.map {
            ScoredSequence(tokens: $0, scoredCount: 1 + $0.count / 3)
        }
        let reference = try model.scoredLogProbabilities(sequences, layout: .reference)
        let scored = try model.scoredLogProbabilities(sequences, layout: .packed)
        #expect(largestDifference(reference, scored) <= Self.rounding)
    }

    @Test("a call leaves nothing behind for the next one", arguments: try GoldenModel.all())
    func repeatedCalls(golden: GoldenModel) throws {
        let model = try golden.model()
        let sequences = [ScoredSequence(tokens: golden.batches[0].sequences[0], scoredCount: 4)]
        let before = try model.scoredLogProbabilities(sequences, layout: .reference)
        _ = try model.generate(
            prompts: golden.generation.prompts, maximumNewTokens: 9, stopTokens: [])
        let bytes = model.workspaceBytes
        let after = try model.scoredLogProbabilities(sequences, layout: .reference)
        #expect(before == after)
        #expect(bytes > 0 && model.workspaceBytes == bytes)
    }

    @Test("weights that are not numbers make the log-probabilities so", arguments: try GoldenModel.all())
    func divergence(golden: GoldenModel) throws {
        let sequences = [ScoredSequence(tokens: golden.batches[0].sequences[0], scoredCount: 2)]
        for name in golden.tensors.map(\.name) where name.contains("layers.1.") {
            let model = try golden.model()
            let parameter = try #require(model.parameters.parameter(named: name))
            model.parameters.elements(of: parameter).update(repeating: .nan)
            let values = try model.scoredLogProbabilities(sequences, layout: .reference)
            #expect(values.allSatisfy { $0.allSatisfy { $0.isNaN } }, "\(name)")
        }
    }

    @Test("logits never stand in memory for the whole batch")
    func boundedMemory() throws {
        let configuration = ModelConfiguration.grouped
        let model = try ModelLoading.random(
            configuration: configuration, seed: 1, team: ThreadTeam(threadCount: 2))
        let sequences = (0..<16).map { _ in
            ScoredSequence(tokens: (0..<128).map { Int32($0) }, scoredCount: 1)
        }
        _ = try model.scoredLogProbabilities(sequences, layout: .reference)
        let tokens = 16 * 128
        // Two hidden rows, one wide row and their like for each token, and two blocks of logits.
        let expected =
            4 * tokens * (2 * configuration.hiddenSize + 2 * configuration.feedForwardSize)
            + 2 * 4 * 512 * 512
        #expect(model.workspaceBytes < expected + expected / 4)
    }
}

extension ModelConfiguration {
    /// A Llama shape large enough for several blocks in every product.
    static let grouped = ModelConfiguration(
        family: .llama, vocabularySize: 3000, hiddenSize: 192, feedForwardSize: 640, layerCount: 2,
        headCount: 6, keyValueHeadCount: 2, maximumPositions: 256, embeddingSize: 192,
        tiesEmbeddings: false)

    /// An OPT shape with projections around the decoder.
    static let projected = ModelConfiguration(
        family: .opt, vocabularySize: 100, hiddenSize: 32, feedForwardSize: 48, layerCount: 2,
        headCount: 4, keyValueHeadCount: 4, maximumPositions: 20, embeddingSize: 16,
        normalizesBefore: false)
}
