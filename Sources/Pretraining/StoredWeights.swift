import Digests
import Kernels
import LanguageModels
import ModelFiles
import Suites

/// A model's parameters as the tensors of a checkpoint, rounded to the storage.
///
/// What is written is also what the model goes on with, so that a loss measured afterwards is that of the file.
final class StoredWeights: WeightSource {
    private let arena: ParameterArena
    private let storage: StorageFormat

    /// Rounds the parameters of a float32 model to nearest where they are.
    init(model: any CausalLanguageModel, storage: StorageFormat) {
        arena = model.parameters
        self.storage = storage
        guard let format = storage.half else { return }
        for parameter in arena.parameters {
            let elements = arena.elements(of: parameter)
            guard let base = elements.baseAddress else { continue }
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: elements.count) { stored in
                guard let first = stored.baseAddress else { return }
                HalfPrecision.narrow(base, to: format, into: first, count: elements.count)
                HalfPrecision.widen(first, from: format, into: base, count: elements.count)
            }
        }
    }

    var tensorNames: [String] { arena.parameters.map(\.name) }

    func shape(of name: String) -> [Int]? { arena.parameter(named: name)?.shape }

    func read(_ name: String, into destination: UnsafeMutableBufferPointer<Float>) throws(ModelFileError) {
        guard let parameter = arena.parameter(named: name) else {
            throw ModelFileError(
                .notFound, file: "the trained model", place: name, "there is no tensor of that name",
                advice: "ask for one of the tensor names")
        }
        _ = destination.update(from: arena.elements(of: parameter))
    }

    /// Writes the file and returns its SHA-256.
    func write(to path: String, plan: PretrainingPlan) throws -> String {
        try SafetensorsWriter.write(
            self, to: path, storage: storage.half,
            metadata: ["origin": "lezobench sandbox pretrain, plan \(plan.name), seed \(plan.seed)"])
        return try SHA256Digest.hex(ofFile: path)
    }
}
