/// How parameters are held in memory; arithmetic is float32 whatever the storage.
package enum StorageFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// IEEE 754 binary32.
    case float32
    /// The upper half of binary32: 8 bits of exponent, 7 of fraction.
    case bfloat16
    /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction, largest value 65504.
    case float16

    /// The bytes that one element takes.
    package var bytesPerElement: Int { self == .float32 ? 4 : 2 }
}
