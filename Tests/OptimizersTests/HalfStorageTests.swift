import Foundation
import Kernels
import LanguageModels
import Optimizers
import RandomStreams
import Testing

/// One way to hold and change parameters in 16 bits.
private struct Choice: CustomTestStringConvertible {
    let format: StorageFormat
    let rounding: UpdateRounding
    let plan: ExecutionPlan

    static let all = [StorageFormat.bfloat16, .float16].flatMap { format in
        UpdateRounding.allCases.flatMap { rounding in
            ExecutionPlan.allCases.map { Choice(format: format, rounding: rounding, plan: $0) }
        }
    }

    var testDescription: String { "\(format.rawValue), \(rounding.rawValue), \(plan.rawValue)" }

    func make(
        learningRate: Double, threadCount: Int = 2, elementsPerTensor: Int = 77
    ) throws -> (model: SmallModel, optimizer: ZerothOrderOptimizer) {
        let model = try SmallModel(
            layerCount: 6, elementsPerTensor: elementsPerTensor, format: format)
        let settings = ZerothOrderSettings(
            learningRate: learningRate, perturbationScale: 1e-2, droppedLayerCount: 3, rounding: rounding)
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: plan, arena: model.arena, noiseSeed: 1_234,
            team: ThreadTeam(threadCount: threadCount))
        return (model, optimizer)
    }
}

@Suite("Optimizing 16-bit parameters")
struct HalfStorageTests {
    private let quadratic = Quadratic()

    @Test("replaying the records gives training's bits and lost updates at every step", arguments: Choice.all)
    private func replay(choice: Choice) throws {
        let (trained, optimizer) = try choice.make(learningRate: 3e-4)
        let (replayed, replayer) = try choice.make(learningRate: 3e-4, threadCount: 1)
        let start = trained.bits
        for number in 1...25 {
            let record = try optimizer.step(number: number, losses: quadratic.losses(trained.arena))
            // Only now and then, so that most updates are carried out by the next step's pass.
            if number % 5 == 0 { optimizer.flush() }
            try replayer.replay(
                try JSONDecoder().decode(StepRecord.self, from: JSONEncoder().encode(record)))
            guard number % 5 == 0 else { continue }
            #expect(replayed.bits == trained.bits, "step \(number)")
            #expect(replayer.updateLoss == optimizer.updateLoss, "step \(number)")
        }
        let loss = optimizer.updateLoss
        #expect(trained.bits != start)
        #expect(loss.updateCount > 25 * 77 * 10)
        #expect(loss.lostCount > 0 && loss.lostShare < 1 && loss.relativeError > 0)
    }

    @Test("any number of threads gives the same bits and the same lost updates", arguments: Choice.all)
    private func threads(choice: Choice) throws {
        let runs = try [1, 2, 5].map { threadCount in
            let (model, optimizer) = try choice.make(
                learningRate: 1e-6, threadCount: threadCount, elementsPerTensor: 30_011)
            for number in 1...3 {
                _ = try optimizer.step(number: number, losses: quadratic.losses(model.arena))
            }
            optimizer.flush()
            return (model.bits, optimizer.updateLoss, optimizer.restoreDrift(seed: 6))
        }
        for run in runs.dropFirst() {
            #expect(run.0 == runs[0].0)
            #expect(run.1 == runs[0].1)
            #expect(run.2 == runs[0].2)
        }
    }

    @Test(
        "a fused step without a learning rate leaves every bit, while the reference plan's passes leave their drift",
        arguments: Choice.all)
    private func storedPerturbation(choice: Choice) throws {
        let (model, optimizer) = try choice.make(learningRate: 0)
        let before = model.values
        let record = try optimizer.step(number: 1, losses: quadratic.losses(model.arena))
        optimizer.flush()
        let changed = zip(model.values, before).count { $0 != $1 }
        switch choice.plan {
        case .fused: #expect(changed == 0)
        case .reference:
            // The drift that was measured is the one that happens.
            let (_, twin) = try choice.make(learningRate: 0)
            let drift = twin.restoreDrift(seed: record.seed)
            #expect(changed > 0 && drift.changedShare == Double(changed) / Double(before.count))
        }
    }

    @Test("a tiny learning rate is lost to nearest, while under stochastic rounding the loss goes down")
    func lostUpdates() throws {
        var losses: [UpdateRounding: Float] = [:]
        for rounding in UpdateRounding.allCases {
            let choice = Choice(format: .bfloat16, rounding: rounding, plan: .fused)
            let (model, optimizer) = try choice.make(learningRate: 2e-6, elementsPerTensor: 300)
            let before = model.values
            let start = quadratic.loss(model.arena)
            for number in 1...1_500 {
                _ = try optimizer.step(number: number, losses: quadratic.losses(model.arena))
            }
            optimizer.flush()
            losses[rounding] = quadratic.loss(model.arena) - start
            let loss = optimizer.updateLoss
            switch rounding {
            case .nearest:
                // Some of a thousand million updates are of elements near 0, whose neighbours are near.
                #expect(loss.lostShare > 0.999 && loss.relativeError > 0.9)
                #expect(zip(model.values, before).count { $0 != $1 } < before.count / 20)
            case .stochastic:
                #expect(loss.lostShare > 0.9 && loss.lostShare < 1)
            }
        }
        let (nearest, stochastic) = (losses[.nearest] ?? .nan, losses[.stochastic] ?? .nan)
        #expect(stochastic < -1 && stochastic < 10 * nearest, "\(nearest), \(stochastic)")
    }

    @Test("with float32 storage nothing is counted")
    func float32() throws {
        let choice = Choice(format: .float32, rounding: .stochastic, plan: .reference)
        let (model, optimizer) = try choice.make(learningRate: 1e-3)
        _ = try optimizer.step(number: 1, losses: quadratic.losses(model.arena))
        #expect(optimizer.updateLoss == UpdateLoss())
    }
}
