import Foundation
import Tasks
import Testing
import Training

/// Losses of evaluated examples, by which checkpoints are chosen, against what the published code averages.
@Suite("Evaluation loss")
struct EvaluationLossTests {
    /// An example whose second option is right; evaluation has the log-probabilities of both.
    private func example(tokenCount: Int) -> EncodedExample {
        let options = [1, tokenCount].map {
            EncodedOption(tokens: [Int32](repeating: 1, count: $0 + 1), optionTokenCount: $0)
        }
        return EncodedExample(
            id: "train:0", options: options, goldIndex: 1, promptTokens: [], goldAnswers: [])
    }

    /// The evaluation loss of examples from the log-probabilities of their gold options' tokens.
    private func loss(_ gold: [[Float]]) -> Double {
        Objective(kind: .multipleChoice).evaluationLoss(
            of: gold.map { example(tokenCount: $0.count) },
            optionLogProbabilities: gold.map { [[-100], $0] })
    }

    @Test(
        "an example weighs as much as it has tokens, so that another checkpoint can be best than by their means"
    )
    func weights() {
        func checkpoint(_ short: Float, _ long: Float) -> [[Float]] {
            [[-short], [Float](repeating: -long, count: 5)]
        }
        let (first, second) = (loss(checkpoint(1, 3)), loss(checkpoint(2.5, 2)))
        #expect(abs(first - 16.0 / 6) < 1e-12)
        #expect(abs(second - 12.5 / 6) < 1e-12)
        // The means of the examples' own means are 2 and 2.25, the other way round.
        #expect(first > second)
    }

    @Test("eight examples in their order are one batch, and a last one by itself counts for one of nine")
    func batches() {
        let nine: [[Float]] =
            [[Float](repeating: -4, count: 9)] + [[Float]](repeating: [-1], count: 7) + [[-7]]
        let first = Double(9 * 4 + 7 * 1) / 16
        #expect(abs(loss(nine) - (8 * first + 7) / 9) < 1e-12)
        // In another order another one is by itself.
        let turned = Array(nine.reversed())
        #expect(abs(loss(turned) - (8 * Double(7 + 7 * 1) / 8 + 4) / 9) < 1e-12)
    }

    @Test("where options are compared it is the mean of the examples' losses")
    func classification() {
        let examples = (0..<9).map { _ in example(tokenCount: 2) }
        let scores: [[[Float]]] = (0..<9).map { [[-Float($0)], [-1, -3]] }
        for objective in [Objective.optionCrossEntropy, .negativeAccuracy] {
            let losses = zip(examples, scores).map {
                objective.exampleLoss(of: $0, optionLogProbabilities: $1)
            }
            let found = objective.evaluationLoss(of: examples, optionLogProbabilities: scores)
            #expect(abs(found - losses.reduce(0, +) / 9) < 1e-12)
        }
    }

    @Test("it is what torch's cross-entropy and the published trainer's averaging give")
    func published() throws {
        struct Golden: Decodable {
            struct Case: Decodable {
                let logProbabilities: [[Float]]
                let loss: Double
            }

            let cases: [Case]
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/evaluation_losses.json")
        let cases = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file)).cases
        #expect(cases.map(\.logProbabilities.count) == [1, 2, 7, 8, 9, 16, 19])
        for golden in cases {
            // The log-probabilities are rounded to float32.
            #expect(abs(loss(golden.logProbabilities) - golden.loss) < 1e-6)
        }
    }
}
