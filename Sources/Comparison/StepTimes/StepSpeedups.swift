import Optimizers
package import ResultStore
import Training

/// All comparisons of step time that a snapshot allows.
package enum StepSpeedups {
    /// One comparison for each LeZO cell that has rounds and a MeZO cell to compare with, in table order.
    ///
    /// Where several MeZO cells differ only in step sizes, which cost no time, the one with the LeZO cell's own step
    /// sizes is taken, else the one that shares most rounds.
    package static func all(in snapshot: ResultSnapshot) -> [StepSpeedup] {
        let timed = snapshot.orderedCells.filter { !$0.timedRounds.isEmpty }
        let baselines = timed.filter { $0.cell.droppedLayerCount == 0 }
        return timed.filter { $0.cell.droppedLayerCount > 0 }.compactMap { candidate in
            baseline(for: candidate, among: baselines)
                .map { StepSpeedup(baseline: $0, candidate: candidate, in: snapshot) }
        }
    }

    private static func baseline(for candidate: CellResult, among baselines: [CellResult]) -> CellResult? {
        guard let key = TimingComparability(candidate.cell),
            let settings = candidate.cell.method.zerothOrderSettings
        else { return nil }
        let rounds = Set(candidate.timedRounds.map(\.round))
        func fitness(_ baseline: CellResult) -> (Int, Int) {
            let other = baseline.cell.method.zerothOrderSettings
            let sameStepSizes =
                other?.learningRate == settings.learningRate
                && other?.perturbationScale == settings.perturbationScale
            return (sameStepSizes ? 1 : 0, baseline.timedRounds.count { rounds.contains($0.round) })
        }
        // A later cell must be strictly fitter, so that equals do not depend on anything but table order.
        var best: CellResult?
        for baseline in baselines where TimingComparability(baseline.cell) == key {
            if let current = best, fitness(baseline) <= fitness(current) { continue }
            best = baseline
        }
        return best
    }
}
