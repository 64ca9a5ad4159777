import Foundation
import LanguageModels
import Tasks
import Testing
import Training

@Suite("Objective")
struct ObjectiveTests {
    private func example(_ id: String, options: [[Int32]], optionTokens: [Int], gold: Int) -> EncodedExample {
        EncodedExample(
            id: id,
            options: zip(options, optionTokens).map { EncodedOption(tokens: $0, optionTokenCount: $1) },
            goldIndex: gold, promptTokens: [], goldAnswers: [])
    }

    @Test("option cross-entropy feeds every option as a row and takes mean log-probabilities as logits")
    func optionCrossEntropy() {
        let examples = [
            example("a", options: [[0, 1, 2], [0, 1, 3, 4]], optionTokens: [1, 2], gold: 1),
            example("b", options: [[5, 6], [5, 7]], optionTokens: [1, 1], gold: 0),
        ]
        let objective = Objective(kind: .classification)
        #expect(objective.rows(of: examples).map(\.scoredCount) == [1, 2, 1, 1])
        let loss = objective.loss(of: examples, rowLogProbabilities: [[-1], [-2, -4], [-0.5], [-0.25]])
        // Logits (-1, -3) with gold 1 and (-0.5, -0.25) with gold 0.
        let first = log(exp(-1.0) + exp(-3.0)) + 3
        let second = log(exp(-0.5) + exp(-0.25)) + 0.5
        #expect(abs(Double(loss) - (first + second) / 2) < 1e-6)
    }

    @Test("gold-token cross-entropy averages over all option tokens of the batch, not over examples")
    func goldTokens() {
        let examples = [
            example("a", options: [[0, 1], [0, 2, 3, 4]], optionTokens: [1, 3], gold: 1),
            example("b", options: [[5, 6], [5, 7]], optionTokens: [1, 1], gold: 0),
        ]
        let objective = Objective(kind: .multipleChoice)
        #expect(objective.rows(of: examples).map(\.tokens) == [[0, 2, 3, 4], [5, 6]])
        let loss = objective.loss(of: examples, rowLogProbabilities: [[-1, -2, -3], [-6]])
        #expect(loss == 3)
    }

    @Test("equal options cost the logarithm of their number")
    func chance() {
        let options = [[Int32]](repeating: [0, 1], count: 3)
        let loss = Objective.optionCrossEntropy.exampleLoss(
            of: example("a", options: options, optionTokens: [1, 1, 1], gold: 2),
            optionLogProbabilities: [[-3], [-3], [-3, -3]])
        #expect(abs(loss - log(3.0)) < 1e-12)
    }

    @Test(
        "derivatives are the slopes of the loss by each log-probability",
        arguments: [Objective.optionCrossEntropy, .goldTokenCrossEntropy])
    func derivatives(objective: Objective) {
        let examples = [
            example("a", options: [[0, 1, 2], [0, 1, 3, 4]], optionTokens: [1, 2], gold: 1),
            example("b", options: [[5, 6], [5, 7], [5, 8, 9]], optionTokens: [1, 1, 2], gold: 0),
        ]
        let rows: [[Float]] =
            objective.rows(of: examples).count == 5
            ? [[-1], [-2, -4], [-0.5], [-0.25], [-3, -0.125]] : [[-2, -4], [-0.5]]
        let found = objective.scoredLoss(of: examples, rowLogProbabilities: rows)
        #expect(found.value == objective.loss(of: examples, rowLogProbabilities: rows))
        #expect(found.derivatives.map(\.count) == rows.map(\.count))
        for row in rows.indices {
            for token in rows[row].indices {
                let sides = [Float(0.01), -0.01].map { step in
                    var moved = rows
                    moved[row][token] += step
                    return objective.loss(of: examples, rowLogProbabilities: moved)
                }
                #expect(abs((sides[0] - sides[1]) / 0.02 - found.derivatives[row][token]) < 1e-4)
            }
        }
    }
}
