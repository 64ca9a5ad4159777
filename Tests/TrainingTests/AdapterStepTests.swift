import Kernels
import LanguageModels
import Optimizers
import RandomStreams
import Tasks
import Testing
import Training

/// Zeroth-order steps on adapters of a tiny model.
@Suite("Steps on adapters")
struct AdapterStepTests {
    static let adapters: [AdapterSettings] = [
        .lowRank(rank: 2, alpha: 4, projections: [.query, .value]), .prefix(tokens: 3),
    ]
    private static let team = ThreadTeam(threadCount: 2)

    private func optimizer(
        _ world: TinyWorld, _ adapters: AdapterSettings, dropped: Int, plan: ExecutionPlan,
        learningRate: Double
    ) throws -> ZerothOrderOptimizer {
        try ZerothOrderOptimizer(
            settings: ZerothOrderSettings(
                learningRate: learningRate, perturbationScale: 1e-2, droppedLayerCount: dropped,
                tuned: .adapters(adapters)),
            plan: plan, arena: world.model.tunedParameters, noiseSeed: 11, team: Self.team)
    }

    @Test(
        "an update is -η g z by the index among adapters, on those of active layers alone",
        arguments: adapters, ExecutionPlan.allCases)
    func update(adapters: AdapterSettings, plan: ExecutionPlan) throws {
        let world = try TinyWorld.sst2(examples: 24)
        let weights = world.model.parameters.digest()
        try world.model.attach(adapters, seed: 2)
        let arena = world.model.tunedParameters
        let start = (0..<arena.count).map { arena.base[$0] }
        let optimizer = try optimizer(world, adapters, dropped: 1, plan: plan, learningRate: 0.1)
        let losses = StepLoss(data: world.data, batchSize: 8, noiseSeed: 4)
        let record = try optimizer.step(number: 1, losses: losses.losses(step: 1, model: world.model))
        optimizer.flush()
        #expect(record.droppedLayers.count == 1 && record.projectedGradient != 0)
        let stream = NoiseStream(seed: record.seed, distribution: .gaussian)
        for parameter in arena.parameters {
            let isDropped = record.droppedLayers.contains { parameter.group == .decoderLayer($0) }
            for index in parameter.range {
                let change = Double(arena.base[index]) - Double(start[index])
                let expected =
                    isDropped
                    ? 0 : -0.1 * Double(record.projectedGradient) * Double(stream.value(at: UInt64(index)))
                #expect(abs(change - expected) <= 1e-5 * max(1, abs(expected)))
                if isDropped { #expect(arena.base[index] == start[index]) }
            }
        }
        #expect(world.model.parameters.digest() == weights)
    }

    @Test(
        "MeZO and LeZO make the loss of a batch smaller, at the best of three learning rates",
        arguments: adapters, [0, 1])
    func training(adapters: AdapterSettings, dropped: Int) throws {
        let ratios = try [0.01, 0.03, 0.06].map {
            try lossRatio(adapters, dropped: dropped, learningRate: $0)
        }
        print("loss ratios of \(adapters), \(dropped) dropped: \(ratios)")
        #expect((ratios.min() ?? 1) < 0.97)
    }

    /// The loss of one batch in the last of 300 steps on it, over that in the first.
    private func lossRatio(
        _ adapters: AdapterSettings, dropped: Int, learningRate: Double
    ) throws -> Float {
        let world = try TinyWorld.sst2(examples: 24)
        try world.model.attach(adapters, seed: 2)
        let optimizer = try optimizer(
            world, adapters, dropped: dropped, plan: .fused, learningRate: learningRate)
        let losses = StepLoss(
            batch: Array(world.data.train.prefix(8)),
            objective: try #require(Objective(kind: world.data.task.kind, training: .logLikelihood)))
        let values = try (1...300).map { step in
            let record = try optimizer.step(
                number: step, losses: losses.losses(step: step, model: world.model))
            return (record.lossPlus + record.lossMinus) / 2
        }
        return values.suffix(10).reduce(0, +) / values.prefix(10).reduce(0, +)
    }
}
