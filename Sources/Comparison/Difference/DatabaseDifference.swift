package import ResultStore

/// What two results databases say, suite by suite.
package struct DatabaseDifference: Sendable {
    /// What the comparison comes to.
    package enum Conclusion: Sendable, Hashable {
        /// The same records, times included: one database and itself, or a copy.
        case identical
        /// Repetitions that are shown to be the same, within the margins.
        case same
        /// No difference is shown, but neither is that there is none.
        case undecided
        /// Something differs that is not put down to chance.
        case different
    }

    /// Suites that only the baseline has, by name.
    package let onlyBaseline: [String]
    /// Suites that only the candidate has, by name.
    package let onlyCandidate: [String]
    /// Suites that both have, by name.
    package let suites: [SuiteDifference]

    /// Compares all suites of two databases.
    package init(baseline: [ResultSnapshot], candidate: [ResultSnapshot]) {
        let before = Dictionary(baseline.map { ($0.suiteName, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(candidate.map { ($0.suiteName, $0) }, uniquingKeysWith: { first, _ in first })
        onlyBaseline = Set(before.keys).subtracting(after.keys).sorted()
        onlyCandidate = Set(after.keys).subtracting(before.keys).sorted()
        suites = Set(before.keys).intersection(after.keys).sorted().compactMap { name in
            before[name].flatMap { first in
                after[name].map { SuiteDifference(baseline: first, candidate: $0) }
            }
        }
    }

    /// What it comes to.
    package var conclusion: Conclusion {
        guard onlyBaseline.isEmpty, onlyCandidate.isEmpty else { return .different }
        if suites.allSatisfy(\.isSameRecord) { return .identical }
        if suites.contains(where: \.hasDifference) { return .different }
        return suites.contains(where: \.isUndecided) ? .undecided : .same
    }
}
