import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import RandomStreams
import Testing

/// The estimator on a real, if tiny, language model: not only on a quadratic.
@Suite("Gradient estimate on a tiny model")
struct GradientEstimateSlowTests {
    private static let tokens: [Int32] = [0, 3, 7, 1, 9, 4]

    private static func makeModel() throws -> any CausalLanguageModel {
        let configuration = ModelConfiguration(
            family: .opt, vocabularySize: 12, hiddenSize: 8, feedForwardSize: 8, layerCount: 2, headCount: 2,
            keyValueHeadCount: 2, maximumPositions: 8, embeddingSize: 8)
        let model = try ModelLoading.random(
            configuration: configuration, seed: 3, team: ThreadTeam(threadCount: 1))
        // Official initial weights (σ = 0.02) make a model this small almost flat; a larger scale gives it slopes.
        for index in 0..<model.parameters.count { model.parameters.base[index] *= 10 }
        return model
    }

    private static let batch = [ScoredSequence(tokens: tokens, scoredCount: tokens.count - 1)]

    private static func loss(_ model: any CausalLanguageModel) throws -> Float {
        mean(try model.scoredLogProbabilities(batch, layout: .reference))
    }

    private static func mean(_ values: [[Float]]) -> Float {
        let all = values.flatMap { $0 }
        return -all.reduce(0, +) / Float(all.count)
    }

    private static func losses(_ model: any CausalLanguageModel) -> StepLosses {
        StepLosses(present: { try loss(model) }) { probe, pending in
            let scores = try model.probedLogProbabilities(batch, probe: probe, after: pending)
            return ProbedLosses(plus: mean(scores.plus), minus: mean(scores.minus))
        }
    }

    /// Central differences, one coordinate at a time.
    private static func gradient(of model: any CausalLanguageModel) throws -> [Double] {
        let step: Float = 4e-3
        return try (0..<model.parameters.count).map { index in
            let value = model.parameters.base[index]
            defer { model.parameters.base[index] = value }
            model.parameters.base[index] = value + step
            let plus = try Double(loss(model))
            model.parameters.base[index] = value - step
            let minus = try Double(loss(model))
            return (plus - minus) / (2 * Double(step))
        }
    }

    @Test(
        "averaged over seeds, g z comes to the gradient that finite differences give, coordinate by coordinate"
    )
    func approachesGradient() throws {
        let model = try Self.makeModel()
        let count = model.parameters.count
        let gradient = try Self.gradient(of: model)
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(norm > 0.1)

        let settings = ZerothOrderSettings(learningRate: 0, perturbationScale: 1e-3, droppedLayerCount: 0)
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: .fused, arena: model.parameters, noiseSeed: 5,
            team: ThreadTeam(threadCount: 1))
        let draws = 20_000
        var mean = [Double](repeating: 0, count: count)
        for draw in 1...draws {
            let record = try optimizer.step(number: draw, losses: Self.losses(model))
            let stream = NoiseStream(seed: record.seed, distribution: .gaussian)
            for index in 0..<count {
                mean[index] +=
                    Double(record.projectedGradient * stream.value(at: UInt64(index))) / Double(draws)
            }
        }
        // g z has covariance |∇L|² I + ∇L ∇Lᵀ, so a coordinate's mean has a deviation of at most √2 |∇L| / √draws.
        let deviation = (2.0 / Double(draws)).squareRoot() * norm
        for index in 0..<count {
            #expect(abs(mean[index] - gradient[index]) < 5.5 * deviation, "coordinate \(index)")
        }
        let product = zip(mean, gradient).reduce(0) { $0 + $1.0 * $1.1 }
        let meanNorm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // With d coordinates the expected cosine is 1 / √(1 + (d + 1) / draws).
        #expect(product / (norm * meanNorm) > 0.97)
    }

    @Test("with dropped layers, g z is zero on them and comes to the gradient on the rest")
    func droppedLayersHaveNoEstimate() throws {
        let model = try Self.makeModel()
        let settings = ZerothOrderSettings(learningRate: 1e-2, perturbationScale: 1e-3, droppedLayerCount: 2)
        let optimizer = try ZerothOrderOptimizer(
            settings: settings, plan: .fused, arena: model.parameters, noiseSeed: 5,
            team: ThreadTeam(threadCount: 1))
        let layerParameters = model.parameters.parameters.filter { $0.group != .alwaysTuned }
        let before = layerParameters.map { Array(model.parameters.elements(of: $0)).map(\.bitPattern) }
        for draw in 1...50 { _ = try optimizer.step(number: draw, losses: Self.losses(model)) }
        let after = layerParameters.map { Array(model.parameters.elements(of: $0)).map(\.bitPattern) }
        #expect(before == after)
    }
}
