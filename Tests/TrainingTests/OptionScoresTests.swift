import Tasks
import Testing
import Training

@Suite("Option scores")
struct OptionScoresTests {
    private func example(gold: [Int]) -> EncodedExample {
        EncodedExample(
            id: "validation:0", options: [], goldIndex: gold[0], goldIndices: gold, promptTokens: [],
            goldAnswers: [])
    }

    @Test("uncalibrated, options are compared by their mean")
    func means() {
        let scores = OptionScores(means: [[-1, -2, -3], [-2.5], [-1, -4]])
        #expect(scores.values == [-2, -2.5, -2.5])
        #expect(scores.chosen == 0)
    }

    @Test("calibrated, by the sum in context minus the sum without; no scored token counts as nothing")
    func calibration() {
        let scores = OptionScores(
            calibrating: [[-1, -2, -3], [-2.5], [-1, -4]], withoutContext: [[-4, -1], [], [-0.5, -0.25]])
        #expect(scores.values == [-1, -2.5, -4.25])
        #expect(scores.chosen == 0)
        // The same options, one of them less likely by itself: its score rises by as much.
        let other = OptionScores(
            calibrating: [[-1, -2, -3], [-2.5], [-1, -4]], withoutContext: [[-4, -1], [-2], [-0.5, -0.25]])
        #expect(other.values == [-1, -0.5, -4.25])
        #expect(other.chosen == 1)
    }

    @Test("of equal scores the first is chosen, and a choice of any right option is right")
    func ties() {
        let scores = OptionScores(means: [[-3], [-1], [-1]])
        #expect(scores.chosen == 1)
        #expect(scores.isRight(for: example(gold: [2, 1])))
        #expect(!scores.isRight(for: example(gold: [2, 0])))
    }

    @Test("the accuracy objective counts the examples whose chosen option is right")
    func objective() {
        let options = [[EncodedOption(tokens: [0, 1], optionTokenCount: 1)]]
        func batch(_ gold: [Int]) -> EncodedExample {
            EncodedExample(
                id: "train:0", options: options[0] + options[0], goldIndex: gold[0], goldIndices: gold,
                promptTokens: [], goldAnswers: [])
        }
        let examples = [batch([0]), batch([1]), batch([1, 0])]
        #expect(Objective.negativeAccuracy.rows(of: examples).count == 6)
        let loss = Objective.negativeAccuracy.loss(
            of: examples, rowLogProbabilities: [[-1], [-2], [-1], [-2], [-1], [-2]])
        #expect(loss == Float(-2.0 / 3))
        #expect(Objective(kind: .multipleChoice, training: .metric) != nil)
        #expect(Objective(kind: .generation, training: .metric) == nil)
        #expect(Objective(kind: .generation, training: .logLikelihood) != nil)
    }
}
