import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("Packed layout")
struct PackedLayoutTests {
    private func sequence(_ tokens: [Int32], _ scoredCount: Int) -> ScoredSequence {
        ScoredSequence(tokens: tokens, scoredCount: scoredCount)
    }

    @Test("one-token options cost their prompt once; the last token of a sequence costs nothing")
    func sharedPrompt() {
        let prompt: [Int32] = [0, 5, 6, 7, 8]
        let options = [sequence(prompt + [11], 1), sequence(prompt + [12], 1)]
        #expect(BatchLayout.packed.rowCount(of: options) == 5)
        #expect(BatchLayout.reference.rowCount(of: options) == 16)
        #expect(BatchLayout.packed.rowCount(of: [options[0]]) == 5)
    }

    @Test("longer options add their own tokens; sequences with little in common share nothing")
    func ownTokens() {
        let prompt: [Int32] = [0, 5, 6, 7, 8, 9]
        let options = [
            sequence(prompt + [1, 2, 3], 3), sequence(prompt + [4, 2], 2), sequence(prompt + [4], 1),
        ]
        #expect(BatchLayout.packed.rowCount(of: options) == 6 + 2 + 1)
        let others = [sequence([0, 5, 1, 1, 1, 1], 1), sequence([0, 5, 2, 2, 2, 2], 1)]
        #expect(BatchLayout.packed.rowCount(of: others) == 10)
        // Half of the longest is the least that is worth it.
        let halves = [sequence([0, 5, 1, 1, 3], 1), sequence([0, 5, 2, 2, 3], 1)]
        #expect(BatchLayout.packed.rowCount(of: halves) == 2 + 2 + 2)
    }

    @Test(
        "sequences that share a beginning have the values that they have alone",
        arguments: try GoldenModel.all())
    func sharedValues(golden: GoldenModel) throws {
        let model = try golden.model()
        let limit = Int32(golden.configuration.vocabularySize)
        let prompts = golden.batches.flatMap(\.sequences).filter { $0.count > 2 }.map { Array($0.prefix(9)) }
        #expect(prompts.count > 1)
        let sequences = prompts.flatMap { prompt in
            [[1], [2, 3, 4], [2, 3], [2, 5, 1]].map { (option: [Int32]) in
                sequence(prompt + option.map { ($0 * 7 + 3) % limit }, option.count)
            }
        }
        #expect(
            BatchLayout.packed.rowCount(of: sequences)
                < sequences.map { BatchLayout.packed.rowCount(of: [$0]) }.reduce(0, +))
        let together = try model.scoredLogProbabilities(sequences, layout: .packed)
        for (sequence, values) in zip(sequences, together) {
            let alone = try model.scoredLogProbabilities([sequence], layout: .reference)[0]
            #expect(zip(alone, values).allSatisfy { abs($0 - $1) <= InvarianceTests.rounding })
            #expect(values.count == sequence.scoredCount)
        }
    }
}
