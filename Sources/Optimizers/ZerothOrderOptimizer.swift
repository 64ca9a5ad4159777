package import Kernels
package import LanguageModels
import RandomStreams

/// MeZO and LeZO.
///
/// One step, with `z` drawn from the step's seed and `z = 0` on the layers that it drops:
/// ```
/// L₊ = loss(θ + ε z);  L₋ = loss(θ - ε z);  g = (L₊ - L₋) / 2ε;  θ ← θ - η g z
/// ```
/// (Malladi et al. 2023, arXiv 2305.17333, algorithm 1; Wang et al. 2024, arXiv 2410.09823, algorithm 1.)
/// The plan says how the two losses are come by. A step is a pure function of the parameters, the settings, the plan,
/// the noise seed, the step's number and the losses: the same bits for any number of threads and any instruction set.
/// It uses no memory that grows with the model.
package final class ZerothOrderOptimizer {
    /// η, ε, dropped layers and the noise's distribution.
    package let settings: ZerothOrderSettings
    /// How steps are carried out.
    package let plan: ExecutionPlan
    /// The parameters.
    package let arena: ParameterArena
    let team: ThreadTeam
    /// ε as used.
    let perturbationScale: Float
    /// What 16-bit storage kept of all updates that were carried out, replayed ones included; 0 for float32.
    package internal(set) var updateLoss = UpdateLoss()
    /// The update of the last step, which the fused plan leaves to the next one.
    var pending: PendingUpdate?
    private let noiseSeed: UInt64
    private let selection: LayerSelection

    /// An optimizer of the parameters in `arena`.
    ///
    /// - Throws: ``OptimizerError/invalidSetting(name:value:requirement:)`` when a setting is out of range.
    package init(
        settings: ZerothOrderSettings, plan: ExecutionPlan, arena: ParameterArena, noiseSeed: UInt64,
        team: ThreadTeam
    ) throws {
        try settings.validate(layerCount: arena.layerCount)
        self.settings = settings
        self.plan = plan
        self.arena = arena
        self.noiseSeed = noiseSeed
        self.team = team
        selection = LayerSelection(layerCount: arena.layerCount, droppedCount: settings.droppedLayerCount)
        perturbationScale = Float(settings.perturbationScale)
    }

    /// Does one step and tells everything needed to replay it.
    ///
    /// On the fused plan the parameters hold the step's update only after the next step or ``flush()``.
    /// - Parameters:
    ///   - number: The step's number, from 1; with the noise seed it gives the step's seed.
    ///   - losses: The loss of the step's batch.
    /// - Throws: ``Diverged`` when the losses or `η g` are not finite, or what `losses` throws. In both cases the
    ///   perturbation has been taken back (up to rounding on the reference plan) and no update was made.
    package func step(number: Int, losses: StepLosses) throws -> StepRecord {
        var clock = StepClock()
        let seed = SeedDerivation.stepSeed(step: number, noiseSeed: noiseSeed)
        let (droppedLayers, activeRanges) = clock.measure(\.selectNanoseconds) { select(seed: seed) }
        let (lossPlus, lossMinus) =
            switch plan {
            case .reference:
                try storedProbe(perturbation(seed: seed, activeRanges), clock: &clock, loss: losses.present)
            case .fused:
                try fusedProbe(seed: seed, activeRanges, clock: &clock, losses: losses.probed)
            }

        let gradient = projectedGradient(lossPlus: lossPlus, lossMinus: lossMinus)
        let scale = updateScale(projectedGradient: gradient)
        guard lossPlus.isFinite, lossMinus.isFinite, gradient.isFinite, scale.isFinite else {
            throw Diverged(step: number, lossPlus: lossPlus, lossMinus: lossMinus)
        }
        let update = update(seed: seed, activeRanges, scale: scale)
        switch plan {
        case .reference: clock.measure(\.updateNanoseconds) { apply(update) }
        case .fused: pending = update
        }
        return StepRecord(
            step: number, seed: seed, lossPlus: lossPlus, lossMinus: lossMinus, projectedGradient: gradient,
            droppedLayers: droppedLayers, times: clock.times)
    }

    /// Carries out the update that the last step left, so that the parameters can be used: before an evaluation, a
    /// digest or the end.
    package func flush() {
        guard let update = pending else { return }
        pending = nil
        apply(update)
    }

    private func apply(_ update: PendingUpdate) {
        updateLoss.add(arena.apply(update, team: team), scale: update.scale)
    }

    /// Does to the parameters what the recorded step did, bit for bit, without computing losses.
    ///
    /// - Throws: ``OptimizerError/recordMismatch(step:field:recorded:expected:)`` when the record was made with
    ///   another seed, other layers or another ε; the parameters are then untouched.
    package func replay(_ record: StepRecord) throws {
        flush()
        let seed = SeedDerivation.stepSeed(step: record.step, noiseSeed: noiseSeed)
        let (droppedLayers, activeRanges) = select(seed: seed)
        try check(record, seed: seed, droppedLayers: droppedLayers)
        if plan == .reference {
            // The probes' passes round, so they are part of what training did to the parameters.
            let perturbation = perturbation(seed: seed, activeRanges)
            for scale in storedProbeScales { perturbation.add(scale) }
        }
        apply(
            update(seed: seed, activeRanges, scale: updateScale(projectedGradient: record.projectedGradient)))
    }

    /// The error that rounding adds to the parameters in each step of the reference plan.
    ///
    /// Measured by perturbing and restoring a copy of the parameters with the step's noise. None on the fused plan,
    /// which never stores a perturbation.
    /// The parameters stay untouched to the bit. Shares and means are over all elements of the arena; those of
    /// dropped layers count as unmoved. Independent of the number of threads.
    package func restoreDrift(seed: UInt64) -> RestoreDrift {
        switch plan {
        case .reference:
            DriftMeasurement(
                perturbation: perturbation(seed: seed, select(seed: seed).activeRanges),
                scales: storedProbeScales
            ).run()
        case .fused:
            RestoreDrift(maximumAbsolute: 0, rootMeanSquare: 0, changedShare: 0)
        }
    }

    private func select(seed: UInt64) -> (droppedLayers: [Int], activeRanges: [Range<Int>]) {
        let droppedLayers = selection.droppedLayers(stepSeed: seed)
        let ranges = arena.activeRanges(
            droppedLayers: Set(droppedLayers), includingAlwaysTuned: settings.tuned.includesAlwaysTuned)
        return (droppedLayers, ranges)
    }

    private func perturbation(seed: UInt64, _ activeRanges: [Range<Int>]) -> Perturbation {
        Perturbation(
            arena: arena, activeRanges: activeRanges, seed: seed, distribution: settings.noise, team: team)
    }

    private func update(seed: UInt64, _ activeRanges: [Range<Int>], scale: Float) -> PendingUpdate {
        PendingUpdate(
            seed: seed, scale: scale, distribution: settings.noise, activeRanges: activeRanges,
            rounding: settings.rounding)
    }

    /// g in float32, as the published code computes it.
    private func projectedGradient(lossPlus: Float, lossMinus: Float) -> Float {
        (lossPlus - lossMinus) / (2 * perturbationScale)
    }

    /// -η g, rounded once.
    private func updateScale(projectedGradient: Float) -> Float {
        Float(-settings.learningRate * Double(projectedGradient))
    }

    private func check(_ record: StepRecord, seed: UInt64, droppedLayers: [Int]) throws {
        func require<Value: Equatable>(_ recorded: Value, _ expected: Value, _ field: String) throws {
            guard recorded != expected else { return }
            throw OptimizerError.recordMismatch(
                step: record.step, field: field, recorded: "\(recorded)", expected: "\(expected)")
        }
        try require(record.seed, seed, "seed")
        try require(record.droppedLayers, droppedLayers, "dropped layers")
        let gradient = projectedGradient(lossPlus: record.lossPlus, lossMinus: record.lossMinus)
        try require(record.projectedGradient, gradient, "projected gradient")
    }
}
