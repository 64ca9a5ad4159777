import Foundation
package import LanguageModels
package import Tasks

extension Objective {
    /// The batch's loss, and its derivative by the log-probability of each option token.
    ///
    /// The loss has the bits of ``loss(of:rowLogProbabilities:)``. With s the mean log-probabilities of an example's
    /// options and n an option's tokens, the derivative of cross-entropy over options is
    /// `(softmax(s) - [option is gold]) / n`, over the number of examples. Accuracy is flat between its jumps, so its
    /// derivatives are zero.
    package func scoredLoss(of examples: [EncodedExample], rowLogProbabilities: [[Float]]) -> ScoredLoss {
        ScoredLoss(
            value: loss(of: examples, rowLogProbabilities: rowLogProbabilities),
            derivatives: derivatives(of: examples, rowLogProbabilities: rowLogProbabilities))
    }

    private func derivatives(of examples: [EncodedExample], rowLogProbabilities: [[Float]]) -> [[Float]] {
        switch self {
        case .optionCrossEntropy:
            var rows = rowLogProbabilities[...]
            return examples.flatMap { example in
                let own = rows.prefix(example.options.count)
                rows = rows.dropFirst(example.options.count)
                return zip(own, shares(of: own.map(mean))).enumerated().map { option, row in
                    let (values, share) = row
                    let slope = share - (option == example.goldIndex ? 1 : 0)
                    return [Float](
                        repeating: Float(slope / Double(values.count) / Double(examples.count)),
                        count: values.count)
                }
            }
        case .goldTokenCrossEntropy:
            return ScoredLoss.meanNegativeLogLikelihood(rowLogProbabilities).derivatives
        case .negativeAccuracy:
            return rowLogProbabilities.map { [Float](repeating: 0, count: $0.count) }
        }
    }

    /// softmax, shifted by the largest score so that nothing overflows.
    private func shares(of scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}

extension ScoredLoss {
    /// The mean over all scored tokens of what is lost on each: the loss of next-token prediction.
    ///
    /// The sum is taken in double precision, in token order.
    package static func meanNegativeLogLikelihood(_ logProbabilities: [[Float]]) -> ScoredLoss {
        let count = Double(logProbabilities.reduce(0) { $0 + $1.count })
        let total = logProbabilities.reduce(0.0) { $1.reduce($0) { $0 + Double($1) } }
        return ScoredLoss(
            value: Float(-total / count),
            derivatives: logProbabilities.map { [Float](repeating: Float(-1 / count), count: $0.count) })
    }
}
