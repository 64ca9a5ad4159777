/// A result store that could not be opened, read or written.
package struct ResultStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind: Sendable, Hashable {
        /// There is no such file or folder.
        case missing
        /// The file is something else than a result store.
        case notAResultStore
        /// A newer program wrote it.
        case newerSchema
        /// An older program wrote it, and it may not be changed.
        case olderSchema
        /// It has the marks of a result store but other tables or columns.
        case otherTables
        /// Another process writes to it.
        case locked
        /// A transaction was cut short, and must be taken back before the rows are those of a moment.
        case interrupted
        /// It may not be written to.
        case readOnly
        /// The disk is full.
        case diskFull
        /// The file is damaged.
        case damaged
        /// It changed while it was read without a lock.
        case changedWhileReading
        /// What was to be stored contradicts what is stored.
        case conflict
        /// There is no such suite, trial or cell in it.
        case unknownRow
        /// Anything else that SQLite reports.
        case other
    }

    /// The kind.
    package let kind: Kind
    /// The database file.
    package let path: String
    /// What happened, as a sentence without the file.
    package let problem: String
    /// What to do, as a sentence.
    package let advice: String

    /// `path: problem; advice`.
    package var description: String {
        advice.isEmpty ? "\(path): \(problem)" : "\(path): \(problem); \(advice)"
    }
}
