import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Testing
import Training

/// A few steps of AdamW on the head alone, as torch takes them (`make_head_goldens.py` of the language models' tests).
struct GoldenHead: CustomTestStringConvertible {
    private struct Sizes: Decodable {
        let model_type: String
        let vocab_size, hidden_size, ffn_dim, num_hidden_layers, num_attention_heads: Int
        let num_key_value_heads, max_position_embeddings, word_embed_proj_dim: Int
        let do_layer_norm_before, tie_word_embeddings: Bool
        let norm_epsilon, rope_theta: Float

        var configuration: ModelConfiguration {
            ModelConfiguration(
                family: model_type == "opt" ? .opt : .llama, vocabularySize: vocab_size,
                hiddenSize: hidden_size, feedForwardSize: ffn_dim, layerCount: num_hidden_layers,
                headCount: num_attention_heads, keyValueHeadCount: num_key_value_heads,
                maximumPositions: max_position_embeddings, embeddingSize: word_embed_proj_dim,
                normalizesBefore: do_layer_norm_before, normEpsilon: norm_epsilon, rotaryBase: rope_theta,
                tiesEmbeddings: tie_word_embeddings)
        }
    }

    private struct Tensor: Decodable {
        let name: String
        let shape: [Int]
    }

    private struct Case: Decodable {
        let name: String
        var head: String?
        var losses: [Double]?
        var norms: [Double]?
        var sequences: [[Int32]]?
        var scored: [Int]?
    }

    private struct Entry: Decodable {
        let name: String
        var config: Sizes?
        var tensors: [Tensor]?
        var cases: [Case]?
    }

    private struct Index: Decodable {
        var learning_rate: Double?
        let models: [Entry]
    }

    let name: String
    let learningRate: Double
    let headName: String
    let losses: [Double]
    let norms: [Double]
    let sequences: [ScoredSequence]
    private let configuration: ModelConfiguration
    private let tensors: [Tensor]

    var testDescription: String { name }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "LanguageModelsTests/Fixtures")

    private static func index(_ file: String) throws -> Index {
        try JSONDecoder().decode(Index.self, from: Data(contentsOf: folder.appending(path: file)))
    }

    private static func floats(_ file: String) throws -> [Float] {
        let data = try Data(contentsOf: folder.appending(path: file))
        return [Float](unsafeUninitializedCapacity: data.count / 4) { buffer, count in
            count = data.copyBytes(to: buffer) / 4
        }
    }

    /// The steps on all answer tokens of a batch, for every model.
    static func all() throws -> [GoldenHead] {
        let heads = try index("heads.json")
        let models = try index("models.json").models
        let batches = try index("gradients.json").models
        return try heads.models.map { entry in
            func answers(_ entry: Entry?) throws -> Case {
                try #require(entry?.cases?.first { $0.name == "answers" })
            }
            let model = try #require(models.first { $0.name == entry.name })
            let steps = try answers(entry)
            let batch = try answers(batches.first { $0.name == entry.name })
            return GoldenHead(
                name: entry.name, learningRate: try #require(heads.learning_rate),
                headName: try #require(steps.head), losses: try #require(steps.losses),
                norms: try #require(steps.norms),
                sequences: zip(try #require(batch.sequences), try #require(batch.scored))
                    .map { ScoredSequence(tokens: $0, scoredCount: $1) },
                configuration: try #require(model.config).configuration,
                tensors: try #require(model.tensors))
        }
    }

    /// The model with the weights of the fixture.
    func model() throws -> any CausalLanguageModel {
        let model = try ModelLoading.random(
            configuration: configuration, seed: 1, team: ThreadTeam(threadCount: 2))
        var rest = try Self.floats("\(name).f32")[...]
        for tensor in tensors {
            let parameter = try #require(model.parameters.parameter(named: tensor.name))
            _ = model.parameters.elements(of: parameter).update(from: rest.prefix(parameter.range.count))
            rest = rest.dropFirst(parameter.range.count)
        }
        #expect(rest.isEmpty)
        return model
    }

    /// The head after the last step.
    func finalHead() throws -> [Float] {
        let values = try Self.floats("\(name).answers.head.f32")
        return Array(values[(values.count / 2)...])
    }
}

@Suite("Tuning the head alone")
struct HeadTuningTests {
    private static let team = ThreadTeam(threadCount: 2)

    private static func meanLoss(_ scores: [[Float]]) -> ScoredLoss {
        let count = Double(scores.reduce(0) { $0 + $1.count })
        let total = scores.joined().reduce(0) { $0 + Double($1) }
        return ScoredLoss(
            value: Float(-total / count), derivatives: scores.map { $0.map { _ in Float(-1 / count) } })
    }

    @Test("steps of AdamW are torch's, and nothing but the head moves", arguments: try GoldenHead.all())
    func steps(golden: GoldenHead) throws {
        let model = try golden.model()
        let head = model.headWeight
        #expect(head.name == golden.headName)
        let start = Array(UnsafeBufferPointer(start: model.parameters.base, count: model.parameters.count))
        let optimizer = try FirstOrderOptimizer(
            settings: FirstOrderSettings(rule: .adamW, learningRate: golden.learningRate, tuned: .head),
            totalSteps: golden.losses.count, arena: model.parameters, head: head, team: Self.team)
        #expect(optimizer.gradient.bytes == 4 * head.range.count)
        #expect(optimizer.stateBytes == 2 * 4 * head.range.count)
        for (index, loss) in golden.losses.enumerated() {
            let record = try optimizer.step(number: index + 1) { gradient in
                try model.lossGradient(
                    golden.sequences, retention: .kept, into: gradient, loss: Self.meanLoss)
            }
            #expect(abs(Double(record.loss) - loss) <= 1e-4 * loss, "step \(index + 1)")
            #expect(abs(record.gradientNorm / golden.norms[index] - 1) <= 1e-4, "step \(index + 1)")
        }
        func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let found = Array(model.parameters.elements(of: head))
        let wanted = try golden.finalHead()
        let change = norm(zip(wanted, start[head.range]).map { Double($0) - Double($1) })
        let error = norm(zip(found, wanted).map { Double($0) - Double($1) }) / change
        print("head after \(golden.losses.count) steps, \(golden.name): \(error) of its change")
        #expect(change > 0.1 && error <= 1e-3)
        for parameter in model.parameters.parameters where parameter != head {
            let values = model.parameters.elements(of: parameter)
            #expect(
                zip(values, start[parameter.range]).allSatisfy { $0.bitPattern == $1.bitPattern },
                "\(parameter.name)")
        }
    }

    @Test("a snapshot of the head puts back the head and nothing else")
    func snapshot() throws {
        let model = try #require(try GoldenHead.all().last).model()
        let (arena, head) = (model.parameters, model.headWeight)
        let snapshot = WeightSnapshot(of: arena, range: head.range)
        try snapshot.keep()
        let kept = Array(arena.elements(of: head))
        for index in 0..<arena.count { arena.base[index] = 2 }
        snapshot.restore()
        #expect(Array(arena.elements(of: head)) == kept)
        for parameter in arena.parameters where parameter != head {
            #expect(arena.elements(of: parameter).allSatisfy { $0 == 2 }, "\(parameter.name)")
        }
    }

    @Test("an optimizer of the head alone must be given it, and zeroth-order steps are not of it")
    func refusals() throws {
        let model = try #require(try GoldenHead.all().first).model()
        let error = #expect(throws: OptimizerError.self) {
            try FirstOrderOptimizer(
                settings: FirstOrderSettings(rule: .adam, learningRate: 0.1, tuned: .head), totalSteps: 1,
                arena: model.parameters, team: Self.team)
        }
        #expect(error?.description.contains("tuned parameters") == true)
        #expect(throws: OptimizerError.self) {
            try ZerothOrderSettings(
                learningRate: 1e-3, perturbationScale: 1e-3, droppedLayerCount: 0, tuned: .head
            ).validate(layerCount: 2)
        }
    }
}
