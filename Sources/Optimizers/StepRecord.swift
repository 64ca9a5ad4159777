/// Nanoseconds that each phase of a step took, from a monotonic clock.
package struct PhaseTimes: Sendable, Hashable, Codable {
    /// Drawing the dropped layers.
    package var selectNanoseconds: Int64
    /// The perturbation passes, restore included.
    package var perturbNanoseconds: Int64
    /// The two forward passes with their losses.
    package var forwardNanoseconds: Int64
    /// The update pass.
    package var updateNanoseconds: Int64

    /// Times of the four phases.
    package init(
        selectNanoseconds: Int64 = 0, perturbNanoseconds: Int64 = 0, forwardNanoseconds: Int64 = 0,
        updateNanoseconds: Int64 = 0
    ) {
        self.selectNanoseconds = selectNanoseconds
        self.perturbNanoseconds = perturbNanoseconds
        self.forwardNanoseconds = forwardNanoseconds
        self.updateNanoseconds = updateNanoseconds
    }

    /// The sum of the phases.
    package var totalNanoseconds: Int64 {
        selectNanoseconds + perturbNanoseconds + forwardNanoseconds + updateNanoseconds
    }
}

/// Everything needed to replay one step, and what it measured.
package struct StepRecord: Sendable, Hashable, Codable {
    /// The step's number, from 1.
    package var step: Int
    /// The seed of this step's noise and layer draw.
    package var seed: UInt64
    /// L(θ + ε z).
    package var lossPlus: Float
    /// L(θ - ε z).
    package var lossMinus: Float
    /// g, the scalar that the update multiplies; float32 as used.
    package var projectedGradient: Float
    /// Layers with z = 0 in this step, ascending.
    package var droppedLayers: [Int]
    /// How long each phase took.
    package var times: PhaseTimes

    /// A record from all its values.
    package init(
        step: Int, seed: UInt64, lossPlus: Float, lossMinus: Float, projectedGradient: Float,
        droppedLayers: [Int], times: PhaseTimes
    ) {
        self.step = step
        self.seed = seed
        self.lossPlus = lossPlus
        self.lossMinus = lossMinus
        self.projectedGradient = projectedGradient
        self.droppedLayers = droppedLayers
        self.times = times
    }
}
