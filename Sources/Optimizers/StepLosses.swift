package import Kernels
package import LanguageModels

/// How a step gets the loss of its batch.
package struct StepLosses {
    /// The loss at the parameters as they stand.
    package let present: () throws -> Float
    /// The losses on both sides of a probe, after a pending update if there is one.
    package let probed: (_ probe: ParameterProbe, _ pending: PendingUpdate?) throws -> ProbedLosses

    /// Losses from the two functions.
    package init(
        present: @escaping () throws -> Float,
        probed: @escaping (_ probe: ParameterProbe, _ pending: PendingUpdate?) throws -> ProbedLosses
    ) {
        self.present = present
        self.probed = probed
    }
}

/// The losses on both sides of a probe, and where the time of getting them went.
package struct ProbedLosses: Sendable, Hashable {
    /// L(θ + ε z).
    package var plus: Float
    /// L(θ - ε z).
    package var minus: Float
    /// Time of drawing z and adding it for the probe, the mean over threads.
    package var perturbNanoseconds: Int64
    /// Time of carrying out the pending update, the mean over threads.
    package var updateNanoseconds: Int64
    /// What 16-bit storage kept of the pending update; nothing is counted for float32.
    package var updateTally: UpdateTally

    /// Losses from all their values.
    package init(
        plus: Float, minus: Float, perturbNanoseconds: Int64 = 0, updateNanoseconds: Int64 = 0,
        updateTally: UpdateTally = UpdateTally()
    ) {
        self.plus = plus
        self.minus = minus
        self.perturbNanoseconds = perturbNanoseconds
        self.updateNanoseconds = updateNanoseconds
        self.updateTally = updateTally
    }
}
