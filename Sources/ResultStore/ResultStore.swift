import Foundation
import GRDB
import Glibc

/// A results database: what suites wanted and what their trials and rounds gave, in one SQLite file.
///
/// One process writes at a time; others may read meanwhile. Everything that one call stores is one transaction, so
/// a kill at any moment leaves whole calls. ``SchemaVersion`` and the texts of its versions, such as
/// `schemaVersion1`, describe the tables.
package final class ResultStore {
    /// What a store is opened for.
    package enum Mode: Sendable, Hashable {
        /// To write; the file is made when it does not exist.
        case readWrite
        /// To read; neither the file nor its folder is changed.
        case readOnly
    }

    /// How long a call waits for another program's transaction.
    static let lockPatienceSeconds = 10

    /// The database file as it was named.
    package let path: String
    private let mode: Mode
    private let queue: DatabaseQueue
    private var lock: WriterLock?
    private let guarding: FileState?
    /// The time that rows are marked with, in nanoseconds since 1970 in UTC; it may go back.
    let now: () -> Int64

    /// Opens a database.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - mode: Whether to write.
    ///   - versions: The schema's history; another than the program's own is of use to tests only.
    ///   - journaling: How it stays whole while it is written; nil for what suits its file system.
    ///   - now: The clock that rows get their time from, in nanoseconds since 1970 in UTC. Nothing is ordered by it but
    ///     attempts of different databases, and no duration is taken by it, so it may be set back at any time.
    /// - Throws: ``ResultStoreError`` when the file is something else, newer, locked, or not to be opened; it is
    ///   then as it was before.
    package init(
        path: String, mode: Mode, versions: [SchemaVersion] = SchemaVersion.all,
        journaling: Journaling? = nil, now: @escaping () -> Int64 = ResultStore.wallClock
    ) throws(ResultStoreError) {
        self.path = path
        self.mode = mode
        self.now = now
        let current = versions.last?.number ?? 0
        let file = StoreFile(path: path, mode: mode)
        switch mode {
        case .readWrite:
            try file.check(currentVersion: current)
            lock = try WriterLock(path: path)
            guarding = nil
            queue = try file.openForWriting(
                versions: versions, journaling: journaling ?? Journaling(ofFileAt: path))
            try refuseForeignContent(versions: versions, toleratingTables: true)
        case .readOnly:
            try file.check(currentVersion: current)
            guarding = file.mayBeReadAsItIs ? FileState(path: path) : nil
            queue = try file.openForReading()
            lock = nil
            try refuseForeignContent(versions: versions, toleratingTables: false)
        }
    }

    /// Refuses tables and values that this program does not make: rows are read on the assumption that it did.
    ///
    /// - Parameter toleratingTables: Whether tables that this program does not know may be there too.
    private func refuseForeignContent(
        versions: [SchemaVersion], toleratingTables: Bool
    ) throws(ResultStoreError) {
        let deviation = try read {
            try SchemaCheck.deviation(of: $0, versions: versions, toleratingTables: toleratingTables)
        }
        if let deviation { throw .otherTables(path, deviation) }
        if let deviation = try read({ try StoredValues.deviation(of: $0, versions: versions) }) {
            throw .otherValues(path, deviation)
        }
    }

    deinit {
        // The lock must outlive the connection, whose closing still writes.
        try? queue.close()
        lock = nil
    }

    /// Closes the database; later calls fail.
    package func close() throws(ResultStoreError) {
        do {
            try queue.close()
        } catch {
            throw translated(error)
        }
        lock = nil
    }

    /// Runs `body` in one transaction, undone as a whole when it throws.
    func write<Value>(_ body: (Database) throws -> Value) throws(ResultStoreError) -> Value {
        do {
            return try queue.write(body)
        } catch {
            throw translated(error)
        }
    }

    /// Runs `body` on one unchanging view of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws(ResultStoreError) -> Value {
        let value: Value
        do {
            value = try queue.read(body)
        } catch {
            throw translated(error)
        }
        guard let guarding, guarding != FileState(path: path) else { return value }
        throw ResultStoreError(
            kind: .changedWhileReading, path: path,
            problem: "another process began to write while this was read",
            advice: "run the command again")
    }

    private func translated(_ error: any Error) -> ResultStoreError {
        switch error {
        case let error as ResultStoreError: error
        case let error as DatabaseError: ResultStoreError(error, path: path, mode: mode)
        // Its own words would hold the whole statement and row.
        case is RowDecodingError: .damagedIndex(path)
        default: ResultStoreError(kind: .other, path: path, problem: "\(error)", advice: "")
        }
    }

    /// The system's clock, in nanoseconds since 1970 in UTC.
    package static func wallClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// What tells whether a file was written to.
struct FileState: Equatable {
    private var bytes: Int64 = -1
    private var seconds = 0
    private var nanoseconds = 0
    private var hasLog = false

    init(path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            bytes = Int64(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
        hasLog = StoreFile.hasPendingLog(beside: path)
    }
}
