/// A zip of uncompressed entries, with checksums that fit, for tests that change what is inside.
func storedZip(_ entries: [(String, [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in entries {
        let offset = UInt32(file.count)
        let common =
            little(UInt16(0)) + little(UInt16(0)) + little(UInt32(0)) + little(checksum(content))
            + little(UInt32(content.count)) + little(UInt32(content.count)) + little(UInt16(name.utf8.count))
            + little(UInt16(0))
        file += Array("PK\u{3}\u{4}".utf8) + little(UInt16(20)) + common + Array(name.utf8) + content
        directory +=
            Array("PK\u{1}\u{2}".utf8) + little(UInt16(20)) + little(UInt16(20)) + common
            + [UInt8](repeating: 0, count: 10) + little(offset) + Array(name.utf8)
    }
    let count = little(UInt16(entries.count))
    return file + directory + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + count + count
        + little(UInt32(directory.count)) + little(UInt32(file.count)) + [0, 0]
}

private func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// CRC-32 of the zip format.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xffff_ffff
    for byte in bytes {
        remainder ^= UInt32(byte)
        for _ in 0..<8 {
            remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0xedb8_8320 : remainder >> 1
        }
    }
    return ~remainder
}
