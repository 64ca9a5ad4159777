package import ResultStore
package import Statistics

/// The largest speedup of a step that leaving layers out can give, from the measured phases of a MeZO step.
///
/// Only perturbing and updating shrink, and only by the share of parameters left out; the forward passes stay.
package struct AmdahlLimit: Sendable, Hashable {
    /// The share of perturb and update in the MeZO step.
    package let overheadShare: Centre
    /// The mean share of parameters that the LeZO cell leaves out.
    package let droppedParameterShare: Double
    /// The bound from the median share.
    package let bound: Double
    /// The bound from the ends of the share's interval.
    package let interval: Interval?
    /// The bound if perturbing and updating took no time at all.
    package let boundOfAnySparsity: Double

    /// The limit of a pair of cells; nil without timing rounds or without the model's parameter counts.
    package init?(baseline: CellResult, candidate: CellResult, in snapshot: ResultSnapshot) {
        guard let share = StepTimeSummary.rounds(of: baseline, in: snapshot)?.overheadShare,
            let droppedShare = candidate.droppedParameterShare
        else { return nil }
        func bound(_ overhead: Double) -> Double {
            amdahlBound(overheadShare: overhead, droppedParameterShare: droppedShare)
        }
        overheadShare = share
        droppedParameterShare = droppedShare
        self.bound = bound(share.median)
        interval = share.interval?.mapped(increasing: bound)
        boundOfAnySparsity = amdahlBound(overheadShare: share.median, droppedParameterShare: 1)
    }
}
