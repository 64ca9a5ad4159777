import ResultStore
import Statistics
import Training

/// What one MeZO step leaves to be gained, and what LeZO's steps gained of it.
package struct SpeedupOrigin: Sendable {
    /// MeZO's step.
    package let baseline: StepTimeSummary
    /// What each sparsity saved, in table order; those whose speedup was refused are left out.
    package let savings: [SavedTime]

    /// One origin for each MeZO cell that steps of LeZO were timed against, in table order.
    package static func all(
        roundTimes: [StepTimeSummary], speedups: [StepSpeedup]
    ) -> [SpeedupOrigin] {
        roundTimes.filter { $0.reasonAgainst == nil }.compactMap { summary in
            let savings = speedups.filter { $0.baseline.id == summary.cell.id }.compactMap(SavedTime.init)
            return savings.isEmpty ? nil : SpeedupOrigin(baseline: summary, savings: savings)
        }
    }

    /// The share of perturb and update that MeZO's step would need for a speedup with all layers left out.
    ///
    /// Above 1 no step can have it. Nil when the model's parameters were not counted.
    package func requiredShare(forSpeedup speedup: Double) -> Double? {
        baseline.cell.layerParameterShare.map {
            amdahlRequiredShare(speedup: speedup, droppedParameterShare: $0)
        }
    }
}

extension TokenSeries {
    /// The longest rows for which perturb and update certainly take more than half of MeZO's step: the whole interval lies
    /// above.
    package var longestWithMajority: Int? {
        points.filter { ($0.baseline.overheadShare.interval?.lower ?? 0) > 0.5 }.map(\.tokens).max()
    }

    /// The shortest rows for which they certainly take less.
    package var shortestWithoutMajority: Int? {
        points.filter { ($0.baseline.overheadShare.interval?.upper ?? 1) < 0.5 }.map(\.tokens).min()
    }
}
