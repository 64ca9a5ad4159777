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
        shapes = Dictionary(uniqueKeysWithValues: configuration.tensorShapes.map { ($0.name, $0.shape) })
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
}
