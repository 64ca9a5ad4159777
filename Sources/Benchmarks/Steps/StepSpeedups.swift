import Foundation
import Optimizers
import Statistics

/// How many times as fast as a baseline's a candidate's step is, over rounds in which both were timed.
package struct StepRatio: Sendable, Hashable, Codable {
    /// The slower one, one hopes.
    package let baseline: StepCell.Setting
    /// The faster one.
    package let candidate: StepCell.Setting
    /// Rounds.
    package let roundCount: Int
    /// Hodges and Lehmann's estimate from the rounds' log ratios; above 1 the candidate is faster.
    package let speedup: Double
    /// The lower end of the exact signed-rank interval at 95%; nil for fewer than 6 rounds.
    package let lower: Double?
    /// The upper end.
    package let upper: Double?
    /// The speedup that Amdahl's law allows, from the baseline's share of perturbing and updating and the share of
    /// parameters left out; nil where the two differ in something else.
    package let amdahlBound: Double?

    /// The ratio of two cells' rounds; nil without a round.
    package init?(baseline: StepCell, candidate: StepCell, droppedParameterShare: Double? = nil) {
        let logRatios = zip(baseline.rounds, candidate.rounds).compactMap { before, after -> Double? in
            let (before, after) = (before.medianNanoseconds, after.medianNanoseconds)
            return before > 0 && after > 0 ? log(before / after) : nil
        }
        guard let estimate = HodgesLehmann(differences: logRatios) else { return nil }
        self.baseline = baseline.setting
        self.candidate = candidate.setting
        roundCount = estimate.count
        speedup = estimate.ratio
        lower = estimate.ratioInterval?.lower
        upper = estimate.ratioInterval?.upper
        amdahlBound = droppedParameterShare.map {
            Statistics.amdahlBound(
                overheadShare: baseline.phaseShares.overhead, droppedParameterShare: $0)
        }
    }
}

/// Every comparison that timed cells allow.
package enum StepSpeedups {
    /// LeZO against MeZO, on the same work and plan.
    ///
    /// - Parameter layerParameterShare: The share of decoder layers' parameters in the model's.
    package static func ofSparsity(_ cells: [StepCell], layerParameterShare: Double) -> [StepRatio] {
        cells.filter { $0.setting.droppedLayerCount > 0 }.compactMap { candidate in
            baseline(for: candidate, among: cells) { mezo, lezo in
                mezo.work == lezo.work && mezo.plan == lezo.plan && mezo.droppedLayerCount == 0
            }.flatMap {
                StepRatio(
                    baseline: $0, candidate: candidate,
                    droppedParameterShare: candidate.setting.sparsity * layerParameterShare)
            }
        }
    }

    /// The fused plan against the reference plan, on the same work with the same sparsity.
    package static func ofPlan(_ cells: [StepCell]) -> [StepRatio] {
        cells.filter { $0.setting.plan == .fused }.compactMap { candidate in
            baseline(for: candidate, among: cells) { reference, fused in
                reference.work == fused.work && reference.plan == .reference
                    && reference.droppedLayerCount == fused.droppedLayerCount
            }.flatMap { StepRatio(baseline: $0, candidate: candidate) }
        }
    }

    private static func baseline(
        for candidate: StepCell, among cells: [StepCell],
        where fits: (_ baseline: StepCell.Setting, _ candidate: StepCell.Setting) -> Bool
    ) -> StepCell? {
        cells.first { fits($0.setting, candidate.setting) }
    }
}
