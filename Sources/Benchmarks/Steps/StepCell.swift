package import Optimizers
import Statistics

/// The steps of one optimizer on one plan and one workload.
package struct StepCell: Sendable, Hashable, Codable {
    /// What is timed.
    package struct Setting: Sendable, Hashable, Codable {
        /// The workload, such as `16 x 64`.
        package let work: String
        /// The plan.
        package let plan: ExecutionPlan
        /// Decoder layers that a step leaves out; 0 is MeZO.
        package let droppedLayerCount: Int
        /// Those over all decoder layers.
        package let sparsity: Double

        /// A setting from its values.
        package init(work: String, plan: ExecutionPlan, droppedLayerCount: Int, layerCount: Int) {
            self.work = work
            self.plan = plan
            self.droppedLayerCount = droppedLayerCount
            sparsity = layerCount > 0 ? Double(droppedLayerCount) / Double(layerCount) : 0
        }
    }

    /// Steps that follow each other, from the same first parameters in every round.
    package struct Round: Sendable, Hashable, Codable {
        /// The untimed steps before; on the fused plan the last one's update is carried out by the first timed step.
        package let warmup: [StepRecord]
        /// The timed steps.
        package let steps: [StepRecord]

        /// A round from its steps.
        package init(warmup: [StepRecord], steps: [StepRecord]) {
            self.warmup = warmup
            self.steps = steps
        }

        /// The round's value: the median of its steps.
        package var medianNanoseconds: Double {
            median(of: steps.map { Double($0.times.totalNanoseconds) }) ?? 0
        }
    }

    /// A share of the step for each phase, the median over all steps.
    package struct PhaseShares: Sendable, Hashable, Codable {
        /// Drawing the dropped layers.
        package let select: Double
        /// Perturbing, and restoring where there is something to restore.
        package let perturb: Double
        /// Both forward passes.
        package let forward: Double
        /// Updating.
        package let update: Double
        /// Perturbing and updating together.
        package let overhead: Double
    }

    /// What was timed.
    package let setting: Setting
    /// Nanoseconds of a step: the median over rounds of each round's median.
    package let stepNanoseconds: Double
    /// Where the time goes.
    package let phaseShares: PhaseShares
    /// Every round, in order.
    package let rounds: [Round]

    /// A cell from its rounds.
    package init(setting: Setting, rounds: [Round]) {
        func share(_ phase: (PhaseTimes) -> Int64) -> Double {
            median(
                of: rounds.flatMap(\.steps).map { step in
                    let total = step.times.totalNanoseconds
                    return total > 0 ? Double(phase(step.times)) / Double(total) : 0
                }) ?? 0
        }
        self.setting = setting
        self.rounds = rounds
        stepNanoseconds = median(of: rounds.map(\.medianNanoseconds)) ?? 0
        phaseShares = PhaseShares(
            select: share(\.selectNanoseconds), perturb: share(\.perturbNanoseconds),
            forward: share(\.forwardNanoseconds), update: share(\.updateNanoseconds),
            overhead: share { $0.perturbNanoseconds + $0.updateNanoseconds })
    }
}
