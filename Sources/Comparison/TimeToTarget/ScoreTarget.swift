import Statistics

/// The development score that time is counted to, fixed from the baseline alone.
package struct ScoreTarget: Sendable, Hashable {
    /// The score to reach, in 0...1.
    package let value: Double
    /// The baseline's best score of each seed, each at the full budget.
    package let baselineBests: [Double]
    /// What was taken off their median.
    package let slack: Double

    /// One point: with none, half of the baseline's own seeds would miss their median.
    package static let slack = 0.01

    /// The median over seeds of the baseline's best scores minus the slack; nil without seeds.
    package init?(baselineBests: [Double], slack: Double = ScoreTarget.slack) {
        guard let middle = median(of: baselineBests) else { return nil }
        self.baselineBests = baselineBests
        self.slack = slack
        value = middle - slack
    }

    /// Whether a score reaches it; shares of examples are compared up to rounding.
    func isReached(by score: Double) -> Bool {
        score >= value - 1e-12
    }
}
