package import Kernels

/// The memory that parameters are held in.
package enum ParameterStorage {
    /// One float32 for each element.
    case float32(UnsafeMutablePointer<Float>)
    /// One 16-bit number for each element.
    case half(UnsafeMutablePointer<UInt16>, HalfFormat)
}

/// Owns the memory of parameters in one format.
enum ParameterMemory {
    case float32(AlignedBuffer<Float>)
    case half(AlignedBuffer<UInt16>, HalfFormat)

    /// Zeroed, page-aligned memory.
    init(count: Int, format: StorageFormat) throws(OutOfMemory) {
        if let half = format.half {
            self = .half(try AlignedBuffer(count: count, purpose: .weights), half)
        } else {
            self = .float32(try AlignedBuffer(count: count, purpose: .weights))
        }
    }

    var storage: ParameterStorage {
        switch self {
        case .float32(let buffer): .float32(buffer.base)
        case .half(let buffer, let format): .half(buffer.base, format)
        }
    }
}

extension StorageFormat {
    /// The 16-bit format, if it is one.
    package var half: HalfFormat? {
        switch self {
        case .float32: nil
        case .bfloat16: .bfloat16
        case .float16: .float16
        }
    }
}
