package import Training

/// An evaluation that was done again, beside the one that was recorded.
package struct RepeatedEvaluation: Sendable, Hashable, Encodable {
    /// Steps done before it.
    package let step: Int
    /// The examples used.
    package let split: EvaluationSplit
    /// The metric's name.
    package let metric: String
    /// The metric now.
    package let value: Double
    /// The metric as recorded.
    package let recordedValue: Double
    /// The mean loss now.
    package let loss: Double
    /// The mean loss as recorded.
    package let recordedLoss: Double
    /// Examples evaluated.
    package let exampleCount: Int
    /// Examples with another chosen option or another text than was recorded, or with no record at all.
    package let otherAnswerCount: Int
    /// Whether every loss, score and answer has the recorded bits.
    package let isIdentical: Bool

    /// The comparison of two evaluations of the same step and split.
    package init(_ evaluation: EvaluationRecord, recorded: EvaluationRecord) {
        step = evaluation.step
        split = evaluation.split
        metric = evaluation.metric
        value = evaluation.value
        recordedValue = recorded.value
        loss = evaluation.loss
        recordedLoss = recorded.loss
        exampleCount = evaluation.predictions.count
        let pairs = zip(evaluation.predictions, recorded.predictions)
        otherAnswerCount =
            pairs.count { !$0.hasSameAnswer(as: $1) }
            + abs(evaluation.predictions.count - recorded.predictions.count)
        isIdentical =
            otherAnswerCount == 0 && isSame(loss, recordedLoss) && isSame(value, recordedValue)
            && evaluation.metric == recorded.metric && pairs.allSatisfy { $0.hasSameScores(as: $1) }
    }
}

extension Prediction {
    /// Whether both chose the same option of the same example, or gave the same text.
    fileprivate func hasSameAnswer(as other: Prediction) -> Bool {
        exampleID == other.exampleID && chosenOption == other.chosenOption && goldOption == other.goldOption
            && text == other.text
    }

    /// Whether all numbers are the same; what older programs did not record is not compared.
    fileprivate func hasSameScores(as other: Prediction) -> Bool {
        optionScores.map(\.bitPattern) == other.optionScores.map(\.bitPattern) && isSame(score, other.score)
            && (exactMatch == nil || other.exactMatch == nil || exactMatch == other.exactMatch)
    }
}

/// Whether two numbers are equal, or both are none.
private func isSame(_ first: Double, _ second: Double) -> Bool {
    first == second || (first.isNaN && second.isNaN)
}
