package import ResultStore
import Training

/// Two finished trials with the same seeds, one of the baseline and one of the method in question.
package struct SeedPair: Sendable {
    /// The baseline's trial.
    package let baseline: TrialResult
    /// The other one.
    package let candidate: TrialResult
    /// How the baseline's fared.
    package let baselineRun: TargetRun
    /// How the other fared.
    package let candidateRun: TargetRun

    /// The trials of two cells that have the same seeds and were both evaluated, by seeds.
    ///
    /// A trial whose loss stopped being finite is none of them: it has no score to go by.
    static func trials(
        baseline: CellResult, candidate: CellResult
    ) -> [(baseline: TrialResult, candidate: TrialResult)] {
        let baselines = baseline.trials.filter { $0.status == .done }.bySeeds
        return candidate.trials.filter { $0.status == .done }.compactMap { trial in
            baselines[trial.seeds].map { ($0, trial) }
        }
    }
}
