package import Archives

/// A record that is not as its task needs it, and where it stands.
package struct BadRecord: Sendable, Hashable {
    /// The archive's path.
    package var archive: String
    /// The entry in the archive.
    package var entry: String
    /// The line, counted from 1, or nil for a file that is one document.
    package var line: Int?
    /// The field, with the path to it in a document, or nil when the whole record is meant.
    package var field: String?
    /// What stands there.
    package var found: String
    /// What should.
    package var expected: String
}

/// Why a task's examples cannot be had.
package enum TaskError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The archive cannot be opened or read.
    case archive(ArchiveError)
    /// A record is malformed.
    case badRecord(BadRecord)
    /// A split has no record at all.
    case emptySplit(archive: String, entry: String)
    /// A count of examples is negative.
    case negativeCount(what: String, count: Int)

    /// One sentence that names the place, then what to do.
    ///
    /// What stands in a file is written so that a terminal shows it and does not obey it.
    package var description: String { sentence.printable }

    private var sentence: String {
        switch self {
        case .archive(let error):
            error.description
        case .badRecord(let record):
            "\(record.archive): entry \(record.entry)\(record.line.map { ", line \($0)" } ?? "")"
                + "\(record.field.map { ", field \"\($0)\"" } ?? ""): found \(record.found), "
                + "expected \(record.expected); fetch the archive again or mend the record."
        case .emptySplit(let archive, let entry):
            "\(archive): entry \(entry) holds no record; fetch the archive again."
        case .negativeCount(let what, let count):
            "\(count) \(what) examples were asked for; ask for 0 or more."
        }
    }
}
