import TestSupport

/// A view into a storage of float32 numbers, as the pickle of a state dict names it.
struct PickledTensor {
    var name: String
    var offset: Int32 = 0
    var shape: [Int64]
    var strides: [Int64]
    /// The entry's name under `data/`.
    var storage = "0"
    /// How many numbers the storage is said to have.
    var elementCount: Int64

    /// What puts the tensor under its name into the dictionary on the stack.
    fileprivate var pickle: [UInt8] {
        var pickle = text(name) + Array("ctorch._utils\n_rebuild_tensor_v2\n((".utf8) + text("storage")
        pickle += Array("ctorch\nFloatStorage\n".utf8) + text(storage) + text("cpu")
        pickle += [0x8a, 8] + little(elementCount) + [0x74, 0x51, 0x4a] + little(offset)
        pickle += integers(shape) + integers(strides)
        return pickle + [0x89, 0x7d, 0x74, 0x52, 0x73]
    }

    private func integers(_ values: [Int64]) -> [UInt8] {
        var pickle: [UInt8] = [0x28]
        for value in values { pickle += [0x8a, 8] + little(value) }
        return pickle + [0x74]
    }

    private func text(_ text: String) -> [UInt8] { [0x8c, UInt8(text.utf8.count)] + Array(text.utf8) }
}

/// The pickle of a state dict of tensors, none of whose claims need be true.
func pickledStateDict(_ tensors: [PickledTensor]) -> [UInt8] {
    [0x80, 2, 0x7d] + tensors.flatMap(\.pickle) + [0x2e]
}
