import Optimizers
import ResultStore
package import Statistics

/// The time that a LeZO step saves next to MeZO's, and in which phases, paired by round.
package struct SavedTime: Sendable {
    /// The speedup that it explains.
    package let speedup: StepSpeedup
    /// Nanoseconds saved in the whole step.
    package let total: HodgesLehmann
    /// Nanoseconds saved in perturbing and updating.
    package let perturbAndUpdate: HodgesLehmann
    /// Nanoseconds saved in the forward passes.
    package let forward: HodgesLehmann

    /// The savings of a measured speedup; nil where it was refused.
    ///
    /// Each round contributes the difference of its two medians; phases have medians of their own, so they add up to the
    /// whole only nearly.
    package init?(_ speedup: StepSpeedup) {
        guard speedup.measurement != nil else { return nil }
        let rounds = Set(speedup.pairs.map(\.round))
        let pairs = RoundPair.all(baseline: speedup.baseline, candidate: speedup.candidate)
            .filter { rounds.contains($0.candidate.round) }
        func saved(_ nanoseconds: (PhaseTimes) -> Int64) -> HodgesLehmann? {
            HodgesLehmann(
                differences: pairs.compactMap { pair in
                    guard let before = pair.baseline.median(of: nanoseconds),
                        let after = pair.candidate.median(of: nanoseconds)
                    else { return nil }
                    return before - after
                })
        }
        guard let total = saved(\.totalNanoseconds),
            let overhead = saved({ $0.perturbNanoseconds + $0.updateNanoseconds }),
            let forward = saved(\.forwardNanoseconds)
        else { return nil }
        self.speedup = speedup
        self.total = total
        perturbAndUpdate = overhead
        self.forward = forward
    }
}

extension RoundResult {
    /// The median over a round's steps.
    fileprivate func median(of nanoseconds: (PhaseTimes) -> Int64) -> Double? {
        Statistics.median(of: steps.map { Double(nanoseconds($0.times)) })
    }
}
