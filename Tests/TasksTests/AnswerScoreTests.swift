import Tasks
import TestSupport
import Testing

@Suite("Answer score")
struct AnswerScoreTests {
    @Test("F1 and exact match are those of the published metric")
    func goldenScores() throws {
        let scores = try TaskGoldens.load().scores
        #expect(scores.count == 34)
        for score in scores {
            let f1 = AnswerScore.f1(prediction: score.prediction, goldAnswers: score.gold)
            let exact = AnswerScore.exactMatch(prediction: score.prediction, goldAnswers: score.gold)
            #expect(f1 == score.f1, "\(score.prediction.debugDescription) against \(score.gold)")
            #expect(exact == score.exact, "\(score.prediction.debugDescription) against \(score.gold)")
        }
    }

    @Test("without accepted answers the score is 0")
    func noAnswers() {
        #expect(AnswerScore.f1(prediction: "x", goldAnswers: []) == 0)
        #expect(AnswerScore.exactMatch(prediction: "x", goldAnswers: []) == 0)
    }
}
