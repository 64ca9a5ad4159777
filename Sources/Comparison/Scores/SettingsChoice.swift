import ResultStore
import Training

/// The learning rate chosen for one method, on development examples alone.
///
/// It can only be made from `SettingsCandidate`s, which hold no test evaluation, and a `TestScore` can only be made from
/// it: so a figure on test examples cannot take part in the choice that it is reported for.
package struct SettingsChoice: Sendable {
    /// The candidate chosen.
    package let chosen: SettingsCandidate
    /// All that stood for choice, by learning rate.
    package let candidates: [SettingsCandidate]

    private init(chosen: SettingsCandidate, candidates: [SettingsCandidate]) {
        self.chosen = chosen
        self.candidates = candidates
    }

    /// Chooses the lowest mean development loss, or the highest mean metric where checkpoints are chosen by that; the
    /// smaller learning rate of equals; nil when nothing can be chosen.
    ///
    /// A learning rate at which a trial diverged does not stand for choice, nor one without a finished trial; a single
    /// candidate without development evaluations (zero-shot, in-context) is taken as it is.
    package static func onDevelopment(_ candidates: [SettingsCandidate]) -> SettingsChoice? {
        let ordered = candidates.sorted {
            ($0.learningRate ?? 0, $0.cell.id) < ($1.learningRate ?? 0, $1.cell.id)
        }
        if ordered.count == 1, let only = ordered.first, only.finishedTrialCount > 0, !only.hasDiverged {
            return SettingsChoice(chosen: only, candidates: ordered)
        }
        var best: (candidate: SettingsCandidate, cost: Double)?
        for candidate in ordered where !candidate.hasDiverged {
            guard let cost = candidate.cost, cost < best?.cost ?? .infinity else { continue }
            best = (candidate, cost)
        }
        return best.map { SettingsChoice(chosen: $0.candidate, candidates: ordered) }
    }

    /// Candidates that are not finished, so that the choice may still change.
    package var unfinishedCandidateCount: Int {
        candidates.count { !$0.isComplete && !$0.hasDiverged }
    }

    /// Whether the largest of several learning rates was chosen, so that a larger one might do better.
    package var isLargestOfGrid: Bool {
        candidates.count > 1 && candidates.last?.cell.id == chosen.cell.id
    }

    /// Whether the smallest of several learning rates was chosen, so that a smaller one might do better.
    package var isSmallestOfGrid: Bool {
        candidates.count > 1 && candidates.first?.cell.id == chosen.cell.id
    }

    /// The test scores of the chosen cell's finished trials, by data seed and noise seed.
    package var testScores: [TestScore] {
        chosen.cell.trials.compactMap { TestScore(of: $0, in: self) }
    }
}
