/// What a restricted unpickler can build: plain values, and tensors that point into storages.
///
/// Lists, tuples and dictionaries are numbers of places in the unpickler's arena, so that no input can build
/// something whose release would recurse deeply.
enum PickleValue: Sendable, Hashable {
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case sequence(Int)
    case dictionary(Int)
    case global(PickleGlobal)
    case storage(TorchStorage)
    case tensor(TorchTensor)
    case mark
}

/// The only names that a state dict of tensors needs.
enum PickleGlobal: Sendable, Hashable {
    case orderedDictionary
    case rebuildTensor
    case storageType(String)

    /// The global of a module and name, or nil when it is none of these.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch", _) where TorchStorage.elementByteCounts[name] != nil: self = .storageType(name)
        default: return nil
        }
    }
}

/// A stretch of numbers that one entry of a PyTorch archive holds.
struct TorchStorage: Sendable, Hashable {
    /// PyTorch's class: `FloatStorage`, `HalfStorage`, `BFloat16Storage` and others that are known but not
    /// read.
    var type: String
    /// The entry's name under `data/`.
    var key: String
    /// Numbers in it.
    var elementCount: Int

    /// Bytes of one number, by PyTorch's class.
    static let elementByteCounts = [
        "FloatStorage": 4, "HalfStorage": 2, "BFloat16Storage": 2, "DoubleStorage": 8, "LongStorage": 8,
        "IntStorage": 4, "ShortStorage": 2, "CharStorage": 1, "ByteStorage": 1, "BoolStorage": 1,
    ]

    /// The format of its numbers, or nil when they are not floating point of at most 32 bits.
    var elements: ElementType? {
        switch type {
        case "FloatStorage": .float32
        case "HalfStorage": .float16
        case "BFloat16Storage": .bfloat16
        default: nil
        }
    }
}

/// A view into a storage.
struct TorchTensor: Sendable, Hashable {
    var storage: TorchStorage
    /// The first element, counted in elements.
    var offset: Int
    var shape: [Int]
    /// Distance between neighbours along each dimension, in elements.
    var strides: [Int]

    /// Whether the elements lie one after the other in row-major order.
    var isContiguous: Bool {
        if shape.contains(0) { return true }
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() where size != 1 {
            if stride != expected { return false }
            expected *= size
        }
        return true
    }
}
