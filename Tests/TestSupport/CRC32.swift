/// CRC-32 as zlib has it, so that goldens can name whole splits without their text.
package struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    private var state: UInt32 = 0xFFFF_FFFF

    package init() {}

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8) }
    }

    package var value: UInt32 { ~state }

    /// Of numbers in decimal, joined by spaces.
    package static func ofNumbers(_ numbers: [some BinaryInteger]) -> UInt32 {
        var checksum = CRC32()
        checksum.update(numbers.map { "\($0)" }.joined(separator: " ").utf8)
        return checksum.value
    }
}
