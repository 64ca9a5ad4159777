/// How the bytes behind a path are packed.
enum ArchiveKind: Sendable, Hashable {
    /// A folder, read in place.
    case folder
    /// One file that is not packed; its own name is its only entry.
    case plainFile
    /// Zip, hence wheels and PyTorch checkpoints too.
    case zip
    /// Tar, bare or compressed.
    case tar
    /// A compressed file that is no tar: gz, xz, zst or bz2 of one file.
    case compressedFile

    /// Bytes from the file's start that ``detect(head:fileName:path:)`` needs.
    static let headByteCount = 512

    /// Decides from the first bytes, then holds the name to its promise.
    static func detect(head: [UInt8], fileName: String, path: String) throws(ArchiveError) -> ArchiveKind {
        let name = fileName.lowercased()
        if head.starts(with: [0x50, 0x4b, 3, 4]) || head.starts(with: [0x50, 0x4b, 5, 6]) {
            return .zip
        }
        if [".zip", ".whl"].contains(where: name.hasSuffix) {
            throw .notAnArchive(path: path, expected: "a zip archive")
        }
        if ArchiveCompression(head: head) != nil {
            // By the name: unpacked bytes cannot tell, a file of zeros is a valid empty tar.
            return promisesTar(name) ? .tar : .compressedFile
        }
        if let suffix = [".gz", ".tgz", ".xz", ".txz", ".zst", ".bz2"].first(where: name.hasSuffix) {
            throw .notAnArchive(path: path, expected: "a file compressed as \(suffix)")
        }
        if isTarHeader(head) { return .tar }
        if name.hasSuffix(".tar") {
            throw .notAnArchive(path: path, expected: "a tar archive")
        }
        return .plainFile
    }

    /// Whether a lower-case name says that a tar is inside.
    static func promisesTar(_ name: String) -> Bool {
        name.contains(".tar.") || name.hasSuffix(".tgz") || name.hasSuffix(".txz")
    }

    /// Whether a tar that is not compressed begins so.
    static func isTarHeader(_ head: [UInt8]) -> Bool {
        head.count >= 262 && Array(head[257..<262]) == Array("ustar".utf8)
    }
}
