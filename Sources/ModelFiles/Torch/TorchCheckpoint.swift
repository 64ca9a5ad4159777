import Archives

/// Tensors of a PyTorch checkpoint: a zip with a pickled state dict and one entry for each storage.
///
/// Checkpoints from before PyTorch 1.6 are not zips and are refused. Tensors may share a storage and be
/// strided.
final class TorchCheckpoint: FiledWeights {
    private let name: String
    private let archive: Archive
    /// The zip's top folder, with a slash.
    private let prefix: String
    private let tensors: [String: TorchTensor]
    private var lastStorage: (key: String, bytes: [UInt8])?
    let tensorNames: [String]

    /// Reads the state dict's structure; the numbers stay where they are.
    init(_ file: FileBytes, path: String?) throws(ModelFileError) {
        name = file.name
        let start = file.withBytes { Array($0.prefix(4)) }
        guard start == [0x50, 0x4b, 3, 4] else {
            let isLegacy = start == [0x80, 2, 0x8a, 0x0a]
            throw ModelFileError(
                isLegacy ? .unsupported : .damaged, file: file.name,
                isLegacy ? "is a checkpoint of the form used before PyTorch 1.6" : "is no PyTorch checkpoint",
                advice: isLegacy ? "load and save it again with a current PyTorch" : "fetch the file again")
        }
        do throws(ArchiveError) {
            let archive =
                if let path { try Archive.open(path) } else {
                    try file.withBytes { (bytes) throws(ArchiveError) in
                        try Archive.open(bytes: bytes, name: file.name)
                    }
                }
            self.archive = archive
            let pickle = try archive.entryName(endingWith: "data.pkl")
            prefix = String(pickle.dropLast("data.pkl".count))
        } catch {
            throw ModelFileError(error)
        }
        try Self.checkByteOrder(archive, prefix: prefix)
        tensors = try Self.stateDictionary(archive, pickle: prefix + "data.pkl")
        tensorNames = tensors.keys.sorted()
    }

    private static func checkByteOrder(_ archive: Archive, prefix: String) throws(ModelFileError) {
        do throws(ArchiveError) {
            guard try archive.entryNames().contains(prefix + "byteorder") else { return }
            var limits = ArchiveLimits.standard
            limits.bytesPerEntry = 64
            let order = String(
                decoding: try archive.read(entryNamed: prefix + "byteorder", limits: limits), as: UTF8.self)
            guard order == "little" else {
                throw ArchiveError.damaged(
                    path: archive.path, entry: prefix + "byteorder",
                    detail: "\(order) endian is not supported")
            }
        } catch {
            throw ModelFileError(error)
        }
    }

    /// A hundred times the pickle of the largest published checkpoints; the numbers are in entries of their own.
    private static let maximumPickleBytes = 16 << 20

    private static func stateDictionary(
        _ archive: Archive, pickle: String
    ) throws(ModelFileError) -> [String: TorchTensor] {
        var limits = ArchiveLimits.standard
        limits.bytesPerEntry = maximumPickleBytes
        let content: [UInt8]
        do throws(ArchiveError) {
            content = try archive.read(entryNamed: pickle, limits: limits)
        } catch {
            throw ModelFileError(error)
        }
        let file = "\(archive.path): \(pickle)"
        var tensors: [String: TorchTensor] = [:]
        var failure: ModelFileError?
        content.withUnsafeBytes { bytes in
            do throws(ModelFileError) {
                var unpickler = Unpickler(bytes, file: file)
                let root = try unpickler.load()
                tensors = try named(root, in: unpickler, file: file)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return tensors
    }

    private static func named(
        _ root: PickleValue, in unpickler: Unpickler, file: String
    ) throws(ModelFileError) -> [String: TorchTensor] {
        guard case .dictionary(let index) = root else {
            throw ModelFileError(
                .unsupported, file: file, "does not hold a state dict",
                advice: "save the model's state_dict() with torch.save")
        }
        let pairs = unpickler.dictionaries[index]
        var tensors: [String: TorchTensor] = [:]
        for position in stride(from: 0, to: pairs.count, by: 2) {
            guard case .string(let key) = pairs[position] else {
                throw .damaged(file, nil, "a tensor's name was expected, something else was found")
            }
            guard case .tensor(let tensor) = pairs[position + 1] else {
                throw ModelFileError(
                    .unsupported, file: file, place: "key \(key)", "is not a tensor",
                    advice: "save the model's state_dict() alone with torch.save")
            }
            tensors[key] = tensor
        }
        return tensors
    }

    func shape(of name: String) -> [Int]? {
        tensors[name]?.shape
    }

    func typeName(of name: String) -> String? {
        tensors[name].map { $0.storage.elements?.rawValue ?? $0.storage.type }
    }

    func read(_ name: String, into destination: TensorDestination) throws(ModelFileError) {
        guard let tensor = tensors[name] else { throw missing(name, in: self.name) }
        try check(destination, for: name, shape: tensor.shape, in: self.name)
        guard let elements = tensor.storage.elements else {
            throw ModelFileError(
                .unsupported, file: self.name, place: "tensor \(name)",
                "its numbers are a \(tensor.storage.type)",
                advice: "save it as float32, float16 or bfloat16")
        }
        guard destination.count > 0 else { return }
        let storage = try bytes(of: tensor.storage, elements: elements, tensor: name)
        storage.withUnsafeBytes { bytes in
            if tensor.isContiguous {
                let start = UnsafeRawBufferPointer(rebasing: bytes[(tensor.offset * elements.byteCount)...])
                destination.store(start, of: elements)
            } else {
                var index = [Int](repeating: 0, count: tensor.shape.count)
                destination.store { _, values in
                    gather(tensor, elements, from: bytes, at: &index, into: values)
                }
            }
        }
    }

    /// Reads the elements from `index` on where rows do not follow each other, as in a transposed tensor.
    ///
    /// Leaves in `index` the coordinates of the element that comes next.
    private func gather(
        _ tensor: TorchTensor, _ elements: ElementType, from bytes: UnsafeRawBufferPointer,
        at index: inout [Int],
        into destination: UnsafeMutableBufferPointer<Float>
    ) {
        for position in destination.indices {
            var element = tensor.offset
            for (coordinate, stride) in zip(index, tensor.strides) { element += coordinate * stride }
            let start = UnsafeRawBufferPointer(rebasing: bytes[(element * elements.byteCount)...])
            elements.widen(
                start, into: UnsafeMutableBufferPointer(rebasing: destination[position...position]))
            for dimension in index.indices.reversed() {
                index[dimension] += 1
                if index[dimension] < tensor.shape[dimension] { break }
                index[dimension] = 0
            }
        }
    }

    /// Refuses a storage of another size than its numbers need.
    private func check(
        _ byteCount: Int, of storage: TorchStorage, elements: ElementType, tensor: String
    ) throws(ModelFileError) {
        guard elementCount([storage.elementCount, elements.byteCount]) == byteCount else {
            throw .damaged(
                name, "tensor \(tensor)",
                "its storage \(storage.key) has \(byteCount) bytes for \(storage.elementCount) numbers")
        }
    }

    /// Refuses a storage that is larger than the whole archive file.
    ///
    /// `torch.save` never compresses, so only an archive that someone packed can hold one; a few kilobytes of it
    /// would unpack to gigabytes of memory.
    private func checkStored(
        _ storage: TorchStorage, elements: ElementType, tensor: String
    ) throws(ModelFileError) {
        let claimed = elementCount([storage.elementCount, elements.byteCount]) ?? .max
        guard claimed <= archive.byteCount else {
            throw ModelFileError(
                .unsupported, file: name, place: "tensor \(tensor)",
                "its storage \(storage.key) is to have \(claimed) bytes, but the whole file has "
                    + "\(archive.byteCount): it is compressed",
                advice: "save it again with torch.save, which does not compress")
        }
    }

    private func bytes(
        of storage: TorchStorage, elements: ElementType, tensor: String
    ) throws(ModelFileError) -> [UInt8] {
        // Tensors that share a storage stand next to each other by name more often than not. Each makes its own
        // claim about the storage's size, so each claim is held against the bytes.
        if let lastStorage, lastStorage.key == storage.key {
            try check(lastStorage.bytes.count, of: storage, elements: elements, tensor: tensor)
            return lastStorage.bytes
        }
        let entry = prefix + "data/" + storage.key
        let declared: Int?
        do throws(ArchiveError) {
            declared = try archive.declaredByteCount(ofEntry: entry)
        } catch {
            throw ModelFileError(error)
        }
        if let declared { try check(declared, of: storage, elements: elements, tensor: tensor) }
        try checkStored(storage, elements: elements, tensor: tensor)
        let bytes: [UInt8]
        do throws(ArchiveError) {
            bytes = try archive.read(entryNamed: entry)
        } catch {
            throw ModelFileError(error)
        }
        try check(bytes.count, of: storage, elements: elements, tensor: tensor)
        lastStorage = (storage.key, bytes)
        return bytes
    }
}
