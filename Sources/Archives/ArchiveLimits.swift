/// Bounds that keep a hostile or broken archive from filling the memory.
///
/// The standard values let the largest published checkpoints pass.
package struct ArchiveLimits: Sendable, Hashable {
    /// Bytes that one entry may unpack to.
    package var bytesPerEntry: Int
    /// Bytes that all entries together may declare.
    package var totalBytes: Int
    /// Entries that an archive may hold.
    package var entries: Int
    /// Unpacked bytes per byte of the archive file; looked at above 64 MiB only, for short runs compress
    /// well.
    package var compressionRatio: Int

    /// Limits from all their values.
    package init(bytesPerEntry: Int, totalBytes: Int, entries: Int, compressionRatio: Int) {
        self.bytesPerEntry = bytesPerEntry
        self.totalBytes = totalBytes
        self.entries = entries
        self.compressionRatio = compressionRatio
    }

    /// 256 GiB an entry, 1 TiB in all, a million entries, ratio 1,000.
    package static let standard = ArchiveLimits(
        bytesPerEntry: 256 << 30, totalBytes: 1 << 40, entries: 1_000_000, compressionRatio: 1_000)

    /// 512 MiB an entry, for texts that are read whole: several times the largest of the known tasks.
    package static let text = ArchiveLimits(
        bytesPerEntry: 512 << 20, totalBytes: 1 << 40, entries: 1_000_000, compressionRatio: 1_000)

    /// Bytes of one entry's name; twice what a file system allows for a path.
    static let bytesPerName = 8_192
    /// Bytes of all names together.
    static let bytesOfNames = 256 << 20

    /// Below this many bytes the ratio is not looked at.
    static let ratioFloor = 64 << 20

    /// Refuses an entry of `byteCount` bytes out of an archive file of `archiveBytes` bytes.
    func check(byteCount: Int, archiveBytes: Int, path: String, entry: String) throws(ArchiveError) {
        guard byteCount <= bytesPerEntry else {
            throw .limitExceeded(
                path: path, entry: entry, limit: "bytes an entry", allowed: bytesPerEntry, found: byteCount)
        }
        try checkRatio(byteCount: byteCount, archiveBytes: archiveBytes, path: path, entry: entry)
    }

    /// Refuses `total` unpacked bytes of all entries together out of an archive file of `archiveBytes` bytes.
    func check(total: Int, archiveBytes: Int, path: String) throws(ArchiveError) {
        guard total <= totalBytes else {
            throw .limitExceeded(
                path: path, entry: nil, limit: "bytes in all", allowed: totalBytes, found: total)
        }
        try checkRatio(byteCount: total, archiveBytes: archiveBytes, path: path, entry: nil)
    }

    private func checkRatio(
        byteCount: Int, archiveBytes: Int, path: String, entry: String?
    ) throws(ArchiveError) {
        guard byteCount > Self.ratioFloor else { return }
        let ratio = byteCount / max(archiveBytes, 1)
        guard ratio <= compressionRatio else {
            throw .limitExceeded(
                path: path, entry: entry, limit: "unpacked bytes per archive byte", allowed: compressionRatio,
                found: ratio)
        }
    }
}
