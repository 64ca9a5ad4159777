import CArchive
import Glibc

/// Writes small archives whose bytes depend only on what is in them.
///
/// Entries are sorted by name and carry no owner, no times (a zip shows 1980-01-01, a tar 1970-01-01) and the
/// mode 0644, so the same content gives the same file. Compressed archives may still differ between versions
/// of the compression library; uncompressed ones do not.
package enum ArchiveWriter {
    /// The container and its compression.
    package enum Format: Sendable, Hashable, CaseIterable {
        /// A zip whose entries are stored as they are.
        case storedZip
        /// A zip whose entries are deflated.
        case deflatedZip
        /// A bare tar.
        case tar
        /// A tar in gzip.
        case gzippedTar
    }

    /// Writes an archive, replacing a file of that name; a reader sees the old file or the new one.
    ///
    /// - Parameters:
    ///   - entries: The content of each file by its name inside the archive, with slashes after folders,
    ///     which need no entries of their own.
    ///   - path: The archive's path; its folder must exist.
    ///   - format: The container.
    /// - Throws: ``ArchiveError/unsafeName(path:entry:reason:)`` for a name that the reader would refuse,
    ///   ``ArchiveError/cannotWrite(path:reason:)`` when the system refuses to write.
    package static func write(
        _ entries: [String: [UInt8]], to path: String, format: Format
    ) throws(ArchiveError) {
        let sorted = entries.sorted { $0.key < $1.key }
        for (name, content) in sorted {
            let entry = ArchiveEntry(name: name, byteCount: content.count, kind: .file, isEncrypted: false)
            try entry.checkName(path: path)
        }
        let partial = path + ".partial"
        do throws(ArchiveError) {
            let writer = try LibArchiveWriter(path: partial, shownPath: path, format: format)
            for (name, content) in sorted {
                try writer.add(name: name, content: content)
            }
            try writer.close()
            guard rename(partial, path) == 0 else {
                throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
            }
        } catch {
            unlink(partial)
            throw error
        }
    }
}

/// One pass of libarchive over an archive that is being written.
private final class LibArchiveWriter {
    private let handle: OpaquePointer
    private let shownPath: String

    init(path: String, shownPath: String, format: ArchiveWriter.Format) throws(ArchiveError) {
        guard let handle = archive_write_new() else {
            throw .cannotWrite(path: shownPath, reason: "out of memory")
        }
        self.handle = handle
        self.shownPath = shownPath
        switch format {
        case .storedZip:
            try check(archive_write_set_format_zip(handle))
            try check(archive_write_zip_set_compression_store(handle))
        case .deflatedZip:
            try check(archive_write_set_format_zip(handle))
            try check(archive_write_zip_set_compression_deflate(handle))
        case .tar:
            try check(archive_write_set_format_ustar(handle))
        case .gzippedTar:
            try check(archive_write_set_format_ustar(handle))
            try check(archive_write_add_filter_gzip(handle))
            // Otherwise gzip's header holds the time of day.
            try check(archive_write_set_filter_option(handle, "gzip", "timestamp", nil))
        }
        // The last block is not filled up, so the file holds nothing but the archive.
        try check(archive_write_set_bytes_in_last_block(handle, 1))
        try check(archive_write_open_filename(handle, path))
    }

    deinit {
        archive_write_free(handle)
    }

    func add(name: String, content: [UInt8]) throws(ArchiveError) {
        guard let entry = archive_entry_new() else {
            throw .cannotWrite(path: shownPath, reason: "out of memory")
        }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname_utf8(entry, name)
        archive_entry_set_size(entry, Int64(content.count))
        archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
        archive_entry_set_perm(entry, 0o644)
        try check(archive_write_header(handle, entry))
        let written = content.withUnsafeBytes { archive_write_data(handle, $0.baseAddress, $0.count) }
        guard written == content.count else {
            throw .cannotWrite(path: shownPath, reason: message)
        }
    }

    func close() throws(ArchiveError) {
        try check(archive_write_close(handle))
    }

    private var message: String {
        archive_error_string(handle).map { String(cString: $0) } ?? "no reason was given"
    }

    private func check(_ outcome: Int32) throws(ArchiveError) {
        guard outcome == ARCHIVE_OK else {
            throw .cannotWrite(path: shownPath, reason: message)
        }
    }
}
