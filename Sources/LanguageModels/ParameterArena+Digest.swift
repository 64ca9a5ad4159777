import Digests

extension ParameterArena {
    /// SHA-256 of the elements' bytes in arena order, little-endian float32: 64 lower-case hexadecimal digits.
    ///
    /// Two models of the same sizes have the same digest exactly when their weights have the same bits.
    package func digest() -> String {
        SHA256Digest.hex(of: UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Float>.stride))
    }
}
