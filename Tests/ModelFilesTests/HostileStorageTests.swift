import Archives
import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("Storages of PyTorch checkpoints, written by a stranger")
struct HostileStorageTests {
    private static let small = "model.decoder.embed_positions.weight"
    private static let large = "model.decoder.embed_tokens.weight"

    /// The small OPT model with all tensors in storage 0, of which each says that it has `elementCount` numbers, or
    /// just its own.
    private func entries(storageBytes: Int, elementCount: Int? = nil) throws -> [String: [UInt8]] {
        let tensors = try openModel(fixtures + "opt-bin").configuration.tensorShapes.map { name, shape in
            var strides: [Int64] = []
            var stride = 1
            for size in shape.reversed() {
                strides.insert(Int64(stride), at: 0)
                stride *= size
            }
            return PickledTensor(
                name: name, shape: shape.map { Int64($0) }, strides: strides,
                elementCount: Int64(elementCount ?? stride))
        }
        return [
            "archive/data.pkl": pickledStateDict(tensors),
            "archive/data/0": [UInt8](repeating: 0, count: storageBytes),
        ]
    }

    /// Opens the small OPT model with these entries as its checkpoint.
    private func withModel(
        _ entries: [String: [UInt8]], format: ArchiveWriter.Format, _ body: (ModelSource) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            try write(try fixtureBytes("opt-bin/config.json"), to: folder + "/config.json")
            try ArchiveWriter.write(entries, to: folder + "/pytorch_model.bin", format: format)
            try body(try openModel(folder))
        }
    }

    @Test("a storage that one tensor has read is no larger for the next tensor")
    func claims() throws {
        // As many bytes as the smaller tensor needs: 8 positions of 8 channels.
        try withModel(try entries(storageBytes: 4 * 64), format: .storedZip) { model in
            let before = try readTensor(Self.small, of: model.weights)
            #expect(before.shape == [8, 8])
            let error = #expect(throws: ModelFileError.self) {
                try readTensor(Self.large, of: model.weights)
            }
            #expect(error?.description.contains("its storage 0 has 256 bytes for 160 numbers") == true)
            let after = try readTensor(Self.small, of: model.weights)
            #expect(after.shape == [8, 8])
        }
    }

    @Test("a storage that is larger than the file which holds it is not unpacked")
    func compressed() throws {
        let entries = try entries(storageBytes: 4 << 16, elementCount: 1 << 16)
        try withModel(entries, format: .deflatedZip) { model in
            let error = #expect(throws: ModelFileError.self) {
                try readTensor(Self.small, of: model.weights)
            }
            let message = error?.description ?? ""
            #expect(message.contains("pytorch_model.bin: tensor \(Self.small)"), "\(message)")
            #expect(message.contains("is to have 262144 bytes, but the whole file has"), "\(message)")
        }
        try withModel(entries, format: .storedZip) { model in
            let after = try readTensor(Self.small, of: model.weights)
            #expect(after.shape == [8, 8])
        }
    }
}
