import Foundation
import Kernels
import LanguageModels
import Testing

/// One case of `Fixtures/gradients.json`: a batch, its loss and what torch's autograd computed.
struct GoldenGradient: CustomTestStringConvertible {
    struct Example: Decodable {
        let options: Int
        let gold: Int
    }

    private struct Case: Decodable {
        let name: String
        let sequences: [[Int32]]
        let scored: [Int]
        let examples: [Example]
        let loss: Double
    }

    private struct Model: Decodable {
        let name: String
        let cases: [Case]
    }

    private struct Index: Decodable {
        let models: [Model]
    }

    let model: GoldenModel
    let lossName: String
    let sequences: [ScoredSequence]
    let examples: [Example]
    let loss: Double

    private init(_ entry: Case, model: GoldenModel) {
        self.model = model
        lossName = entry.name
        sequences = zip(entry.sequences, entry.scored).map { ScoredSequence(tokens: $0, scoredCount: $1) }
        examples = entry.examples
        loss = entry.loss
    }

    var testDescription: String { "\(model.name), \(lossName)" }

    /// All cases of all models.
    static func all() throws -> [GoldenGradient] {
        let data = try Data(contentsOf: GoldenModel.folder.appending(path: "gradients.json"))
        let models = try GoldenModel.all()
        return try JSONDecoder().decode(Index.self, from: data).models.flatMap { entry in
            let model = try #require(models.first { $0.name == entry.name })
            return entry.cases.map { GoldenGradient($0, model: model) }
        }
    }

    /// The expected gradient of each parameter, by its name.
    func expected() throws -> [String: [Float]] {
        let values = try GoldenModel.floats("\(model.name).\(lossName).gradient.f32")
        var offset = 0
        var gradients: [String: [Float]] = [:]
        for tensor in model.tensors {
            let count = tensor.shape.reduce(1, *)
            gradients[tensor.name] = Array(values[offset..<offset + count])
            offset += count
        }
        #expect(offset == values.count)
        return gradients
    }

    /// The case's loss with its derivatives, in double precision.
    func scoredLoss(_ scores: [[Float]]) -> ScoredLoss {
        guard !examples.isEmpty else {
            let count = Double(scores.reduce(0) { $0 + $1.count })
            let total = scores.joined().reduce(0) { $0 + Double($1) }
            return ScoredLoss(
                value: Float(-total / count),
                derivatives: scores.map { $0.map { _ in Float(-1 / count) } })
        }
        let means = scores.map { $0.reduce(0) { $0 + Double($1) } / Double($0.count) }
        var derivatives: [[Float]] = []
        var total = 0.0
        for example in examples {
            let first = derivatives.count
            let own = means[first..<first + example.options]
            let sum = own.reduce(0) { $0 + exp($1) }
            total += log(sum) - own[first + example.gold]
            for option in 0..<example.options {
                let share = exp(own[first + option]) / sum - (option == example.gold ? 1 : 0)
                let count = scores[first + option].count
                derivatives.append(
                    [Float](
                        repeating: Float(share / Double(count) / Double(examples.count)), count: count))
            }
        }
        return ScoredLoss(value: Float(total / Double(examples.count)), derivatives: derivatives)
    }

    /// The gradient as this package computes it.
    func computed(
        threadCount: Int = 2, retention: ActivationRetention = .kept
    ) throws -> (gradient: GradientArena, result: LossGradient) {
        let model = try self.model.model(threadCount: threadCount)
        let gradient = try GradientArena(of: model.parameters)
        let result = try model.lossGradient(
            sequences, retention: retention, into: gradient, loss: scoredLoss)
        return (gradient, result)
    }
}

extension GradientArena {
    /// The bits of all elements.
    var bits: [UInt32] { UnsafeBufferPointer(start: base, count: count).map(\.bitPattern) }

    /// All elements.
    var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
