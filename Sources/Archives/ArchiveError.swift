/// What can be wrong with an archive, told with its path, the entry, and what to do.
package enum ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder could not be opened or read.
    case cannotOpen(path: String, reason: String)
    /// The name promises an archive, the content is something else.
    case notAnArchive(path: String, expected: String)
    /// No entry has the wanted name.
    case entryNotFound(path: String, wanted: String, available: [String])
    /// Several entries have the wanted ending.
    case ambiguousEntry(path: String, wanted: String, matches: [String])
    /// The archive holds a name that points outside of it.
    case unsafeName(path: String, entry: String, reason: String)
    /// The entry stands in the archive more than once.
    case duplicateEntry(path: String, entry: String, count: Int)
    /// The entry is encrypted.
    case encryptedEntry(path: String, entry: String)
    /// The entry is a link or a device.
    case notAFile(path: String, entry: String)
    /// The bytes break off or contradict themselves.
    case damaged(path: String, entry: String?, detail: String)
    /// A limit of ``ArchiveLimits`` was passed.
    case limitExceeded(path: String, entry: String?, limit: String, allowed: Int, found: Int)
    /// None of the accepted names was found by ``ArchiveSearch``.
    case notFound(accepted: [String], searched: [String], missing: [String])
    /// The archive could not be written by ``ArchiveWriter``.
    case cannotWrite(path: String, reason: String)

    /// The trouble in a sentence, then what to do.
    ///
    /// Names from inside an archive are written so that a terminal shows them and does not obey them.
    package var description: String { sentence.printable }

    private var sentence: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "\(path): cannot be read: \(reason); check the path and that you may read it."
        case .notAnArchive(let path, let expected):
            "\(path): the name promises \(expected), but the content is something else; "
                + "the download may have broken off or saved an error page: fetch the file again."
        case .entryNotFound(let path, let wanted, let available):
            "\(path): holds no entry \(wanted); it holds \(shortList(available)); "
                + "check that this is the right archive."
        case .ambiguousEntry(let path, let wanted, let matches):
            "\(path): \(matches.count) entries end in \(wanted): \(shortList(matches)); "
                + "leave only one of them, or name the folder too."
        case .unsafeName(let path, let entry, let reason):
            "\(path): entry \(entry) \(reason); such an archive is not read: fetch it from its official source."
        case .duplicateEntry(let path, let entry, let count):
            "\(path): entry \(entry) stands there \(count) times, so its content is not certain; "
                + "fetch the archive from its official source."
        case .encryptedEntry(let path, let entry):
            "\(path): entry \(entry) is encrypted; unpack the archive with its password and give the folder."
        case .notAFile(let path, let entry):
            "\(path): entry \(entry) is a link or a device, not a file; name the file that it stands for."
        case .damaged(let path, let entry, let detail):
            "\(path)\(entry.map { ": entry \($0)" } ?? ""): truncated or corrupt: \(detail); fetch the file again."
        case .limitExceeded(let path, let entry, let limit, let allowed, let found):
            "\(path)\(entry.map { ": entry \($0)" } ?? ""): \(found) is above the limit of \(allowed) \(limit); "
                + "if the archive is trusted, unpack it and give the folder."
        case .notFound(let accepted, let searched, let missing):
            "none of the names \(accepted.joined(separator: ", ")) was found in "
                + (searched.isEmpty ? "any folder, for none was given" : searched.joined(separator: ", "))
                + (missing.isEmpty ? "" : " (does not exist: \(missing.joined(separator: ", ")))")
                + "; put the archive there or name its folder."
        case .cannotWrite(let path, let reason):
            "\(path): cannot be written: \(reason); check that its folder exists, that you may write there, "
                + "and that the disk has room."
        }
    }
}

/// Up to ten names, then how many more there are.
func shortList(_ names: [String]) -> String {
    guard !names.isEmpty else { return "nothing" }
    let shown = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
}
