package import ResultStore

/// One thing that a regression gate looked at, and what it found.
package struct GateCheck: Sendable {
    /// The part of the gate.
    package enum Gate: String, Sendable, Hashable, CaseIterable {
        /// Whether the candidate has what the baseline has.
        case coverage
        /// G1: quantities without noise.
        case exact
        /// Test scores.
        case quality
        /// G2: step times of two programs in interleaved rounds.
        case timing
        /// G3: step times of earlier runs.
        case history
    }

    /// What was found.
    package enum Finding: String, Sendable, Hashable, CaseIterable {
        /// Nothing to complain of.
        case passed
        /// Something to know, which does not stop anybody.
        case warning
        /// Neither yes nor no: too much noise or too little data.
        case undecided
        /// The two sides must not be held against one another.
        case notComparable
        /// A quantity became worse, confirmed.
        case regression
        /// Test scores became worse than the margin allows.
        case inferior
        /// A process of the candidate ended without a result.
        case crash
    }

    /// The part of the gate.
    package let gate: Gate
    /// The cell in question; nil when it is about the whole suite.
    package let cell: CellResult?
    /// What was looked at, such as `step time`.
    package let subject: String
    /// What was found.
    package let finding: Finding
    /// The figures behind it, in one sentence without its full stop.
    package let detail: String

    /// The check with a milder finding where the policy says so; the sentence stays.
    func softened(to finding: Finding) -> GateCheck {
        GateCheck(gate: gate, cell: cell, subject: subject, finding: finding, detail: detail)
    }
}
