/// One name in an archive.
struct ArchiveEntry: Sendable, Hashable {
    /// What the name stands for.
    enum Kind: Sendable, Hashable {
        case file
        case folder
        case other
    }

    /// The name inside the archive, with slashes.
    var name: String
    /// Bytes after unpacking, or nil when the archive does not say.
    var byteCount: Int?
    var kind: Kind
    var isEncrypted: Bool

    /// Whether the name begins as an absolute path of Windows does.
    private var hasDriveLetter: Bool {
        let start = Array(name.utf8.prefix(2))
        return start.count == 2 && start[1] == UInt8(ascii: ":")
            && UInt8(ascii: "a")...UInt8(ascii: "z") ~= start[0] | 0x20
    }

    /// Refuses names that would lead out of a folder if they were unpacked, or that a terminal would obey.
    func checkName(path: String) throws(ArchiveError) {
        if name.hasPrefix("/") || name.hasPrefix("\\") {
            throw .unsafeName(path: path, entry: name, reason: "is an absolute name")
        }
        if name.split(separator: "/").contains("..") || name.split(separator: "\\").contains("..") {
            throw .unsafeName(path: path, entry: name, reason: "leads out of the archive by \"..\"")
        }
        if hasDriveLetter {
            throw .unsafeName(path: path, entry: name, reason: "is an absolute name")
        }
        if name.unicodeScalars.contains(where: \.actsOnTerminal) || name.isEmpty {
            throw .unsafeName(
                path: path, entry: name.isEmpty ? "(empty)" : name,
                reason: name.isEmpty ? "has no name" : "has control characters in its name")
        }
        let length = name.utf8.count
        guard length <= ArchiveLimits.bytesPerName else {
            throw .limitExceeded(
                path: path, entry: name, limit: "bytes a name", allowed: ArchiveLimits.bytesPerName,
                found: length)
        }
    }
}
