/// The index of an archive: one pass over all headers, kept for later questions.
extension Archive {
    /// Every name in the archive, in its own order.
    func entries(limits: ArchiveLimits = .standard) throws(ArchiveError) -> [ArchiveEntry] {
        if let knownEntries { return knownEntries }
        let entries = try listEntries(limits: limits)
        knownEntries = entries
        return entries
    }

    /// The entry of a name, when it is there once, is a file, and can be read.
    func entry(
        named name: String, limits: ArchiveLimits = .standard
    ) throws(ArchiveError) -> ArchiveEntry {
        let matches = try entries(limits: limits).filter { $0.name == name && $0.kind != .folder }
        guard let entry = matches.first else {
            throw .entryNotFound(path: path, wanted: name, available: try entryNames())
        }
        guard matches.count == 1 else {
            throw .duplicateEntry(path: path, entry: name, count: matches.count)
        }
        guard entry.kind == .file else {
            throw .notAFile(path: path, entry: name)
        }
        guard !entry.isEncrypted else {
            throw .encryptedEntry(path: path, entry: name)
        }
        return entry
    }

    /// The name of a single file's only entry: the file's own, without its compression suffix.
    var rawName: String {
        guard kind == .compressedFile,
            let suffix = [".gz", ".xz", ".zst", ".bz2"].first(where: fileName.lowercased().hasSuffix)
        else { return fileName }
        return String(fileName.dropLast(suffix.count))
    }

    /// Whether a name is one of the shadow files that macOS puts into archives.
    func isFromMacOS(_ name: String) -> Bool {
        name.hasPrefix("__MACOSX/") || lastPathComponent(name).hasPrefix("._")
    }

    private func listEntries(limits: ArchiveLimits) throws(ArchiveError) -> [ArchiveEntry] {
        switch kind {
        case .folder:
            return try FolderListing.walk(path, maximumDepth: Self.folderDepth)
                .sorted { $0.relativePath < $1.relativePath }
                .map {
                    ArchiveEntry(
                        name: $0.relativePath, byteCount: $0.byteCount, kind: $0.isFolder ? .folder : .file,
                        isEncrypted: false)
                }
        case .plainFile:
            return [ArchiveEntry(name: fileName, byteCount: byteCount, kind: .file, isEncrypted: false)]
        case .zip, .tar, .compressedFile:
            return try listPackedEntries(limits: limits)
        }
    }

    private func listPackedEntries(limits: ArchiveLimits) throws(ArchiveError) -> [ArchiveEntry] {
        if isBareTar { try ArchiveEnd.requireTarEnd(path: path, bytes: bytes) }
        if compression == .gzip {
            try GzipChecksum.verify(path: path, bytes: bytes, archiveBytes: byteCount, limits: limits)
        }
        let reader = try LibArchiveReader(
            path: path, kind: kind, compression: compression, bytes: bytes)
        var entries: [ArchiveEntry] = []
        var total = 0
        var nameBytes = 0
        while let entry = try reader.nextEntry(rawName: rawName) {
            try entry.checkName(path: path)
            entries.append(entry)
            guard entries.count <= limits.entries else {
                throw .limitExceeded(
                    path: path, entry: nil, limit: "entries", allowed: limits.entries, found: entries.count)
            }
            nameBytes += entry.name.utf8.count
            guard nameBytes <= ArchiveLimits.bytesOfNames else {
                throw .limitExceeded(
                    path: path, entry: nil, limit: "bytes of names", allowed: ArchiveLimits.bytesOfNames,
                    found: nameBytes)
            }
            let (sum, overflows) = total.addingReportingOverflow(entry.byteCount ?? 0)
            total = overflows ? Int.max : sum
            try limits.check(total: total, archiveBytes: byteCount, path: path)
        }
        return entries
    }
}
