/// Reads one entry from its start to its end, under limits.
package final class ArchiveEntryReader {
    private enum Source {
        case packed(LibArchiveReader)
        case plain(PlainFileReader)
    }

    /// The entry's name inside the archive.
    package let entryName: String
    /// Bytes after unpacking, or nil when the archive does not say.
    package let declaredByteCount: Int?
    /// Bytes read so far.
    package private(set) var bytesRead = 0

    private let source: Source
    private let path: String
    private let archiveBytes: Int
    private let limits: ArchiveLimits

    /// A reader in front of an entry's first byte.
    private init(
        source: Source, entry: ArchiveEntry, path: String, archiveBytes: Int, limits: ArchiveLimits
    ) throws(ArchiveError) {
        self.source = source
        self.entryName = entry.name
        self.declaredByteCount = entry.byteCount
        self.path = path
        self.archiveBytes = archiveBytes
        self.limits = limits
        if let byteCount = entry.byteCount {
            try limits.check(byteCount: byteCount, archiveBytes: archiveBytes, path: path, entry: entry.name)
        }
    }

    convenience init(
        packed reader: LibArchiveReader, entry: ArchiveEntry, path: String, archiveBytes: Int,
        limits: ArchiveLimits
    ) throws(ArchiveError) {
        try self.init(
            source: .packed(reader), entry: entry, path: path, archiveBytes: archiveBytes, limits: limits)
    }

    convenience init(
        file: String, entry: ArchiveEntry, path: String, archiveBytes: Int, limits: ArchiveLimits
    ) throws(ArchiveError) {
        try self.init(
            source: .plain(PlainFileReader(path: file)), entry: entry, path: path, archiveBytes: archiveBytes,
            limits: limits)
    }

    /// Reads the next bytes into `buffer`.
    ///
    /// - Returns: How many were read; 0 only at the entry's end (or for an empty buffer).
    /// - Throws: ``ArchiveError`` when the data are damaged, shorter or longer than declared, or above the
    ///   limits.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        let count: Int
        switch source {
        case .packed(let reader): count = try reader.read(into: buffer, entry: entryName)
        case .plain(let reader): count = try reader.read(into: buffer)
        }
        bytesRead += count
        try limits.check(byteCount: bytesRead, archiveBytes: archiveBytes, path: path, entry: entryName)
        if let declared = declaredByteCount, bytesRead > declared || (count == 0 && bytesRead < declared) {
            throw .damaged(
                path: path, entry: entryName,
                detail:
                    "\(declared) bytes are declared, \(count == 0 ? "only " : "more than ")\(bytesRead) are there"
            )
        }
        return count
    }

    /// Fills `buffer`, or as much of it as the entry still has.
    ///
    /// - Returns: How many bytes were read.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// The most that is set aside for bytes of which none has been seen yet.
    private static let firstPiece = 64 << 20

    /// Everything that the entry still has.
    package func readToEnd() throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        // Memory follows what is there, not what is declared: an archive may declare anything.
        var piece = 1 << 20
        if let declared = declaredByteCount {
            // One byte more than declared, so that the last round meets the end.
            piece = min(max(declared - bytesRead, 0) + 1, Self.firstPiece)
        }
        while true {
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: piece))
            var failure: ArchiveError?
            var count = 0
            bytes.withUnsafeMutableBytes { whole in
                do throws(ArchiveError) {
                    count = try fill(UnsafeMutableRawBufferPointer(rebasing: whole[start...]))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            if count < piece {
                bytes.removeLast(piece - count)
                return bytes
            }
            piece = min(bytes.count, Self.firstPiece)
        }
    }
}
