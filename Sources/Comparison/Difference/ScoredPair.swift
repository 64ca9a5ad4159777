import ResultStore
import Training

/// One trial's test scores in two databases, on the same examples or not.
struct ScoredPair {
    let baseline: TestScore
    let candidate: TestScore

    /// The trials of one cell with the same seeds that are done and tested on both sides, by seeds.
    static func all(baseline: CellResult, candidate: CellResult) -> [ScoredPair] {
        let before = scores(of: baseline)
        let after = scores(of: candidate)
        return TrialPair.all(baseline: baseline, candidate: candidate).compactMap { pair in
            guard let first = before.first(where: { $0.trial.id == pair.baseline.id }),
                let second = after.first(where: { $0.trial.id == pair.candidate.id }),
                first.metric == second.metric
            else { return nil }
            return ScoredPair(baseline: first, candidate: second)
        }
    }

    /// The same answers graded as accepted or not; nil where they were not generated.
    var byExactMatch: ScoredPair? {
        guard let before = baseline.byExactMatch, let after = candidate.byExactMatch else { return nil }
        return ScoredPair(baseline: before, candidate: after)
    }

    /// A single cell leaves nothing to choose, so its test scores are those of its finished trials.
    private static func scores(of cell: CellResult) -> [TestScore] {
        SettingsChoice.onDevelopment([SettingsCandidate(cell)])?.testScores ?? []
    }

    /// Candidate minus baseline for each example, by the examples' identities; nil when the two did not answer the very
    /// same examples, or the answers were not stored.
    var exampleDifferences: [Double]? {
        guard !baseline.scores.isEmpty, baseline.scores.count == candidate.scores.count else { return nil }
        var differences: [Double] = []
        differences.reserveCapacity(baseline.scores.count)
        for (example, score) in baseline.scores.sorted(by: { $0.key < $1.key }) {
            guard let other = candidate.scores[example] else { return nil }
            differences.append(other - score)
        }
        return differences
    }

    /// Candidate minus baseline of the mean scores.
    var difference: Double { candidate.value - baseline.value }
}
