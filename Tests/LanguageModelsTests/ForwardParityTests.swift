import Kernels
import LanguageModels
import Testing

@Suite("Forward pass against transformers")
struct ForwardParityTests {
    /// The agreement asked of every model and batch, in log-probability.
    static let tolerance: Float = 2e-4

    @Test(
        "every log-probability of every real token agrees, in padded and unpadded batches",
        arguments: try GoldenModel.all())
    func rows(golden: GoldenModel) throws {
        let model = try #require(try golden.model() as? DecoderModel)
        for (batch, expected) in zip(golden.batches, try golden.expectedRows()) {
            let rows = try model.nextTokenLogProbabilities(batch.sequences)
            let difference = largestDifference(rows.flatMap { $0 }, expected.flatMap { $0 })
            print("parity \(golden.name) \(batch.name): \(difference)")
            #expect(difference <= Self.tolerance, "batch \(batch.name)")
        }
    }

    @Test(
        "scored tokens agree in both layouts", arguments: try GoldenModel.all(),
        [BatchLayout.reference, .packed])
    func scores(golden: GoldenModel, layout: BatchLayout) throws {
        let model = try golden.model()
        for (batch, expected) in zip(golden.batches, try golden.expectedRows()) {
            let longEnough = batch.sequences.indices.filter { batch.sequences[$0].count > 1 }
            let sequences = longEnough.enumerated().map { order, index in
                let tokens = batch.sequences[index]
                return ScoredSequence(
                    tokens: tokens, scoredCount: order == 0 ? tokens.count - 1 : min(2, tokens.count - 1))
            }
            let values = try model.scoredLogProbabilities(sequences, layout: layout)
            #expect(values.count == sequences.count)
            for (index, (sequence, value)) in zip(longEnough, zip(sequences, values)) {
                let wanted = (sequence.tokens.count - sequence.scoredCount..<sequence.tokens.count).map {
                    expected[index][$0 - 1][Int(sequence.tokens[$0])]
                }
                #expect(largestDifference([value], [wanted]) <= Self.tolerance)
            }
        }
    }

    @Test("greedy continuations of prompts of different lengths agree", arguments: try GoldenModel.all())
    func generation(golden: GoldenModel) throws {
        let model = try golden.model()
        let generation = golden.generation
        let free = try model.generate(
            prompts: generation.prompts, maximumNewTokens: generation.new_tokens, stopTokens: [])
        #expect(free == generation.free)
        let stopped = try model.generate(
            prompts: generation.prompts, maximumNewTokens: generation.new_tokens,
            stopTokens: [generation.stop])
        #expect(stopped == generation.stopped)
    }
}

/// The largest absolute difference of two lists of rows; infinite when shapes differ or a value is not a
/// number.
func largestDifference(_ left: [[Float]], _ right: [[Float]]) -> Float {
    guard left.map(\.count) == right.map(\.count) else { return .infinity }
    var largest: Float = 0
    for (a, b) in zip(left.joined(), right.joined()) {
        let difference = abs(a - b)
        if !(difference <= largest) { largest = difference.isNaN ? .infinity : difference }
    }
    return largest
}
