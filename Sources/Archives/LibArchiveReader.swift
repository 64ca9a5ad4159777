import CArchive
import Glibc

/// One pass over an archive through libarchive, header by header.
///
/// Every outcome but a clean one ends in an ``ArchiveError``: libarchive reports a wrong checksum as a
/// warning only.
final class LibArchiveReader {
    /// A locale made once and never changed, so that any thread may use it.
    private struct UTF8Locale: @unchecked Sendable {
        let value: locale_t
    }

    private static let utf8Locale: UTF8Locale? = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil).map(UTF8Locale.init)

    private let handle: OpaquePointer
    private let path: String
    /// Headers that were read.
    private var headerCount = 0
    /// Keeps bytes in memory alive while libarchive reads them.
    private let bytes: ArchiveBytes?

    /// Opens an archive file, or one held in memory.
    ///
    /// - Parameter compression: The one that is undone; what it gives is never looked at for another.
    init(
        path: String, kind: ArchiveKind, compression: ArchiveCompression?, bytes: ArchiveBytes?
    ) throws(ArchiveError) {
        guard let handle = archive_read_new() else {
            throw .cannotOpen(path: path, reason: "out of memory")
        }
        self.handle = handle
        self.path = path
        self.bytes = bytes
        Self.enableFormats(of: kind, on: handle)
        // Named, not found by bidding, which would go on with what comes out.
        if let compression, kind != .zip {
            guard archive_read_append_filter(handle, compression.filterCode) == ARCHIVE_OK else {
                throw .cannotOpen(path: path, reason: message)
            }
        }
        let outcome: Int32
        if let bytes {
            outcome = archive_read_open_memory(handle, bytes.pointer, bytes.count)
        } else {
            outcome = archive_read_open_filename(handle, path, 1 << 18)
        }
        guard outcome == ARCHIVE_OK else {
            throw .damaged(path: path, entry: nil, detail: message)
        }
    }

    deinit {
        archive_read_free(handle)
    }

    private static func enableFormats(of kind: ArchiveKind, on handle: OpaquePointer) {
        switch kind {
        case .zip:
            // Only by the directory at the end: a zip that broke off must not pass for a shorter one.
            archive_read_support_format_zip_seekable(handle)
        case .tar:
            archive_read_support_format_tar(handle)
        case .compressedFile:
            archive_read_support_format_raw(handle)
        case .folder, .plainFile:
            break
        }
    }

    /// What libarchive last complained about.
    private var message: String {
        archive_error_string(handle).map { String(cString: $0) } ?? "no reason was given"
    }

    /// The next header, or nil after the last one.
    ///
    /// - Parameter rawName: The name to give the one entry of a compressed single file.
    func nextEntry(rawName: String) throws(ArchiveError) -> ArchiveEntry? {
        // Without it libarchive could not give a name beyond ASCII: a program starts in the C locale.
        let former = Self.utf8Locale.map { uselocale($0.value) }
        defer { former.map { _ = uselocale($0) } }
        var entry: OpaquePointer?
        let outcome = archive_read_next_header(handle, &entry)
        if outcome == ARCHIVE_EOF { return nil }
        guard outcome == ARCHIVE_OK || (outcome == ARCHIVE_WARN && warnsOfName), let entry else {
            throw .damaged(path: path, entry: nil, detail: message)
        }
        headerCount += 1
        let isRaw = archive_format(handle) == ARCHIVE_FORMAT_RAW
        let type = archive_entry_filetype(entry)
        let isLink = archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
        let kind: ArchiveEntry.Kind =
            isRaw ? .file : isLink ? .other : type == S_IFREG ? .file : type == S_IFDIR ? .folder : .other
        let name = isRaw ? rawName : try name(of: entry)
        return ArchiveEntry(
            name: name, byteCount: try byteCount(of: entry, named: name), kind: kind,
            isEncrypted: archive_entry_is_encrypted(entry) != 0)
    }

    /// Whether the last warning is about a name that is not in the archive's own character set; see name(of:).
    ///
    /// Others are about headers that contradict each other, as a zip's two sizes of one entry.
    private var warnsOfName: Bool { message.contains("converted") }

    private func byteCount(of entry: OpaquePointer, named name: String) throws(ArchiveError) -> Int? {
        guard archive_entry_size_is_set(entry) != 0 else { return nil }
        let size = archive_entry_size(entry)
        guard size >= 0 else {
            throw .damaged(path: path, entry: name, detail: "its declared size is \(size) bytes")
        }
        return Int(size)
    }

    private func name(of entry: OpaquePointer) throws(ArchiveError) -> String {
        if let name = archive_entry_pathname_utf8(entry) {
            return String(cString: name)
        }
        if let name = archive_entry_pathname(entry), let text = String(validatingCString: name) {
            return text
        }
        // What the name's bytes are cannot be had when they fit no encoding.
        throw .unsafeName(path: path, entry: "number \(headerCount)", reason: "has a name that is not UTF-8")
    }

    /// Reads the current entry's next bytes; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer, entry: String) throws(ArchiveError) -> Int {
        let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
        guard count >= 0 else {
            throw .damaged(path: path, entry: entry, detail: message)
        }
        return count
    }
}

/// Bytes that do not move, owned for as long as someone reads them.
final class ArchiveBytes {
    let pointer: UnsafeMutableRawPointer
    let count: Int

    /// A copy of `bytes`.
    init(copying bytes: UnsafeRawBufferPointer) {
        pointer = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
        count = bytes.count
        if let base = bytes.baseAddress {
            pointer.copyMemory(from: base, byteCount: bytes.count)
        }
    }

    deinit {
        pointer.deallocate()
    }
}
