import Digests

extension ParameterArena {
    /// SHA-256 of the elements' bytes as stored, in arena order, little-endian: 64 lower-case hexadecimal digits.
    ///
    /// Two models of the same sizes and format have the same digest exactly when their weights have the same bits.
    package func digest() -> String {
        let start: UnsafeRawPointer
        switch storage {
        case .float32(let base): start = UnsafeRawPointer(base)
        case .half(let base, _): start = UnsafeRawPointer(base)
        }
        return SHA256Digest.hex(
            of: UnsafeRawBufferPointer(start: start, count: count * format.bytesPerElement))
    }
}
