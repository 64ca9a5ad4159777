import Foundation
import Kernels
import LanguageModels
import Optimizers
import RandomStreams
import Testing

@Suite("Restore drift")
struct RestoreDriftTests {
    @Test(
        "is what perturbing and restoring all parameters at once would do, and leaves them alone",
        arguments: [0, 2], StorageFormat.allCases)
    func againstWholeCopy(dropped: Int, format: StorageFormat) throws {
        // More than one wave of chunks in the largest range.
        let model = try SmallModel(layerCount: 3, elementsPerTensor: 350_003, format: format)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: dropped),
            plan: .reference, arena: model.arena, noiseSeed: 2, team: ThreadTeam(threadCount: 2))
        let before = model.bits
        let drift = optimizer.restoreDrift(seed: 77)
        #expect(model.bits == before)

        let original = model.values
        let droppedLayers = LayerSelection(layerCount: 3, droppedCount: dropped).droppedLayers(stepSeed: 77)
        for scale: Float in [1e-3, -2e-3, 1e-3] {
            model.arena.add(
                scale, seed: 77, distribution: .gaussian,
                to: model.arena.activeRanges(droppedLayers: Set(droppedLayers)),
                team: ThreadTeam(threadCount: 1))
        }
        let changes = zip(model.values, original).map { Double($0) - Double($1) }
        let sumOfSquares = changes.reduce(0) { $0 + $1 * $1 }
        #expect(drift.maximumAbsolute == changes.map(abs).max())
        #expect(drift.changedShare == Double(changes.count { $0 != 0 }) / Double(changes.count))
        #expect(drift.maximumAbsolute > 0 && drift.changedShare > 0.1)
        let rootMeanSquare = (sumOfSquares / Double(changes.count)).squareRoot()
        #expect(abs(drift.rootMeanSquare - rootMeanSquare) < 1e-9 * rootMeanSquare)
        // Near 1 the spacing of bfloat16 is 2⁻⁷ and that of float16 2⁻¹⁰: beyond any drift of float32.
        if format != .float32 { #expect(drift.maximumAbsolute >= 0x1p-11) }
    }

    @Test("is nothing on the fused plan, which stores no perturbation")
    func fused() throws {
        let model = try SmallModel(layerCount: 3)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 0, perturbationScale: 1e-3, droppedLayerCount: 1),
            plan: .fused, arena: model.arena, noiseSeed: 2, team: ThreadTeam(threadCount: 2))
        let before = model.bits
        let drift = optimizer.restoreDrift(seed: 77)
        #expect(drift == RestoreDrift(maximumAbsolute: 0, rootMeanSquare: 0, changedShare: 0))
        // And a step without a learning rate shows it.
        try optimizer.stepAndFlush(number: 1) { Quadratic().loss(model.arena) }
        #expect(model.bits == before)
    }
}
