import Statistics

/// What is said of a change, given how large one still counts as none.
package enum ChangeVerdict: Sendable, Hashable {
    /// The candidate's level is lower, by more than chance explains.
    case lower
    /// It is higher.
    case higher
    /// The whole interval lies within the margin: a positive statement.
    case same
    /// The interval does not decide; with about so many pairs in all it would.
    case undecided(pairsNeeded: Int?)

    /// The level of significance of all verdicts of one suite and one quantity together.
    package static let significance = 0.05

    /// The verdict on a change.
    ///
    /// - Parameters:
    ///   - change: The estimated change.
    ///   - interval: Its interval; nil when there are too few pairs for one.
    ///   - adjustedPValue: The p-value that there is no change worth the name, after Holm's correction over all cells.
    ///   - margin: Half the length of what counts as the same, on the scale of the change.
    ///   - count: Pairs that the interval rests on.
    init(change: Double, interval: Interval?, adjustedPValue: Double?, margin: Double, count: Int) {
        guard let interval else {
            self = .undecided(pairsNeeded: nil)
            return
        }
        if interval.lower >= -margin, interval.upper <= margin {
            self = .same
        } else if let adjustedPValue, adjustedPValue <= Self.significance {
            self = change < 0 ? .lower : .higher
        } else {
            self = .undecided(
                pairsNeeded: SampleSize.pairsThatWouldDecide(
                    count: count, width: interval.upper - interval.lower, margin: margin))
        }
    }

    /// Whether the candidate's level is said to be another one.
    package var isChange: Bool { self == .lower || self == .higher }

    /// Whether nothing is said.
    package var isUndecided: Bool {
        if case .undecided = self { true } else { false }
    }
}
