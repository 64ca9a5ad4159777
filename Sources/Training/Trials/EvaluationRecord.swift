/// Which examples an evaluation used.
package enum EvaluationSplit: String, Sendable, Hashable, Codable {
    case dev
    case test
}

/// What the model answered on one example.
package struct Prediction: Sendable, Hashable, Codable {
    /// The example's identity in its archive, such as `val:17`.
    package var exampleID: String
    /// The index of the chosen option, or nil for generation.
    package var chosenOption: Int?
    /// The index of the right option, the one trained on where several are right, or nil for generation.
    package var goldOption: Int?
    /// The indices of all options that count as right, ``goldOption`` first; empty for generation.
    package var goldOptions: [Int]
    /// The score of each option, or empty for generation: its mean log-probability, or calibrated the sum in context
    /// minus the sum without.
    package var optionScores: [Float]
    /// The generated text, or nil for options.
    package var text: String?
    /// 1 or 0 for a right or wrong choice; the F1 of generated text, in 0...1.
    package var score: Double
    /// 1 when generated text is an accepted answer, else 0; nil for options, and where it was not recorded.
    package var exactMatch: Double?

    /// A prediction from all its values.
    ///
    /// - Parameter goldOptions: nil where one option alone is right.
    package init(
        exampleID: String, chosenOption: Int?, goldOption: Int?, goldOptions: [Int]? = nil,
        optionScores: [Float], text: String?, score: Double, exactMatch: Double? = nil
    ) {
        self.exampleID = exampleID
        self.chosenOption = chosenOption
        self.goldOption = goldOption
        self.goldOptions = goldOptions ?? goldOption.map { [$0] } ?? []
        self.optionScores = optionScores
        self.text = text
        self.score = score
        self.exactMatch = exactMatch
    }
}

/// One evaluation of the parameters as they stood after `step` steps.
package struct EvaluationRecord: Sendable, Hashable, Codable {
    /// Steps done before, 0 for the untouched model.
    package var step: Int
    /// The examples used.
    package var split: EvaluationSplit
    /// The mean over the examples of the loss from log-probabilities, whatever steps make smaller.
    package var loss: Double
    /// `accuracy` or `f1`.
    package var metric: String
    /// The mean score, in 0...1.
    package var value: Double
    /// The share of generated answers that are accepted ones; nil for options, and where it was not recorded.
    package var exactMatch: Double?
    /// How long it took; never part of training time.
    package var nanoseconds: Int64
    /// One row an example, in the order drawn.
    package var predictions: [Prediction]

    /// A record from all its values.
    package init(
        step: Int, split: EvaluationSplit, loss: Double, metric: String, value: Double,
        exactMatch: Double? = nil, nanoseconds: Int64, predictions: [Prediction]
    ) {
        self.step = step
        self.split = split
        self.loss = loss
        self.metric = metric
        self.value = value
        self.exactMatch = exactMatch
        self.nanoseconds = nanoseconds
        self.predictions = predictions
    }
}
