import Foundation
import Kernels
import LanguageModels
import Optimizers
import RandomStreams
import Testing

private let oneThread = ThreadTeam(threadCount: 1)

@Suite("Zeroth-order optimizer")
struct ZerothOrderOptimizerTests {
    private let quadratic = Quadratic()

    @Test(
        "on a quadratic the projected gradient is the directional derivative along z",
        arguments: NoiseDistribution.allCases, ExecutionPlan.allCases)
    func directionalDerivative(noise: NoiseDistribution, plan: ExecutionPlan) throws {
        for dropped in [0, 2] { try checkDirectionalDerivative(noise: noise, plan: plan, dropped: dropped) }
    }

    private func checkDirectionalDerivative(
        noise: NoiseDistribution, plan: ExecutionPlan, dropped: Int
    ) throws {
        let model = try SmallModel(layerCount: 5)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(
                learningRate: 1e-4, perturbationScale: 0x1p-7, droppedLayerCount: dropped, noise: noise),
            plan: plan, arena: model.arena, noiseSeed: 17, team: oneThread)
        for number in 1...20 {
            let gradient = quadratic.gradient(model.values)
            let record = try optimizer.stepAndFlush(number: number) { quadratic.loss(model.arena) }
            let z = direction(record, noise: noise, model: model)
            let expected = zip(gradient, z).reduce(0) { $0 + $1.0 * $1.1 }
            // Float32 losses near 60 are 4e-6 apart, and divided by 2ε = 2^-6.
            #expect(abs(Double(record.projectedGradient) - expected) < 1e-3)
        }
    }

    @Test(
        "averaged over seeds, g z approaches the gradient, and on layers that are dropped its kept share",
        arguments: ExecutionPlan.allCases)
    func unbiased(plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 4, elementsPerTensor: 2)
        let start = model.values
        let gradient = quadratic.gradient(start)
        let squaredLength = gradient.reduce(0) { $0 + $1 * $1 }
        let stepCount = 40_000
        for dropped in [0, 3] {
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 0, perturbationScale: 0x1p-6, droppedLayerCount: dropped),
                plan: plan, arena: model.arena, noiseSeed: 23, team: oneThread)
            var sums = [Double](repeating: 0, count: start.count)
            for number in 1...stepCount {
                model.values = start
                let record = try optimizer.stepAndFlush(number: number) { quadratic.loss(model.arena) }
                let z = direction(record, noise: .gaussian, model: model)
                for index in sums.indices { sums[index] += Double(record.projectedGradient) * z[index] }
            }
            for parameter in model.arena.parameters {
                let keptShare = parameter.group == .alwaysTuned ? 1 : 1 - Double(dropped) / 4
                for index in parameter.range {
                    // An estimate's variance is at most |∇|² + ∇ᵢ² (Gaussian moments).
                    let deviation = (squaredLength + gradient[index] * gradient[index]).squareRoot()
                    let error = sums[index] / Double(stepCount) - keptShare * gradient[index]
                    #expect(abs(error) < 5 * deviation / Double(stepCount).squareRoot())
                }
            }
        }
    }

    @Test("with no dropped layer it is MeZO, bit for bit", arguments: NoiseDistribution.allCases)
    func isMeZO(noise: NoiseDistribution) throws {
        let plan = ExecutionPlan.reference
        let model = try SmallModel(layerCount: 3)
        let plain = try SmallModel(layerCount: 3)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 2e-3, perturbationScale: 1e-3, droppedLayerCount: 0, noise: noise),
            plan: plan, arena: model.arena, noiseSeed: 3, team: oneThread)
        for number in 1...10 {
            let record = try optimizer.stepAndFlush(number: number) { quadratic.loss(model.arena) }
            let g = mezoStep(
                plain, seed: SeedDerivation.stepSeed(step: number, noiseSeed: 3), noise: noise)
            #expect(record.projectedGradient.bitPattern == g.bitPattern)
            #expect(record.droppedLayers == [])
            #expect(model.bits == plain.bits)
        }
    }

    @Test(
        "dropped layers keep their bits; the others move exactly as under MeZO with the same losses",
        arguments: ExecutionPlan.allCases)
    func droppedLayersUntouched(plan: ExecutionPlan) throws {
        let lezo = try SmallModel(layerCount: 8)
        let mezo = try SmallModel(layerCount: 8)
        let start = lezo.bits
        let records = try [(lezo, 5), (mezo, 0)].map { model, dropped in
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: dropped),
                plan: plan, arena: model.arena, noiseSeed: 99, team: oneThread)
            var losses: [Float] = [0.7, 0.6]
            return try optimizer.stepAndFlush(number: 4) { losses.removeFirst() }
        }
        let dropped = Set(records[0].droppedLayers)
        #expect(dropped.count == 5)
        #expect(records[0].projectedGradient == records[1].projectedGradient)
        let (after, mezoAfter) = (lezo.bits, mezo.bits)
        for parameter in lezo.arena.parameters {
            let isDropped: Bool
            switch parameter.group {
            case .decoderLayer(let layer): isDropped = dropped.contains(layer)
            case .alwaysTuned: isDropped = false
            }
            let expected = isDropped ? start[parameter.range] : mezoAfter[parameter.range]
            #expect(after[parameter.range] == expected, "\(parameter.name)")
            if !isDropped { #expect(after[parameter.range] != start[parameter.range], "\(parameter.name)") }
        }
    }

    @Test("any number of threads gives the same bits and records", arguments: ExecutionPlan.allCases)
    func threads(plan: ExecutionPlan) throws {
        let runs = try [1, 2, 5].map { threadCount in
            let model = try SmallModel(layerCount: 4, elementsPerTensor: 100_003)
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 2),
                plan: plan, arena: model.arena, noiseSeed: 8, team: ThreadTeam(threadCount: threadCount))
            let gradients = try (1...3).map { number in
                try optimizer.stepAndFlush(number: number) { quadratic.loss(model.arena) }.projectedGradient
            }
            return (model.bits, gradients, optimizer.restoreDrift(seed: 6))
        }
        for run in runs.dropFirst() {
            #expect(run.0 == runs[0].0)
            #expect(run.1 == runs[0].1)
            #expect(run.2 == runs[0].2)
        }
    }

    @Test(
        "all layers can be dropped: only the always-tuned parameters move",
        arguments: ExecutionPlan.allCases)
    func allDropped(plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 3)
        let start = model.bits
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 3),
            plan: plan, arena: model.arena, noiseSeed: 1, team: oneThread)
        let record = try optimizer.stepAndFlush(number: 1) { quadratic.loss(model.arena) }
        #expect(record.droppedLayers == [0, 1, 2])
        for layer in 0..<3 {
            for range in model.range(ofLayer: layer) { #expect(model.bits[range] == start[range]) }
        }
        #expect(model.bits != start)
    }

    @Test("times of all phases are measured", arguments: ExecutionPlan.allCases)
    func times(plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 4, elementsPerTensor: 10_007)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 2),
            plan: plan, arena: model.arena, noiseSeed: 8, team: oneThread)
        let times = try optimizer.stepAndFlush(number: 1) { quadratic.loss(model.arena) }.times
        #expect(times.selectNanoseconds > 0 && times.perturbNanoseconds > 0)
        #expect(times.forwardNanoseconds > 0 && times.updateNanoseconds > 0)
    }

    @Test("both plans make the same update from the same losses")
    func plansAgree() throws {
        let updates = try ExecutionPlan.allCases.map { plan in
            let model = try SmallModel(layerCount: 4)
            let start = model.values
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-2, perturbationScale: 0x1p-10, droppedLayerCount: 2),
                plan: plan, arena: model.arena, noiseSeed: 7, team: oneThread)
            var losses: [Float] = [0.7, 0.6]
            let record = try optimizer.stepAndFlush(number: 3) { losses.removeFirst() }
            return (record.projectedGradient, zip(model.values, start).map { $0 - $1 })
        }
        #expect(updates[0].0 == updates[1].0)
        // The reference plan's passes to both sides and back round at values up to 2.
        #expect(zip(updates[0].1, updates[1].1).allSatisfy { abs($0 - $1) <= 4 * 0x1p-23 })
    }

    @Test("the fused plan leaves the update to the next step, and flushing in between changes no bit")
    func pendingUpdate() throws {
        let model = try SmallModel(layerCount: 4)
        let other = try SmallModel(layerCount: 4)
        let optimizers = try [model, other].map {
            try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 2),
                plan: .fused, arena: $0.arena, noiseSeed: 7, team: oneThread)
        }
        let start = model.bits
        for number in 1...5 {
            let before = model.bits
            let record = try optimizers[0].step(
                number: number, losses: .of(model.arena) { quadratic.loss(model.arena) })
            #expect(number > 1 || model.bits == before)
            let flushed = try optimizers[1].stepAndFlush(number: number) { quadratic.loss(other.arena) }
            #expect(record.projectedGradient.bitPattern == flushed.projectedGradient.bitPattern)
            #expect(model.bits != other.bits)
        }
        optimizers[0].flush()
        #expect(model.bits == other.bits && model.bits != start)
        optimizers[0].flush()
        #expect(model.bits == other.bits)
    }

    @Test("with decoder layers alone tuned, nothing else moves", arguments: ExecutionPlan.allCases)
    func decoderLayersAlone(plan: ExecutionPlan) throws {
        let model = try SmallModel(layerCount: 3)
        let start = model.bits
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(
                learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 1, tuned: .decoderLayers),
            plan: plan, arena: model.arena, noiseSeed: 1, team: oneThread)
        let record = try optimizer.stepAndFlush(number: 1) { quadratic.loss(model.arena) }
        for parameter in model.arena.parameters {
            switch parameter.group {
            case .decoderLayer(let layer) where !record.droppedLayers.contains(layer):
                #expect(model.bits[parameter.range] != start[parameter.range], "\(parameter.name)")
            case .alwaysTuned, .decoderLayer:
                #expect(model.bits[parameter.range] == start[parameter.range], "\(parameter.name)")
            }
        }
    }

    /// z of a step, with zeros on its dropped layers.
    private func direction(_ record: StepRecord, noise: NoiseDistribution, model: SmallModel) -> [Double] {
        let stream = NoiseStream(seed: record.seed, distribution: noise)
        var z = (0..<model.arena.count).map { Double(stream.value(at: UInt64($0))) }
        for layer in record.droppedLayers {
            for range in model.range(ofLayer: layer) { for index in range { z[index] = 0 } }
        }
        return z
    }

    /// One step of MeZO's algorithm 1 written out element by element; returns g.
    private func mezoStep(_ model: SmallModel, seed: UInt64, noise: NoiseDistribution) -> Float {
        let stream = NoiseStream(seed: seed, distribution: noise)
        func move(_ scale: Float) {
            model.values = model.values.enumerated().map {
                fmaf(scale, stream.value(at: UInt64($0.offset)), $0.element)
            }
        }
        let epsilon: Float = 1e-3
        move(epsilon)
        let plus = quadratic.loss(model.arena)
        move(-2 * epsilon)
        let minus = quadratic.loss(model.arena)
        move(epsilon)
        let g = (plus - minus) / (2 * epsilon)
        move(Float(-2e-3 * Double(g)))
        return g
    }
}
