import LanguageModels

extension ZerothOrderOptimizer {
    /// The losses on both sides from one pass over the active parameters, which also carries out the update of the
    /// step before; no perturbation is stored.
    ///
    /// Perturb and update get the time that threads spent in drawing and adding noise, the mean over threads; forward
    /// gets the rest of the pass.
    func fusedProbe(
        seed: UInt64, _ activeRanges: [Range<Int>], clock: inout StepClock,
        losses: (ParameterProbe, PendingUpdate?) throws -> ProbedLosses
    ) throws -> (plus: Float, minus: Float) {
        let probe = ParameterProbe(
            seed: seed, perturbationScale: perturbationScale, distribution: settings.noise,
            activeRanges: activeRanges)
        let update = pending
        // Whether the pass succeeds or throws, it has carried out the update.
        pending = nil
        let probed = try clock.measure(\.forwardNanoseconds) { try losses(probe, update) }
        if let update { updateLoss.add(probed.updateTally, scale: update.scale) }
        clock.move(probed.perturbNanoseconds, from: \.forwardNanoseconds, to: \.perturbNanoseconds)
        clock.move(probed.updateNanoseconds, from: \.forwardNanoseconds, to: \.updateNanoseconds)
        return (probed.plus, probed.minus)
    }
}
