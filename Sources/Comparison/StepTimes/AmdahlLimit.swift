import Optimizers
package import ResultStore
package import Statistics
import Training

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
    /// The bound of any sparsity; nil when there are too few rounds for an interval.
    package let boundWithoutLayers: Double?

    /// The limit of a pair of cells; nil without timing rounds or without the model's parameter counts.
    package init?(baseline: CellResult, candidate: CellResult, in snapshot: ResultSnapshot) {
        guard let summary = StepTimeSummary.rounds(of: baseline, in: snapshot),
            let droppedShare = candidate.droppedParameterShare
        else { return nil }
        func bound(_ overhead: Double) -> Double {
            amdahlBound(overheadShare: overhead, droppedParameterShare: droppedShare)
        }
        let share = summary.overheadShare
        overheadShare = share
        droppedParameterShare = droppedShare
        self.bound = bound(share.median)
        interval = share.interval?.mapped(increasing: bound)
        boundWithoutLayers = summary.boundWithoutLayers
    }
}

extension StepSpeedup {
    /// The limit where it is one: its cost model is that of the reference plan, whose forward passes leave no layer out.
    package var bindingLimit: AmdahlLimit? {
        candidate.cell.plan == .reference ? limit : nil
    }

    /// The most that leaving these parameters out could give if a step did nothing but perturb and update, on any plan.
    package var largestSpeedup: Double? {
        candidate.droppedParameterShare.map { $0 < 1 ? 1 / (1 - $0) : .infinity }
    }
}

extension StepTimeSummary {
    /// The most that LeZO can gain on this MeZO step at any sparsity: all layers left out, the upper end of the share.
    ///
    /// Embeddings, final norm and head are perturbed and updated in every step. Nil without an interval, and when the
    /// model's parameters were not counted.
    package var boundWithoutLayers: Double? {
        guard let upper = overheadShare.interval?.upper, let layers = cell.layerParameterShare else {
            return nil
        }
        return amdahlBound(overheadShare: upper, droppedParameterShare: layers)
    }
}
