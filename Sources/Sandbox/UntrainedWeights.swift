import ModelFiles
import RandomStreams

/// The sandbox model's tensors before any training: N(0, 0.02), biases 0, norms 1, as OPT initialises.
///
/// With these the model starts within 0.02 of the loss of a uniform guess, ln 512, and each layer adds to the
/// residual stream about as much as the embedding puts in, so the prompt does reach the last position.
final class UntrainedWeights: WeightSource {
    private let shapes: [String: [Int]]
    private let offsets: [String: UInt64]
    private let noise: NoiseStream

    /// The tensors of an OPT configuration; element `i` of all in order of names is draw `i` of the seed.
    init(configuration: ModelConfiguration, seed: UInt64) {
        shapes = Self.shapes(of: configuration)
        noise = NoiseStream(seed: seed, distribution: .gaussian)
        var offsets: [String: UInt64] = [:]
        var offset: UInt64 = 0
        for name in shapes.keys.sorted() {
            offsets[name] = offset
            offset += UInt64(shapes[name, default: []].reduce(1, *))
        }
        self.offsets = offsets
    }

    var tensorNames: [String] { shapes.keys.sorted() }

    func shape(of name: String) -> [Int]? { shapes[name] }

    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        guard let shape = shapes[name], let offset = offsets[name] else {
            throw ModelFileError(
                .notFound, file: "random weights", place: name, "there is no tensor of that name",
                advice: "ask for one of the tensor names")
        }
        if name.hasSuffix("norm.weight") {
            destination.update(repeating: 1)
        } else if name.hasSuffix("bias") {
            destination.update(repeating: 0)
        } else {
            for index in destination.indices {
                destination[index] = 0.02 * noise.value(at: offset + UInt64(index))
            }
        }
        if name == "model.decoder.embed_tokens.weight", let width = shape.last {
            let padding = Int(SandboxVocabulary.paddingToken) * width
            destination[padding..<(padding + width)].update(repeating: 0)
        }
    }

    private static func shapes(of model: ModelConfiguration) -> [String: [Int]] {
        let (hidden, inner) = (model.hiddenSize, model.feedForwardSize)
        var shapes: [String: [Int]] = [
            "model.decoder.embed_tokens.weight": [model.vocabularySize, hidden],
            // OPT's positions begin at row 2.
            "model.decoder.embed_positions.weight": [model.maximumPositions + 2, hidden],
            "model.decoder.final_layer_norm.weight": [hidden],
            "model.decoder.final_layer_norm.bias": [hidden],
        ]
        for layer in 0..<model.layerCount {
            let prefix = "model.decoder.layers.\(layer)."
            for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                shapes[prefix + "self_attn.\(projection).weight"] = [hidden, hidden]
                shapes[prefix + "self_attn.\(projection).bias"] = [hidden]
            }
            for norm in ["self_attn_layer_norm", "final_layer_norm"] {
                shapes[prefix + norm + ".weight"] = [hidden]
                shapes[prefix + norm + ".bias"] = [hidden]
            }
            shapes[prefix + "fc1.weight"] = [inner, hidden]
            shapes[prefix + "fc1.bias"] = [inner]
            shapes[prefix + "fc2.weight"] = [hidden, inner]
            shapes[prefix + "fc2.bias"] = [hidden]
        }
        return shapes
    }
}
