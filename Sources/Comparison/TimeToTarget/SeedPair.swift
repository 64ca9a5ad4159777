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
        candidate.trials.filter { $0.status == .done }.compactMap { trial in
            baseline.trials.first {
                $0.status == .done && $0.dataSeed == trial.dataSeed && $0.noiseSeed == trial.noiseSeed
            }.map { ($0, trial) }
        }
    }
}
