import Optimizers
package import ResultStore
import Training

/// The fused plan's step times against those of the reference plan.
package enum PlanSpeedups {
    /// One comparison for each cell that was timed on both plans, in table order.
    package static func all(in snapshot: ResultSnapshot) -> [StepSpeedup] {
        let timed = snapshot.orderedCells.filter { !$0.timedRounds.isEmpty }
        return timed.filter { $0.cell.plan == .fused }.compactMap { fused in
            var cell = fused.cell
            cell.plan = .reference
            return timed.first { $0.cell == cell }
                .map { StepSpeedup(baseline: $0, candidate: fused, in: snapshot) }
        }
    }
}
