package import Kernels
package import LanguageModels
import RandomStreams

/// MeZO and LeZO in the reference plan: passes exactly as the papers' cost model counts them.
///
/// One step, with `z` drawn from the step's seed and `z = 0` on the layers that it drops:
/// ```
/// θ ← θ + ε z;  L₊ = loss(θ);  θ ← θ - 2ε z;  L₋ = loss(θ);  θ ← θ + ε z
/// g = (L₊ - L₋) / 2ε;  θ ← θ - η g z
/// ```
/// (Malladi et al. 2023, arXiv 2305.17333, algorithm 1; Wang et al. 2024, arXiv 2410.09823, algorithm 1.)
/// A step is a pure function of the parameters, the settings, the noise seed, the step's number and the losses:
/// the same bits for any number of threads and any instruction set. It uses no memory that grows with the model.
package final class ZerothOrderOptimizer {
    /// η, ε, dropped layers and the noise's distribution.
    package let settings: ZerothOrderSettings
    private let arena: ParameterArena
    private let noiseSeed: UInt64
    private let team: ThreadTeam
    private let selection: LayerSelection
    /// ε as used.
    private let perturbationScale: Float

    /// An optimizer of the parameters in `arena`.
    ///
    /// - Throws: ``OptimizerError/invalidSetting(name:value:requirement:)`` when a setting is out of range.
    package init(
        settings: ZerothOrderSettings, arena: ParameterArena, noiseSeed: UInt64, team: ThreadTeam
    ) throws {
        try settings.validate(layerCount: arena.layerCount)
        self.settings = settings
        self.arena = arena
        self.noiseSeed = noiseSeed
        self.team = team
        selection = LayerSelection(layerCount: arena.layerCount, droppedCount: settings.droppedLayerCount)
        perturbationScale = Float(settings.perturbationScale)
    }

    /// Does one step and tells everything needed to replay it.
    ///
    /// - Parameters:
    ///   - number: The step's number, from 1; with the noise seed it gives the step's seed.
    ///   - loss: The loss of the step's batch at the present parameters; called twice.
    /// - Throws: ``Diverged`` when the losses or `η g` are not finite, or what `loss` throws. In both cases the
    ///   perturbation has been taken back, up to rounding, and no update was made.
    package func step(number: Int, loss: () throws -> Float) throws -> StepRecord {
        var clock = StepClock()
        let seed = SeedDerivation.stepSeed(step: number, noiseSeed: noiseSeed)
        let (droppedLayers, perturbation) = clock.measure(\.selectNanoseconds) { select(seed: seed) }
        let (lossPlus, lossMinus) = try probe(perturbation, clock: &clock, loss: loss)

        let gradient = projectedGradient(lossPlus: lossPlus, lossMinus: lossMinus)
        let scale = updateScale(projectedGradient: gradient)
        guard lossPlus.isFinite, lossMinus.isFinite, gradient.isFinite, scale.isFinite else {
            throw Diverged(step: number, lossPlus: lossPlus, lossMinus: lossMinus)
        }
        clock.measure(\.updateNanoseconds) { perturbation.add(scale) }
        return StepRecord(
            step: number, seed: seed, lossPlus: lossPlus, lossMinus: lossMinus, projectedGradient: gradient,
            droppedLayers: droppedLayers, times: clock.times)
    }

    /// Does to the parameters what the recorded step did, bit for bit, without computing losses.
    ///
    /// - Throws: ``OptimizerError/recordMismatch(step:field:recorded:expected:)`` when the record was made with
    ///   another seed, other layers or another ε; the parameters are then untouched.
    package func replay(_ record: StepRecord) throws {
        let seed = SeedDerivation.stepSeed(step: record.step, noiseSeed: noiseSeed)
        let (droppedLayers, perturbation) = select(seed: seed)
        try check(record, seed: seed, droppedLayers: droppedLayers)
        // The probes' passes round, so they are part of what training did to the parameters.
        perturbation.add(perturbationScale)
        perturbation.add(-2 * perturbationScale)
        perturbation.add(perturbationScale)
        perturbation.add(updateScale(projectedGradient: record.projectedGradient))
    }

    /// Measures how far a perturbation with this step seed and its restoration would move the parameters.
    ///
    /// The parameters stay untouched to the bit. Shares and means are over all elements of the arena; those of
    /// dropped layers count as unmoved. Independent of the number of threads.
    package func restoreDrift(seed: UInt64) -> RestoreDrift {
        let (_, perturbation) = select(seed: seed)
        return DriftMeasurement(perturbation: perturbation, perturbationScale: perturbationScale).run()
    }

    private func select(seed: UInt64) -> (droppedLayers: [Int], perturbation: Perturbation) {
        let droppedLayers = selection.droppedLayers(stepSeed: seed)
        let ranges = arena.activeRanges(droppedLayers: Set(droppedLayers))
        return (
            droppedLayers,
            Perturbation(
                arena: arena, activeRanges: ranges, seed: seed, distribution: settings.noise, team: team)
        )
    }

    /// The losses on both sides; perturbs, and restores however it ends.
    private func probe(
        _ perturbation: Perturbation, clock: inout StepClock, loss: () throws -> Float
    ) throws -> (plus: Float, minus: Float) {
        func perturb(_ scale: Float) { clock.measure(\.perturbNanoseconds) { perturbation.add(scale) } }

        perturb(perturbationScale)
        let lossPlus: Float
        do {
            lossPlus = try clock.measure(\.forwardNanoseconds) { try loss() }
        } catch {
            perturb(-perturbationScale)
            throw error
        }
        perturb(-2 * perturbationScale)
        defer { perturb(perturbationScale) }
        let lossMinus = try clock.measure(\.forwardNanoseconds) { try loss() }
        return (lossPlus, lossMinus)
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
