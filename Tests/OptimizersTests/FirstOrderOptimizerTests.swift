import Foundation
import Kernels
import LanguageModels
import Optimizers
import Testing

/// One case of `Fixtures/optimizers.json`: settings, and the elements after each step as torch.optim has them.
struct GoldenTrajectory: Decodable, CustomTestStringConvertible {
    struct Fixture: Decodable {
        let start: [Float]
        let gradients: [[Float]]
        let cases: [GoldenTrajectory]

        static func read() throws -> Fixture {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            let data = try Data(contentsOf: folder.appending(path: "Fixtures/optimizers.json"))
            return try JSONDecoder().decode(Fixture.self, from: data)
        }
    }

    let name: String
    let rule: UpdateRule
    let learning_rate: Double
    let schedule: LearningRateDecay
    let warmup_steps: Int?
    let weight_decay: Double?
    let momentum: Double?
    let betas: [Double]?
    let epsilon: Double?
    let maximum_norm: Double?
    let parameters: [[Float]]
    let norms: [Double]
    let rates: [Double]

    var testDescription: String { name }

    var settings: FirstOrderSettings {
        FirstOrderSettings(
            rule: rule, learningRate: learning_rate, decay: schedule, warmupSteps: warmup_steps ?? 0,
            weightDecay: weight_decay ?? 0, momentum: momentum ?? 0, firstMomentDecay: betas?[0] ?? 0.9,
            secondMomentDecay: betas?[1] ?? 0.999, epsilon: epsilon ?? 1e-8,
            maximumGradientNorm: maximum_norm)
    }
}

@Suite("First-order optimizers")
struct FirstOrderOptimizerTests {
    private static let team = ThreadTeam(threadCount: 2)

    private func arena(_ values: [Float]) throws -> ParameterArena {
        let arena = try ParameterArena(
            layout: [
                ("layers.0.weight", [3, 7], .decoderLayer(0)), ("layers.0.bias", [5], .decoderLayer(0)),
            ],
            layerCount: 1)
        arena.base.update(from: values, count: values.count)
        return arena
    }

    @Test("every trajectory agrees with torch.optim", arguments: try GoldenTrajectory.Fixture.read().cases)
    func trajectories(golden: GoldenTrajectory) throws {
        let fixture = try GoldenTrajectory.Fixture.read()
        let arena = try arena(fixture.start)
        let optimizer = try FirstOrderOptimizer(
            settings: golden.settings, totalSteps: fixture.gradients.count, arena: arena, team: Self.team)
        for (index, values) in fixture.gradients.enumerated() {
            let record = try optimizer.step(number: index + 1) { gradient in
                for (element, value) in values.enumerated() { gradient.base[element] += value }
                return LossGradient(loss: 1, forwardNanoseconds: 2, backwardNanoseconds: 3)
            }
            #expect(abs(record.gradientNorm / golden.norms[index] - 1) < 1e-6)
            #expect(abs(record.learningRate - golden.rates[index]) < 1e-12)
            for (found, wanted) in zip(
                UnsafeBufferPointer(start: arena.base, count: arena.count), golden.parameters[index])
            {
                #expect(abs(found - wanted) <= 1e-6 * max(1, abs(wanted)))
            }
        }
        let floats = golden.rule == .sgd ? golden.momentum == nil ? 0 : 1 : 2
        #expect(optimizer.stateBytes == 4 * 26 * floats)
    }

    @Test("threads change no bit of a step", arguments: UpdateRule.allCases)
    func threads(rule: UpdateRule) throws {
        let bits = try [1, 2, 3].map { threadCount in
            // Matrices of more than one piece of work.
            let arena = try ParameterArena(
                layout: [
                    ("layers.0.weight", [3, 50_001], .decoderLayer(0)), ("norm", [70_000], .alwaysTuned),
                ],
                layerCount: 1)
            let optimizer = try FirstOrderOptimizer(
                settings: FirstOrderSettings(
                    rule: rule, learningRate: 0.01, weightDecay: 0.1, momentum: 0.9, maximumGradientNorm: 0.5),
                totalSteps: 4, arena: arena, team: ThreadTeam(threadCount: threadCount))
            for step in 1...3 {
                _ = try optimizer.step(number: step) { gradient in
                    for index in 0..<gradient.count {
                        gradient.base[index] = Float(index * step % 1009) * 1e-3 - 0.4
                    }
                    return LossGradient(loss: 1, forwardNanoseconds: 0, backwardNanoseconds: 0)
                }
            }
            return UnsafeBufferPointer(start: arena.base, count: arena.count).map(\.bitPattern)
        }
        #expect(bits[0] == bits[1] && bits[0] == bits[2])
    }

    @Test("a quadratic's loss falls, and only tuned parameters move", arguments: UpdateRule.allCases)
    func descent(rule: UpdateRule) throws {
        let model = try SmallModel(layerCount: 2)
        let start = model.values
        let optimizer = try FirstOrderOptimizer(
            settings: FirstOrderSettings(
                rule: rule, learningRate: 0.05, maximumGradientNorm: nil, tuned: .decoderLayers),
            totalSteps: 60, arena: model.arena, team: Self.team)
        let losses = try (1...60).map { try optimizer.step(number: $0, quadratic: Quadratic()).loss }
        let ranges = model.range(ofLayer: 0) + model.range(ofLayer: 1)
        for index in start.indices where !ranges.contains(where: { $0.contains(index) }) {
            #expect(model.values[index] == start[index])
        }
        let centre = Quadratic()
        let distances = [start, model.values].map { values in
            ranges.joined().reduce(0) { $0 + abs(Double(values[$1]) - centre.centre($1)) }
        }
        #expect(distances[1] < 0.5 * distances[0])
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test("a loss or gradient that is not finite stops before the update", arguments: [Float.nan, .infinity])
    func divergence(value: Float) throws {
        let model = try SmallModel(layerCount: 1)
        let start = model.bits
        let optimizer = try FirstOrderOptimizer(
            settings: FirstOrderSettings(rule: .adamW, learningRate: 0.1), totalSteps: 5, arena: model.arena,
            team: Self.team)
        #expect(throws: NonFiniteGradient.self) {
            try optimizer.step(number: 3) { _ in
                LossGradient(loss: value, forwardNanoseconds: 0, backwardNanoseconds: 0)
            }
        }
        #expect(throws: NonFiniteGradient.self) {
            try optimizer.step(number: 3) { gradient in
                gradient.base[7] = value
                return LossGradient(loss: 1, forwardNanoseconds: 0, backwardNanoseconds: 0)
            }
        }
        #expect(model.bits == start)
    }

    @Test("settings out of range are refused with their name")
    func settings() throws {
        let cases: [(String, WritableKeyPath<FirstOrderSettings, Double>, Double)] = [
            ("learning rate", \.learningRate, -1), ("learning rate", \.learningRate, .nan),
            ("weight decay", \.weightDecay, .infinity), ("momentum", \.momentum, 1),
            ("first moment decay", \.firstMomentDecay, 1), ("second moment decay", \.secondMomentDecay, -0.1),
            ("epsilon", \.epsilon, 0),
        ]
        for (name, path, value) in cases {
            var settings = FirstOrderSettings(rule: .adam, learningRate: 0.1)
            try settings.validate()
            settings[keyPath: path] = value
            let error = #expect(throws: OptimizerError.self) { try settings.validate() }
            #expect(error?.description.contains(name) == true)
        }
        var settings = FirstOrderSettings(rule: .sgd, learningRate: 0.1, maximumGradientNorm: 0)
        #expect(throws: OptimizerError.self) { try settings.validate() }
        settings.maximumGradientNorm = nil
        settings.warmupSteps = -1
        #expect(throws: OptimizerError.self) { try settings.validate() }
        let half = try SmallModel(layerCount: 1, format: .bfloat16)
        #expect(throws: LanguageModelError.self) {
            try FirstOrderOptimizer(
                settings: FirstOrderSettings(rule: .sgd, learningRate: 0.1), totalSteps: 1, arena: half.arena,
                team: Self.team)
        }
    }
}

extension FirstOrderOptimizer {
    /// One step on a quadratic, whose gradient is exact.
    @discardableResult
    fileprivate func step(number: Int, quadratic: Quadratic) throws -> FirstOrderStepRecord {
        try step(number: number) { gradient in
            let values = Array(UnsafeBufferPointer(start: arena.base, count: arena.count))
            for (index, slope) in quadratic.gradient(values).enumerated() {
                gradient.base[index] += Float(slope)
            }
            return LossGradient(loss: quadratic.loss(arena), forwardNanoseconds: 1, backwardNanoseconds: 1)
        }
    }
}
