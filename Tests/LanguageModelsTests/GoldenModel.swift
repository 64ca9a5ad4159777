import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Testing

/// One model of `Fixtures/models.json`: its sizes, weights, inputs and what transformers computed from them.
struct GoldenModel: Decodable, CustomTestStringConvertible {
    struct Tensor: Decodable {
        let name: String
        let shape: [Int]
    }

    struct Batch: Decodable {
        let name: String
        let sequences: [[Int32]]
    }

    struct Generation: Decodable {
        let prompts: [[Int32]]
        let new_tokens: Int
        let free: [[Int32]]
        let stop: Int32
        let stopped: [[Int32]]
    }

    struct Configuration: Decodable {
        let model_type: String
        let vocab_size: Int
        let hidden_size: Int
        let ffn_dim: Int
        let num_hidden_layers: Int
        let num_attention_heads: Int
        let num_key_value_heads: Int
        let max_position_embeddings: Int
        let word_embed_proj_dim: Int
        let do_layer_norm_before: Bool
        let norm_epsilon: Float
        let rope_theta: Float
        let tie_word_embeddings: Bool
    }

    private struct Index: Decodable {
        let models: [GoldenModel]
    }

    let name: String
    let config: Configuration
    let tensors: [Tensor]
    let batches: [Batch]
    let generation: Generation

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// All golden models.
    static func all() throws -> [GoldenModel] {
        let data = try Data(contentsOf: folder.appending(path: "models.json"))
        return try JSONDecoder().decode(Index.self, from: data).models
    }

    var testDescription: String { name }

    var configuration: ModelConfiguration { config.sizes }

    /// The weights of the fixture.
    func weights() throws -> ArrayWeights {
        try Self.weights(tensors, in: "\(name).f32")
    }

    /// Tensors that lie one after the other in a file.
    static func weights(_ tensors: [Tensor], in file: String) throws -> ArrayWeights {
        let values = try floats(file)
        var offset = 0
        let weights = ArrayWeights()
        for tensor in tensors {
            let count = tensor.shape.reduce(1, *)
            weights.tensors[tensor.name] = (tensor.shape, Array(values[offset..<offset + count]))
            offset += count
        }
        return weights
    }

    /// The expected rows of each batch's sequences, in the order of `batches`.
    func expectedRows() throws -> [[[[Float]]]] {
        let values = try Self.floats("\(name).expected.f32")
        var offset = 0
        return batches.map { batch in
            batch.sequences.map { sequence in
                sequence.map { _ in
                    defer { offset += config.vocab_size }
                    return Array(values[offset..<offset + config.vocab_size])
                }
            }
        }
    }

    /// The rows of the padded batch's sequences with weights rounded to a 16-bit format.
    func expectedPaddedRows(_ format: StorageFormat) throws -> (sequences: [[Int32]], rows: [[Float]]) {
        let batch = try #require(batches.first { $0.name == "padded" })
        let values = try Self.floats("\(name).\(format.rawValue).expected.f32")
        let rows = stride(from: 0, to: values.count, by: config.vocab_size).map {
            Array(values[$0..<$0 + config.vocab_size])
        }
        return (batch.sequences, rows)
    }

    func model(
        threadCount: Int = 2, storage: StorageFormat = .float32
    ) throws -> any CausalLanguageModel {
        try ModelLoading.load(
            configuration: configuration, weights: try weights(), storage: storage,
            team: ThreadTeam(threadCount: threadCount))
    }

    static func floats(_ file: String) throws -> [Float] {
        let data = try Data(contentsOf: folder.appending(path: file))
        return [Float](unsafeUninitializedCapacity: data.count / 4) { buffer, count in
            count = data.copyBytes(to: buffer) / 4
        }
    }
}

extension GoldenModel.Configuration {
    /// The sizes as a model has them.
    var sizes: ModelConfiguration {
        ModelConfiguration(
            family: model_type == "opt" ? .opt : .llama, vocabularySize: vocab_size,
            hiddenSize: hidden_size, feedForwardSize: ffn_dim,
            layerCount: num_hidden_layers, headCount: num_attention_heads,
            keyValueHeadCount: num_key_value_heads,
            maximumPositions: max_position_embeddings, embeddingSize: word_embed_proj_dim,
            normalizesBefore: do_layer_norm_before, normEpsilon: norm_epsilon,
            rotaryBase: rope_theta, tiesEmbeddings: tie_word_embeddings)
    }
}

/// Weights in memory.
final class ArrayWeights: WeightSource {
    var tensors: [String: (shape: [Int], values: [Float])] = [:]

    var tensorNames: [String] { tensors.keys.sorted() }

    func shape(of name: String) -> [Int]? { tensors[name]?.shape }

    func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(ModelFileError) {
        guard let tensor = tensors[name] else { return }
        _ = destination.update(from: tensor.values)
    }
}
