/// The storages and tensors that a state dict is made of, checked to lie inside one another.
extension Unpickler {
    /// The storage of a persistent id: its type, key, device and size.
    func storage(_ identity: PickleValue) throws(ModelFileError) -> TorchStorage {
        guard case .sequence(let index) = identity, sequences[index].count == 5,
            case .string("storage") = sequences[index][0],
            case .global(.storageType(let type)) = sequences[index][1],
            case .string(let key) = sequences[index][2], case .integer(let count) = sequences[index][4],
            count >= 0
        else { throw broken("a storage's type, key and size were expected") }
        return TorchStorage(type: type, key: key, elementCount: count)
    }

    /// The tensor of a call of `_rebuild_tensor_v2`: a storage, an offset into it, a shape and strides.
    func tensor(_ arguments: [PickleValue]) throws(ModelFileError) -> TorchTensor {
        guard arguments.count >= 4, case .storage(let storage) = arguments[0],
            case .integer(let offset) = arguments[1], let shape = integers(arguments[2]),
            let strides = integers(arguments[3]), shape.count == strides.count, offset >= 0
        else { throw broken("a tensor's storage, offset, shape and strides were expected") }
        // The last element's place, which must be inside the storage.
        var last = offset
        for (size, stride) in zip(shape, strides) where size > 0 {
            let (span, first) = (size - 1).multipliedReportingOverflow(by: stride)
            let (sum, second) = last.addingReportingOverflow(span)
            guard !first, !second, stride >= 0 else { throw broken("a tensor's strides are impossible") }
            last = sum
        }
        guard let count = elementCount(shape), count == 0 || last < storage.elementCount else {
            throw broken("a tensor of shape \(shape) reaches beyond its storage \(storage.key)")
        }
        // With strides of 0 a storage of four bytes would stand for terabytes; checkpoints hold no such views.
        guard count <= storage.elementCount else {
            throw ModelFileError(
                .unsupported, file: cursor.file, place: "byte \(cursor.offset)",
                "a tensor of shape \(shape) shows the \(storage.elementCount) numbers of its storage "
                    + "\(storage.key) more than once, as an expanded view does",
                advice: "save its contiguous() copy in its place")
        }
        return TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    /// More dimensions than any model's tensors have.
    private static let maximumDimensions = 8

    /// The sizes of a shape, or strides; nil where it is no list of them.
    ///
    /// Each tensor keeps its own copy, so a long list that the memo names again and again would fill the memory.
    private func integers(_ value: PickleValue) -> [Int]? {
        guard case .sequence(let index) = value, sequences[index].count <= Self.maximumDimensions else {
            return nil
        }
        var integers: [Int] = []
        for element in sequences[index] {
            guard case .integer(let integer) = element, integer >= 0 else { return nil }
            integers.append(integer)
        }
        return integers
    }
}
