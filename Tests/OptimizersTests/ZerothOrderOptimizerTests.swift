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
        arguments: NoiseDistribution.allCases, [0, 2])
    func directionalDerivative(noise: NoiseDistribution, dropped: Int) throws {
        let model = try SmallModel(layerCount: 5)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(
                learningRate: 1e-4, perturbationScale: 0x1p-7, droppedLayerCount: dropped, noise: noise),
            arena: model.arena, noiseSeed: 17, team: oneThread)
        for number in 1...20 {
            let gradient = quadratic.gradient(model.values)
            let record = try optimizer.step(number: number) { quadratic.loss(model.arena) }
            let z = direction(record, noise: noise, model: model)
            let expected = zip(gradient, z).reduce(0) { $0 + $1.0 * $1.1 }
            // Float32 losses near 60 are 4e-6 apart, and divided by 2ε = 2^-6.
            #expect(abs(Double(record.projectedGradient) - expected) < 1e-3)
        }
    }

    @Test("averaged over seeds, g z approaches the gradient, and on layers that are dropped its kept share")
    func unbiased() throws {
        let model = try SmallModel(layerCount: 4, elementsPerTensor: 2)
        let start = model.values
        let gradient = quadratic.gradient(start)
        let squaredLength = gradient.reduce(0) { $0 + $1 * $1 }
        let stepCount = 40_000
        for dropped in [0, 3] {
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 0, perturbationScale: 0x1p-6, droppedLayerCount: dropped),
                arena: model.arena, noiseSeed: 23, team: oneThread)
            var sums = [Double](repeating: 0, count: start.count)
            for number in 1...stepCount {
                model.values = start
                let record = try optimizer.step(number: number) { quadratic.loss(model.arena) }
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
        let model = try SmallModel(layerCount: 3)
        let plain = try SmallModel(layerCount: 3)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 2e-3, perturbationScale: 1e-3, droppedLayerCount: 0, noise: noise),
            arena: model.arena, noiseSeed: 3, team: oneThread)
        for number in 1...10 {
            let record = try optimizer.step(number: number) { quadratic.loss(model.arena) }
            let g = mezoStep(
                plain, seed: SeedDerivation.stepSeed(step: number, noiseSeed: 3), noise: noise)
            #expect(record.projectedGradient.bitPattern == g.bitPattern)
            #expect(record.droppedLayers == [])
            #expect(model.bits == plain.bits)
        }
    }

    @Test("dropped layers keep their bits; the others move exactly as under MeZO with the same losses")
    func droppedLayersUntouched() throws {
        let lezo = try SmallModel(layerCount: 8)
        let mezo = try SmallModel(layerCount: 8)
        let start = lezo.bits
        let records = try [(lezo, 5), (mezo, 0)].map { model, dropped in
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: dropped),
                arena: model.arena, noiseSeed: 99, team: oneThread)
            var losses: [Float] = [0.7, 0.6]
            return try optimizer.step(number: 4) { losses.removeFirst() }
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

    @Test("any number of threads gives the same bits and records")
    func threads() throws {
        let runs = try [1, 2, 5].map { threadCount in
            let model = try SmallModel(layerCount: 4, elementsPerTensor: 100_003)
            let optimizer = try ZerothOrderOptimizer(
                settings: .init(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 2),
                arena: model.arena, noiseSeed: 8, team: ThreadTeam(threadCount: threadCount))
            let gradients = try (1...3).map { number in
                try optimizer.step(number: number) { quadratic.loss(model.arena) }.projectedGradient
            }
            return (model.bits, gradients, optimizer.restoreDrift(seed: 6))
        }
        for run in runs.dropFirst() {
            #expect(run.0 == runs[0].0)
            #expect(run.1 == runs[0].1)
            #expect(run.2 == runs[0].2)
        }
    }

    @Test("all layers can be dropped: only the always-tuned parameters move")
    func allDropped() throws {
        let model = try SmallModel(layerCount: 3)
        let start = model.bits
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 3),
            arena: model.arena, noiseSeed: 1, team: oneThread)
        let record = try optimizer.step(number: 1) { quadratic.loss(model.arena) }
        #expect(record.droppedLayers == [0, 1, 2])
        for layer in 0..<3 {
            for range in model.range(ofLayer: layer) { #expect(model.bits[range] == start[range]) }
        }
        #expect(model.bits != start)
    }

    @Test("times of all phases are measured")
    func times() throws {
        let model = try SmallModel(layerCount: 4, elementsPerTensor: 10_007)
        let optimizer = try ZerothOrderOptimizer(
            settings: .init(learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 2),
            arena: model.arena, noiseSeed: 8, team: oneThread)
        let times = try optimizer.step(number: 1) { quadratic.loss(model.arena) }.times
        #expect(times.selectNanoseconds > 0 && times.perturbNanoseconds > 0)
        #expect(times.forwardNanoseconds > 0 && times.updateNanoseconds > 0)
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
