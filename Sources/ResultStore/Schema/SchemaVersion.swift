import GRDB

/// One step of the schema's history: the SQL that leads from the version before to this one.
package struct SchemaVersion: Sendable, Hashable {
    /// The number that `PRAGMA user_version` has afterwards, from 1, without gaps.
    package let number: Int
    /// What changes it, in one line.
    package let summary: String
    /// SQL statements, ended by semicolons.
    package let sql: String

    /// A version from all its parts.
    package init(number: Int, summary: String, sql: String) {
        self.number = number
        self.summary = summary
        self.sql = sql
    }

    /// All versions, oldest first.
    ///
    /// A version that was ever released is never edited: a change is a new one.
    package static let all = [
        SchemaVersion(
            number: 1, summary: "suites, cells, trials, steps, evaluations, rounds", sql: schemaVersion1),
        SchemaVersion(
            number: 2, summary: "storage, tuned parameters, rounding, lost updates, BLAS as installed",
            sql: schemaVersion2),
        SchemaVersion(
            number: 3, summary: "evaluation in context, objectives, checkpoint rules, exact match",
            sql: schemaVersion3),
        SchemaVersion(number: 4, summary: "steps packed into blocks", sql: schemaVersion4),
        SchemaVersion(
            number: 5, summary: "fine-tuning by gradients, parts of memory", sql: schemaVersion5),
        SchemaVersion(number: 6, summary: "counted work of timing rounds", sql: schemaVersion6),
    ]

    /// `PRAGMA application_id` of a result store: the letters `LeZO`.
    package static let applicationID: Int32 = 0x4C65_5A4F

    /// Brings a database to the last of `versions`, all in the transaction that the caller is in.
    ///
    /// The marks are looked at here once more, after SQLite has undone what a killed program left: a file of another program
    /// that has a journal beside it must not be migrated either.
    ///
    /// A table that others point to can be made anew only while foreign keys are not enforced; they are checked at the
    /// end instead.
    static func migrate(_ database: Database, to versions: [SchemaVersion]) throws {
        let present = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tableCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard mark == applicationID || mark == 0 && present == 0 && tableCount == 0 else {
            throw ForeignDatabase()
        }
        for version in versions where version.number > present {
            try database.execute(sql: version.sql)
            try database.execute(sql: "PRAGMA user_version = \(version.number)")
        }
        try database.checkForeignKeys()
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
}

/// A database that another program made.
struct ForeignDatabase: Error {}
