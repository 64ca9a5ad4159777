/// The checksum at the end of a gzip file, which libarchive does not look at.
///
/// Without it a changed byte in a packed text would pass unseen wherever the packed form stays readable.
enum GzipChecksum {
    /// Unpacks a whole gzip file and compares length and CRC-32 with its last eight bytes (RFC 1952).
    ///
    /// - Throws: ``ArchiveError`` when they differ, when the data break off, or when more comes out of a file of
    ///   `archiveBytes` bytes than the limits allow.
    static func verify(
        path: String, bytes: ArchiveBytes?, archiveBytes: Int, limits: ArchiveLimits
    ) throws(ArchiveError) {
        let reader = try LibArchiveReader(
            path: path, kind: .compressedFile, compression: .gzip, bytes: bytes)
        _ = try reader.nextEntry(rawName: "content")
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { piece.deallocate() }
        var remainder: UInt32 = 0xffff_ffff
        var total = 0
        while true {
            let count = try reader.read(into: piece, entry: "content")
            if count == 0 { break }
            total += count
            try limits.check(total: total, archiveBytes: archiveBytes, path: path)
            remainder = extend(remainder, with: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
        let trailer = try trailer(path: path, bytes: bytes)
        guard trailer.checksum == ~remainder, trailer.length == UInt32(truncatingIfNeeded: total) else {
            throw .damaged(
                path: path, entry: nil,
                detail: "its gzip checksum is not that of its content (or it is several gzip files in one)")
        }
    }

    private static func trailer(
        path: String, bytes: ArchiveBytes?
    ) throws(ArchiveError) -> (checksum: UInt32, length: UInt32) {
        let last = try ArchiveEnd.bytes(8, path: path, bytes: bytes)
        guard last.count == 8 else { throw .damaged(path: path, entry: nil, detail: "its end is missing") }
        let words = last.map(UInt32.init)
        return (
            words[0] | words[1] << 8 | words[2] << 16 | words[3] << 24,
            words[4] | words[5] << 8 | words[6] << 16 | words[7] << 24
        )
    }

    /// Tables for eight bytes at a time: `tables[k][b]` is the remainder of byte `b` followed by `k` zero
    /// bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for value in 0..<256 {
            var remainder = UInt32(value)
            for _ in 0..<8 {
                remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0xedb8_8320 : remainder >> 1
            }
            tables[value] = remainder
        }
        for index in 256..<8 * 256 {
            let former = tables[index - 256]
            tables[index] = (former >> 8) ^ tables[Int(former & 255)]
        }
        return tables
    }()

    private static func extend(_ remainder: UInt32, with bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var remainder = remainder
            var offset = 0
            while bytes.count - offset >= 8 {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(remainder)
                remainder = 0
                for byte in 0..<8 {
                    remainder ^=
                        tables[(7 - byte) * 256 + Int(truncatingIfNeeded: (mixed >> UInt64(8 * byte)) & 255)]
                }
                offset += 8
            }
            while offset < bytes.count {
                remainder = (remainder >> 8) ^ tables[Int((remainder ^ UInt32(bytes[offset])) & 255)]
                offset += 1
            }
            return remainder
        }
    }
}
