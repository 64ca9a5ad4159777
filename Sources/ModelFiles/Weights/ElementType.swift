import Kernels

/// The number formats of unquantised tensors.
enum ElementType: String, Sendable, Hashable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// The format of a 16-bit number, or float32 for none.
    init(half: HalfFormat?) {
        switch half {
        case nil: self = .float32
        case .float16: self = .float16
        case .bfloat16: self = .bfloat16
        }
    }

    /// Bytes of one number.
    var byteCount: Int { self == .float32 ? 4 : 2 }

    /// The 16-bit format, if it is one.
    var half: HalfFormat? {
        switch self {
        case .float32: nil
        case .float16: .float16
        case .bfloat16: .bfloat16
        }
    }

    /// Widens little-endian numbers to float32, exactly.
    ///
    /// `source` holds at least `destination.count` numbers, which is checked; it need not be aligned.
    func widen(_ source: UnsafeRawBufferPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        // Readers have refused such a file by now; one that forgot must not read foreign memory.
        precondition(source.count / byteCount >= destination.count, "a tensor's bytes are too few")
        guard let from = source.baseAddress, let to = destination.baseAddress else { return }
        guard let half else {
            UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: 4 * destination.count)
            return
        }
        let piece = 1 << 12
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: piece) { aligned in
            guard let stored = aligned.baseAddress else { return }
            for start in stride(from: 0, to: destination.count, by: piece) {
                let count = min(piece, destination.count - start)
                UnsafeMutableRawPointer(stored).copyMemory(from: from + 2 * start, byteCount: 2 * count)
                HalfPrecision.widen(stored, from: half, into: to + start, count: count)
            }
        }
    }
}

/// IEEE half precision to single, exactly, subnormal numbers too.
///
/// Exponent and fraction are moved to their places and rescaled by 2¹¹², which is free of rounding; without
/// the processor's own instruction Swift's conversion is a call for each number.
@inline(__always)
func widenHalf(_ half: UInt16) -> Float {
    let magnitude = UInt32(half & 0x7fff) << 13
    let scaled = (Float(bitPattern: magnitude) * Float(bitPattern: 0x7780_0000)).bitPattern
    let special = half & 0x7c00 == 0x7c00 ? 0x7f80_0000 | magnitude : scaled
    return Float(bitPattern: special | UInt32(half & 0x8000) << 16)
}
