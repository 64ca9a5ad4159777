import Foundation
import Kernels
import Optimizers
import RandomStreams
import Testing

@Suite("Replay")
struct ReplayTests {
    private let team = ThreadTeam(threadCount: 2)
    private let quadratic = Quadratic()
    private let settings = ZerothOrderSettings(
        learningRate: 3e-3, perturbationScale: 1e-3, droppedLayerCount: 3)

    @Test(
        "replaying the records gives training's bits at every step",
        arguments: NoiseDistribution.allCases, ExecutionPlan.allCases)
    func sameBits(noise: NoiseDistribution, plan: ExecutionPlan) throws {
        var settings = settings
        settings.noise = noise
        let (trained, optimizer) = try make(settings, plan)
        let (replayed, replayer) = try make(settings, plan)
        for number in 1...25 {
            let record = try optimizer.stepAndFlush(number: number) { quadratic.loss(trained.arena) }
            // As it comes back from a database or a pipe.
            let stored = try JSONDecoder().decode(StepRecord.self, from: JSONEncoder().encode(record))
            try replayer.replay(stored)
            #expect(replayed.bits == trained.bits, "step \(number)")
        }
    }

    @Test(
        "a trial stopped and resumed by replay ends with the bits of one that ran through",
        arguments: ExecutionPlan.allCases)
    func resume(plan: ExecutionPlan) throws {
        let (whole, optimizer) = try make(settings, plan)
        let records = try (1...12).map { number in
            try optimizer.stepAndFlush(number: number) { quadratic.loss(whole.arena) }
        }
        let (resumed, second) = try make(settings, plan)
        for record in records.prefix(7) { try second.replay(record) }
        for number in 8...12 {
            let record = try second.stepAndFlush(number: number) { quadratic.loss(resumed.arena) }
            #expect(record.projectedGradient == records[number - 1].projectedGradient)
        }
        #expect(resumed.bits == whole.bits)
    }

    @Test(
        "a record of another seed, layer draw, gradient or step is refused and nothing is changed",
        arguments: ExecutionPlan.allCases)
    func mismatch(plan: ExecutionPlan) throws {
        let (model, optimizer) = try make(settings, plan)
        let record = try optimizer.stepAndFlush(number: 2) { quadratic.loss(model.arena) }
        let before = model.bits
        var wrong = [
            ("seed", record), ("dropped layers", record), ("projected gradient", record), ("seed", record),
        ]
        wrong[0].1.seed ^= 1
        wrong[1].1.droppedLayers = Array(Set(0..<6).subtracting(record.droppedLayers)).sorted()
        wrong[2].1.projectedGradient = record.projectedGradient.nextUp
        wrong[3].1.step = 3
        for (field, record) in wrong {
            let error = #expect(throws: OptimizerError.self) { try optimizer.replay(record) }
            guard case .recordMismatch(_, let found, _, _) = error else {
                Issue.record("\(String(describing: error)) is not a mismatch")
                continue
            }
            #expect(found == field)
        }
        #expect(model.bits == before)
    }

    private func make(_ settings: ZerothOrderSettings, _ plan: ExecutionPlan) throws -> (
        SmallModel, ZerothOrderOptimizer
    ) {
        let model = try SmallModel(layerCount: 6)
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: plan, arena: model.arena, noiseSeed: 1_234, team: team)
        return (model, optimizer)
    }
}
