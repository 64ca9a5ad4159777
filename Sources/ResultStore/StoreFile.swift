import Foundation
import GRDB
import Glibc

/// The file of a result store before and while it is opened.
struct StoreFile {
    let path: String
    /// What it is opened for.
    let mode: ResultStore.Mode

    /// Whether a write-ahead log with rows that are not yet in a database's file lies beside it.
    static func hasPendingLog(beside path: String) -> Bool {
        var status = stat()
        return stat(path + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Whether the journal of a transaction lies beside a database's file: one under way, or one that was cut short.
    static func hasJournal(beside path: String) -> Bool {
        var status = stat()
        return stat(path + "-journal", &status) == 0 && status.st_size > 0
    }

    /// Whether readers may take the file as one that nobody changes.
    ///
    /// They may where changes go to a log and there is none now. A writer with a journal changes the file itself, so its
    /// readers need locks.
    var mayBeReadAsItIs: Bool {
        let usesLog = header()?.usesLog ?? true
        return usesLog && !Self.hasPendingLog(beside: path) && !Self.hasJournal(beside: path)
    }

    /// Checks that the file may be opened at all, without changing it or its folder.
    ///
    /// Marks and schema are written before the log is turned on, so they are in the file itself from its first
    /// moment, and looking at it without its log is enough.
    func check(currentVersion: Int) throws(ResultStoreError) {
        let mayMigrate = mode == .readWrite
        var status = stat()
        guard stat(path, &status) == 0 else {
            if mayMigrate { return }
            throw ResultStoreError(
                kind: .missing, path: path, problem: "there is no results database of this name",
                advice: "'lezobench run SUITE --db \(path)' makes one")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .notAResultStore(
                path, status.st_mode & S_IFMT == S_IFDIR ? "this is a folder" : "this is no file", mode: mode)
        }
        if status.st_size == 0 {
            if mayMigrate { return }
            throw .notAResultStore(path, "this file is empty", mode: mode)
        }
        // A creation that was killed is undone by SQLite itself when it is opened.
        if mayMigrate && access(path + "-journal", F_OK) == 0 { return }
        let marks = try self.marks()
        let isNew = marks.applicationID == 0 && marks.version == 0 && marks.tableCount == 0
        if isNew && mayMigrate { return }
        guard marks.applicationID == SchemaVersion.applicationID else {
            throw .foreignDatabase(path, mode: mode)
        }
        if marks.version > currentVersion {
            throw ResultStoreError(
                kind: .newerSchema, path: path,
                problem:
                    "a newer lezobench wrote it (schema \(marks.version), this program knows \(currentVersion))",
                advice: "use that version; the file was left untouched")
        }
        if marks.version < currentVersion && !mayMigrate {
            throw ResultStoreError(
                kind: .olderSchema, path: path,
                problem:
                    "an older lezobench wrote it (schema \(marks.version), this program writes \(currentVersion))",
                advice: "any 'lezobench run' on it, or on a copy, brings it up to date")
        }
    }

    /// Opens the file to write, making and migrating the schema.
    func openForWriting(
        versions: [SchemaVersion], journaling: Journaling
    ) throws(ResultStoreError) -> DatabaseQueue {
        try translating {
            var configuration = Distrust.configuration(isReadOnly: false)
            configuration.foreignKeysEnabled = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA foreign_keys = OFF")
                try database.inTransaction(.immediate) {
                    try checkTables(of: database, versions: versions)
                    try SchemaVersion.migrate(database, to: versions)
                    return .commit
                }
                try database.execute(sql: "PRAGMA foreign_keys = ON")
                try journaling.turnOn(in: database)
                try Distrust.barViews(in: database)
            }
            return queue
        }
    }

    /// Refuses a database of ours whose tables are not those of its own version, before a migration reads them: a view
    /// under a table's name would be run, and may never end.
    private func checkTables(of database: Database, versions: [SchemaVersion]) throws {
        let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let present = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard mark == SchemaVersion.applicationID, present > 0 else { return }
        let deviation = try SchemaCheck.deviation(
            of: database, versions: versions.filter { $0.number <= present }, toleratingTables: true)
        if let deviation { throw ResultStoreError.otherTables(path, deviation) }
    }

    /// Opens the file to read, leaving no trace where nobody is writing.
    func openForReading() throws(ResultStoreError) -> DatabaseQueue {
        if mayBeReadAsItIs, let queue = try? openImmutable() { return queue }
        return try translating {
            try DatabaseQueue(path: path, configuration: Distrust.configuration(isReadOnly: true))
        }
    }

    private struct Marks {
        var applicationID: Int32
        var version: Int
        /// Nil where it was not counted, since the other two say enough.
        var tableCount: Int?
    }

    private func marks() throws(ResultStoreError) -> Marks {
        // Where carrying the log over into the file was cut short, by a full disk or a kill, the file's first page tells of
        // pages that only the log has. Nothing is lost, but whoever looks at the file alone takes it for damaged.
        if Self.hasPendingLog(beside: path), let marks = header()?.marks,
            marks.applicationID == SchemaVersion.applicationID
        {
            return marks
        }
        return try translating {
            let queue = try openImmutable()
            defer { try? queue.close() }
            return try queue.read { database in
                Marks(
                    applicationID: try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    version: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    tableCount: try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0)
            }
        }
    }

    /// What stands at fixed places in the header of an SQLite file ("Database File Format", section 1.3).
    private struct Header {
        var marks: Marks
        /// Whether writers put changes into a log and not into the file.
        var usesLog: Bool
    }

    /// The file's header, nil where there is none.
    private func header() -> Header? {
        let magic = Array("SQLite format 3".utf8) + [0]
        guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: 100),
            data.count == 100, data.starts(with: magic)
        else { return nil }
        func number(at offset: Int) -> UInt32 {
            data[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        return Header(
            marks: Marks(
                applicationID: Int32(bitPattern: number(at: 68)), version: Int(number(at: 60)),
                tableCount: nil),
            usesLog: data[18] == 2)
    }

    /// Opens the file as one that nobody changes: SQLite then takes no locks and makes no files beside it.
    private func openImmutable() throws -> DatabaseQueue {
        let absolute = URL(fileURLWithPath: path).path
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "/-_.~")
        let escaped = absolute.addingPercentEncoding(withAllowedCharacters: allowed) ?? absolute
        return try DatabaseQueue(
            path: "file:\(escaped)?immutable=1",
            configuration: Distrust.configuration(isReadOnly: true))
    }

    private func translating<Value>(_ body: () throws -> Value) throws(ResultStoreError) -> Value {
        do {
            return try body()
        } catch let error as ResultStoreError {
            throw error
        } catch let error as DatabaseError {
            throw ResultStoreError(error, path: path, mode: mode)
        } catch is ForeignDatabase {
            throw .foreignDatabase(path, mode: mode)
        } catch {
            throw ResultStoreError(kind: .other, path: path, problem: "\(error)", advice: "")
        }
    }
}
