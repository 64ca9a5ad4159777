import Kernels
import ModelFiles
import Testing

@Suite("Reading into 16-bit storage")
struct HalfReadingTests {
    @Test(
        "every container gives the bits of reading float32 and rounding to nearest",
        arguments: CheckpointTests.folders + [GGUFTests.file], HalfFormat.allCases)
    func containers(file: String, format: HalfFormat) throws {
        let weights = try openModel(fixtures + file).weights
        for name in weights.tensorNames {
            let count = (weights.shape(of: name) ?? []).reduce(1, *)
            #expect(try stored(name, count, format, of: weights) == rounded(name, count, format, of: weights))
        }
    }

    @Test("numbers that have the storage's format are copied as they stand in the file")
    func unchanged() throws {
        for (folder, format) in [("opt-bf16", HalfFormat.bfloat16), ("opt-f16", .float16)] {
            let weights = try openModel(fixtures + folder).weights
            let file = try fixtureBytes(folder + "/model.safetensors")
            let name = "model.decoder.embed_tokens.weight"
            let elements = try stored(name, 160, format, of: weights)
            let bytes = elements.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            #expect(file.indices.contains { file[$0...].starts(with: bytes) })
        }
    }

    @Test("a tensor longer than a piece of the file is put together again", arguments: HalfFormat.allCases)
    func manyPieces(format: HalfFormat) throws {
        try withTemporaryFolder { folder in
            // 600,000 rows of 8 numbers: 19 MB.
            let config = replacing(
                "\"vocab_size\": 20", with: "\"vocab_size\": 600000",
                in: try fixtureBytes("opt-f32/config.json"))
            try write(config, to: folder + "/config.json")
            let made = MadeWeights(
                configuration: ModelConfiguration(
                    family: .opt, vocabularySize: 600_000, hiddenSize: 8, feedForwardSize: 16, layerCount: 2,
                    headCount: 2, keyValueHeadCount: 2, maximumPositions: 6, embeddingSize: 8))
            try SafetensorsWriter.write(made, to: folder + "/model.safetensors")
            let filed = try openModel(folder).weights
            let name = "model.decoder.embed_tokens.weight"
            let expected = try rounded(name, 4_800_000, format, of: made)
            #expect(try stored(name, 4_800_000, format, of: filed) == expected)
            // By way of the copy that sources without files use.
            #expect(try stored(name, 4_800_000, format, of: made) == expected)
        }
    }

    @Test("16-bit storage of another size is refused and stays untouched")
    func wrongSize() throws {
        let weights = try openModel(fixtures + "opt-f32").weights
        var elements = [UInt16](repeating: 7, count: 9)
        let error = #expect(throws: ModelFileError.self) {
            try elements.withUnsafeMutableBufferPointer {
                try weights.read("model.decoder.layers.0.fc2.bias", into: .half($0, .bfloat16))
            }
        }
        #expect(error?.kind == .mismatch && elements.allSatisfy { $0 == 7 })
    }

    private func stored(
        _ name: String, _ count: Int, _ format: HalfFormat, of weights: any WeightSource
    ) throws -> [UInt16] {
        var elements = [UInt16](repeating: 0xffff, count: count)
        try elements.withUnsafeMutableBufferPointer { try weights.read(name, into: .half($0, format)) }
        return elements
    }

    private func rounded(
        _ name: String, _ count: Int, _ format: HalfFormat, of weights: any WeightSource
    ) throws -> [UInt16] {
        var values = [Float](repeating: .nan, count: count)
        try values.withUnsafeMutableBufferPointer { try weights.read(name, into: $0) }
        return [UInt16](unsafeUninitializedCapacity: count) { elements, filled in
            if let base = elements.baseAddress {
                HalfPrecision.narrow(values, to: format, into: base, count: count)
            }
            filled = count
        }
    }
}

/// The tensors of a configuration with numbers that do not repeat within a piece of a file.
private final class MadeWeights: WeightSource {
    private let shapes: [String: [Int]]

    init(configuration: ModelConfiguration) {
        shapes = Dictionary(uniqueKeysWithValues: configuration.tensorShapes.map { ($0.name, $0.shape) })
    }

    var tensorNames: [String] { shapes.keys.sorted() }

    func shape(of name: String) -> [Int]? { shapes[name] }

    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        for index in destination.indices { destination[index] = Float(index) * 0.0137 }
    }
}
