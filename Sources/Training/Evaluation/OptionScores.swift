package import Tasks

/// What the options of one example score, and so which one a model chooses.
package struct OptionScores: Sendable, Hashable {
    /// One for each option, in float32 as the published code compares them.
    package let values: [Float]

    /// Each option's mean log-probability.
    package init(means logProbabilities: [[Float]]) {
        values = logProbabilities.map { Float(mean($0)) }
    }

    /// Each option's sum of log-probabilities, minus the sum that it has without what it is about.
    ///
    /// Source: Holtzman et al. (2021), arXiv 2104.08315, equation 3, and `one_step_pred` in `run.py` of MeZO's
    /// large-model code.
    package init(calibrating logProbabilities: [[Float]], withoutContext: [[Float]]) {
        values = zip(logProbabilities, withoutContext).map { Float(sum($0) - sum($1)) }
    }

    /// The option with the highest score; the first one on a tie, as NumPy's argmax has it.
    package var chosen: Int {
        values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    }

    /// Whether the chosen option is one of those that count as right.
    package func isRight(for example: EncodedExample) -> Bool {
        example.goldIndices.contains(chosen)
    }
}
