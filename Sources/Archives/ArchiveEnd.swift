import Foundation

/// The last bytes of an archive, which say whether all of it is there.
enum ArchiveEnd {
    /// Up to `count` bytes before an archive's end.
    static func bytes(_ count: Int, path: String, bytes: ArchiveBytes?) throws(ArchiveError) -> [UInt8] {
        if let bytes {
            return Array(UnsafeRawBufferPointer(start: bytes.pointer, count: bytes.count).suffix(count))
        }
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let size = try file.seekToEnd()
            try file.seek(toOffset: size - min(size, UInt64(count)))
            return Array(try file.readToEnd() ?? Data())
        } catch {
            throw .cannotOpen(path: path, reason: "its end cannot be read")
        }
    }

    /// Refuses a bare tar that broke off between two entries, which libarchive takes for a shorter one.
    ///
    /// A tar ends in blocks of zeros (POSIX, `pax`, "ustar Interchange Format").
    static func requireTarEnd(path: String, bytes: ArchiveBytes?) throws(ArchiveError) {
        let last = try Self.bytes(512, path: path, bytes: bytes)
        guard last.count == 512, last.allSatisfy({ $0 == 0 }) else {
            throw .damaged(path: path, entry: nil, detail: "the block of zeros at its end is missing")
        }
    }
}
