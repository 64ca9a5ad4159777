/// The number formats of unquantised tensors.
enum ElementType: String, Sendable, Hashable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// Bytes of one number.
    var byteCount: Int { self == .float32 ? 4 : 2 }

    /// Widens little-endian numbers to float32, exactly.
    ///
    /// `source` holds at least `destination.count` numbers; it need not be aligned.
    func widen(_ source: UnsafeRawBufferPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        guard let from = source.baseAddress, let to = destination.baseAddress else { return }
        switch self {
        case .float32:
            UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: 4 * destination.count)
        case .float16:
            for index in 0..<destination.count {
                to[index] = widenHalf(from.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
            }
        case .bfloat16:
            for index in 0..<destination.count {
                let bits = from.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                to[index] = Float(bitPattern: UInt32(bits) << 16)
            }
        }
    }
}

/// IEEE half precision to single, exactly, subnormal numbers too.
///
/// Exponent and fraction are moved to their places and rescaled by 2¹¹², which is free of rounding; without the
/// processor's own instruction Swift's conversion is a call for each number.
@inline(__always)
func widenHalf(_ half: UInt16) -> Float {
    let magnitude = UInt32(half & 0x7fff) << 13
    let scaled = (Float(bitPattern: magnitude) * Float(bitPattern: 0x7780_0000)).bitPattern
    let special = half & 0x7c00 == 0x7c00 ? 0x7f80_0000 | magnitude : scaled
    return Float(bitPattern: special | UInt32(half & 0x8000) << 16)
}
