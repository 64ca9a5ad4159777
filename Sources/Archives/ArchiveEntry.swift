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

    /// Refuses names that would lead out of a folder if they were unpacked.
    func checkName(path: String) throws(ArchiveError) {
        if name.hasPrefix("/") || name.hasPrefix("\\") {
            throw .unsafeName(path: path, entry: name, reason: "is an absolute name")
        }
        if name.split(separator: "/").contains("..") || name.split(separator: "\\").contains("..") {
            throw .unsafeName(path: path, entry: name, reason: "leads out of the archive by \"..\"")
        }
        if name.utf8.contains(0) || name.isEmpty {
            throw .unsafeName(path: path, entry: name.isEmpty ? "(empty)" : name, reason: "is no usable name")
        }
    }
}
