import Foundation
package import LanguageModels
package import Tasks

/// A loss from the log-probabilities of option tokens, as the published code computes it.
package enum Objective: Sendable {
    /// Cross-entropy over the options' mean log-probabilities; every option is a row of the batch.
    case optionCrossEntropy
    /// Cross-entropy of the gold option's tokens, averaged over all option tokens of the batch.
    case goldTokenCrossEntropy
    /// Minus the share of examples whose best option is right; every option is a row of the batch.
    case negativeAccuracy

    /// The log-likelihood objective of a kind of task: what it trains by default and is evaluated with.
    package init(kind: TaskKind) {
        switch kind {
        case .classification: self = .optionCrossEntropy
        case .multipleChoice, .generation: self = .goldTokenCrossEntropy
        }
    }

    /// What a kind of task trains with an objective; nil where that needs generated answers, not options.
    package init?(kind: TaskKind, training objective: TrainingObjective) {
        switch (objective, kind) {
        case (.logLikelihood, _): self.init(kind: kind)
        case (.metric, .classification), (.metric, .multipleChoice): self = .negativeAccuracy
        case (.metric, .generation): return nil
        }
    }

    /// The rows that a batch of examples becomes, in example order.
    package func rows(of examples: [EncodedExample]) -> [ScoredSequence] {
        examples.flatMap { example in
            switch self {
            case .optionCrossEntropy, .negativeAccuracy: example.options.map(ScoredSequence.init(option:))
            case .goldTokenCrossEntropy: [ScoredSequence(option: example.options[example.goldIndex])]
            }
        }
    }

    /// The batch's loss from the log-probabilities of its rows' option tokens.
    ///
    /// Sums are taken in double precision, in row order, so the result is the same whatever the thread count.
    package func loss(of examples: [EncodedExample], rowLogProbabilities: [[Float]]) -> Float {
        switch self {
        case .optionCrossEntropy, .negativeAccuracy:
            var total = 0.0
            var row = 0
            for example in examples {
                let options = Array(rowLogProbabilities[row..<(row + example.options.count)])
                total += exampleLoss(of: example, optionLogProbabilities: options)
                row += example.options.count
            }
            return Float(total / Double(examples.count))
        case .goldTokenCrossEntropy:
            let tokens = rowLogProbabilities.reduce(0) { $0 + $1.count }
            let total = rowLogProbabilities.reduce(0.0) { $0 + sum($1) }
            return Float(-total / Double(tokens))
        }
    }

    /// One example's loss from the log-probabilities of all its options' tokens.
    ///
    /// Of gold tokens it is their mean; over several examples the published means weigh these by their lengths.
    package func exampleLoss(of example: EncodedExample, optionLogProbabilities: [[Float]]) -> Double {
        switch self {
        case .optionCrossEntropy:
            crossEntropy(scores: optionLogProbabilities.map(mean), goldIndex: example.goldIndex)
        case .goldTokenCrossEntropy: -mean(optionLogProbabilities[example.goldIndex])
        case .negativeAccuracy: OptionScores(means: optionLogProbabilities).isRight(for: example) ? -1 : 0
        }
    }
}

extension ScoredSequence {
    /// The row of one option.
    init(option: EncodedOption) {
        self.init(tokens: option.tokens, scoredCount: option.optionTokenCount)
    }
}

/// The mean log-probability of an option's tokens, the score by which options are compared.
func mean(_ logProbabilities: [Float]) -> Double {
    sum(logProbabilities) / Double(logProbabilities.count)
}

/// The sum of an option's log-probabilities, 0 for none.
func sum(_ values: [Float]) -> Double {
    values.reduce(0.0) { $0 + Double($1) }
}

/// `-log softmax(scores)[goldIndex]`, shifted by the largest score so that nothing overflows.
private func crossEntropy(scores: [Double], goldIndex: Int) -> Double {
    let largest = scores.max() ?? 0
    let logSumOfExponentials = largest + log(scores.reduce(0.0) { $0 + exp($1 - largest) })
    return logSumOfExponentials - scores[goldIndex]
}
