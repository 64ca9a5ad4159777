extension ZerothOrderOptimizer {
    /// The three passes of the reference plan: to one side, to the other, and back.
    var storedProbeScales: [Float] { [perturbationScale, -2 * perturbationScale, perturbationScale] }

    /// The losses on both sides as the published code gets them, by passes over the stored parameters.
    ///
    /// `θ += ε z; L₊; θ -= 2ε z; L₋; θ += ε z`. Restores however it ends.
    func storedProbe(
        _ perturbation: Perturbation, clock: inout StepClock, loss: () throws -> Float
    ) throws -> (plus: Float, minus: Float) {
        func perturb(_ scale: Float) { clock.measure(\.perturbNanoseconds) { perturbation.add(scale) } }

        perturb(storedProbeScales[0])
        let lossPlus: Float
        do {
            lossPlus = try clock.measure(\.forwardNanoseconds) { try loss() }
        } catch {
            perturb(-perturbationScale)
            throw error
        }
        perturb(storedProbeScales[1])
        defer { perturb(storedProbeScales[2]) }
        let lossMinus = try clock.measure(\.forwardNanoseconds) { try loss() }
        return (lossPlus, lossMinus)
    }
}
