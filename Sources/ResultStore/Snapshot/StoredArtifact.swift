import GRDB

/// An archive, weight file or vocabulary, known by its content.
package struct StoredArtifact: Sendable, Hashable {
    /// `archive`, `weights` or `vocabulary`.
    package var kind: String
    /// What it stands for: a task's or model's name.
    package var subject: String
    /// The file's name without its folder.
    package var fileName: String
    /// SHA-256 of its bytes.
    package var sha256: String
    /// Size in bytes.
    package var byteCount: Int64
    /// A sentence when it is partial, such as that it is a subset.
    package var note: String?

    /// An artifact from all its values.
    package init(
        kind: String, subject: String, fileName: String, sha256: String, byteCount: Int64, note: String?
    ) {
        self.kind = kind
        self.subject = subject
        self.fileName = fileName
        self.sha256 = sha256
        self.byteCount = byteCount
        self.note = note
    }
}

extension StoredArtifact {
    /// The artifact in a row of its table.
    init(row: Row) throws {
        self.init(
            kind: try row.stored("kind"), subject: try row.stored("subject"),
            fileName: try row.stored("file_name"), sha256: try row.stored("sha256"),
            byteCount: try row.stored("byte_count"), note: try row.stored("note"))
    }
}
