import Digests
import Foundation
import ModelFiles

/// The folder of small models, made by `make_models.py`.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/"

/// Shape and digest of one tensor as the reference libraries read it.
struct ExpectedTensor: Decodable, Equatable {
    var shape: [Int]
    var sha256: String
}

/// What the script recorded.
struct ExpectedModels: Decodable {
    var models: [String: [String: ExpectedTensor]]

    static func tensors(_ model: String) throws -> [String: ExpectedTensor] {
        let data = try Data(contentsOf: URL(fileURLWithPath: fixtures + "expected.json"))
        return try JSONDecoder().decode(ExpectedModels.self, from: data).models[model] ?? [:]
    }
}

/// Shape and digest of a tensor as it is read here.
func readTensor(_ name: String, of weights: any WeightSource) throws -> ExpectedTensor {
    let shape = weights.shape(of: name) ?? []
    var values = [Float](repeating: .nan, count: shape.reduce(1, *))
    try values.withUnsafeMutableBufferPointer { try weights.read(name, into: $0) }
    return ExpectedTensor(shape: shape, sha256: values.withUnsafeBytes { SHA256Digest.hex(of: $0) })
}

/// All tensors of a model as they are read here.
func readAll(_ weights: any WeightSource) throws -> [String: ExpectedTensor] {
    var tensors: [String: ExpectedTensor] = [:]
    for name in weights.tensorNames {
        tensors[name] = try readTensor(name, of: weights)
    }
    return tensors
}

/// Makes a folder that is gone again after `body`.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/models-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// A fixture's bytes.
func fixtureBytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: fixtures + name)))
}

/// Writes bytes to a file, with the folders above it.
func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
}

/// Replaces the first occurrence of a text in bytes by another.
func replacing(_ old: String, with new: String, in bytes: [UInt8]) -> [UInt8] {
    guard let range = Data(bytes).range(of: Data(old.utf8)) else { return bytes }
    return Array(bytes[..<range.lowerBound]) + Array(new.utf8) + Array(bytes[range.upperBound...])
}

/// Opens a model at a path under a name that is not a known one.
func openModel(_ path: String) throws(ModelFileError) -> ModelSource {
    try ModelCatalog.open(ModelLocation(path: path), name: "test")
}

/// The error of opening and reading every tensor at a path, or nil when all goes well.
func troubleOfReading(_ path: String) -> ModelFileError? {
    do {
        _ = try readAll(openModel(path).weights)
        return nil
    } catch {
        return error as? ModelFileError
    }
}
