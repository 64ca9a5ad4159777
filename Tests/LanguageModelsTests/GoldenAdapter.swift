import Foundation
import Kernels
import LanguageModels
import Testing

/// One case of `Fixtures/adapters.json`: a model with adapters, and what torch computed with them.
struct GoldenAdapter: CustomTestStringConvertible {
    private struct Settings: Decodable {
        let rank: Int?
        let alpha: Double?
        let projections: [AttentionProjection]?
        let pairs: Int?
    }

    private struct Case: Decodable {
        let name: String
        let settings: Settings
        let loss: Double
        let scores: [[Float]]
        let tensors: [GoldenModel.Tensor]
    }

    private struct Index: Decodable {
        struct Model: Decodable {
            let name: String
            let cases: [Case]
        }

        let models: [Model]
    }

    let name: String
    let settings: AdapterSettings
    /// The batch and its loss; the gradient in it is that of the model's own parameters.
    let batch: GoldenGradient
    let loss: Double
    let scores: [[Float]]
    let tensors: [GoldenModel.Tensor]

    private init(_ entry: Case, batch: GoldenGradient) throws {
        let settings = entry.settings
        if let pairs = settings.pairs {
            self.settings = .prefix(tokens: pairs)
        } else {
            self.settings = .lowRank(
                rank: try #require(settings.rank), alpha: try #require(settings.alpha),
                projections: try #require(settings.projections))
        }
        name = entry.name
        self.batch = batch
        loss = entry.loss
        scores = entry.scores
        tensors = entry.tensors
    }

    var testDescription: String { "\(batch.model.name), \(name)" }

    /// All cases of all models.
    static func all() throws -> [GoldenAdapter] {
        let data = try Data(contentsOf: GoldenModel.folder.appending(path: "adapters.json"))
        let batches = try GoldenGradient.all().filter { $0.lossName == "options" }
        return try JSONDecoder().decode(Index.self, from: data).models.flatMap { entry in
            let batch = try #require(batches.first { $0.model.name == entry.name })
            return try entry.cases.map { try GoldenAdapter($0, batch: batch) }
        }
    }

    /// All parameters of the adapters, and their gradients, layer by layer.
    func values() throws -> (parameters: [Float], gradient: [Float]) {
        let all = try GoldenModel.floats("\(batch.model.name).\(name).adapter.f32")
        return (Array(all[..<(all.count / 2)]), Array(all[(all.count / 2)...]))
    }

    /// The model with its adapters as torch had them.
    func model(threadCount: Int = 2) throws -> any CausalLanguageModel {
        let model = try batch.model.model(threadCount: threadCount)
        try model.attach(settings, seed: 1)
        let values = try values().parameters
        #expect(model.tunedParameters.count == values.count)
        model.tunedParameters.base.update(from: values, count: values.count)
        return model
    }

    /// The gradient of the adapters.
    func gradient(
        threadCount: Int = 2, retention: ActivationRetention = .kept
    ) throws -> (gradient: GradientArena, result: LossGradient) {
        let model = try model(threadCount: threadCount)
        let gradient = try GradientArena(of: model.tunedParameters)
        let result = try model.lossGradient(
            batch.sequences, retention: retention, into: gradient, loss: batch.scoredLoss)
        return (gradient, result)
    }
}
