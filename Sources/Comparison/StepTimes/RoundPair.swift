import ResultStore
import Training

/// Two cells' rounds of one number.
struct RoundPair {
    var baseline: RoundResult
    var candidate: RoundResult

    /// The rounds that both cells have, ascending.
    static func all(baseline: CellResult, candidate: CellResult) -> [RoundPair] {
        let byRound = Dictionary(
            baseline.timedRounds.map { ($0.round, $0) }, uniquingKeysWith: { first, _ in first })
        return candidate.timedRounds.sorted { $0.round < $1.round }.compactMap { round in
            byRound[round.round].map { RoundPair(baseline: $0, candidate: round) }
        }
    }

    /// Whether another round of the two cells was recorded between these two, so that they share a number but not the
    /// machine's state: they were timed in runs of their own, such as with different filters.
    func isApart(from others: [RoundPair]) -> Bool {
        guard let first = baseline.recordedNanoseconds, let second = candidate.recordedNanoseconds else {
            return false
        }
        let between = min(first, second)...max(first, second)
        return others.contains { other in
            other.candidate.round != candidate.round
                && [other.baseline.recordedNanoseconds, other.candidate.recordedNanoseconds]
                    .contains { $0.map(between.contains) ?? false }
        }
    }
}
