import GRDB

extension ResultStoreError {
    /// What SQLite's error means to the person at the terminal.
    ///
    /// - Parameter mode: How the database was opened, as advice for one who writes is of no use to one who reads.
    init(_ error: DatabaseError, path: String, mode: ResultStore.Mode) {
        let detail = error.message ?? "no message"
        if error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            self.init(
                kind: .interrupted, path: path,
                problem:
                    "a transaction was cut short here; taking it back changes the file, which reading does not do",
                advice: "'lezobench run' with the same suite takes it back and goes on")
            return
        }
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self = .notAResultStore(path, "this file is not an SQLite database", mode: mode)
        case .SQLITE_CORRUPT:
            self.init(
                kind: .damaged, path: path, problem: "the database is damaged (\(detail))",
                advice: "restore a copy, or save what can be read with: sqlite3 '\(path)' .recover")
        case .SQLITE_FULL:
            self.init(
                kind: .diskFull, path: path,
                problem: "the disk is full, so the rows under way were not stored; all earlier ones are safe",
                advice: "free some space and run again: it goes on where it stopped")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                kind: .locked, path: path,
                problem:
                    "another program has held the database locked for \(ResultStore.lockPatienceSeconds) seconds",
                advice: "end its transaction (an open sqlite3 shell, perhaps) and run again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self = .readOnly(path)
        case .SQLITE_CANTOPEN:
            self.init(
                kind: .other, path: path, problem: "the database cannot be opened (\(detail))",
                advice: "check that you may read the file and write to its folder")
        case .SQLITE_IOERR:
            self.init(
                kind: .other, path: path,
                problem:
                    "the disk failed to read or write, so the rows under way were not stored (\(detail))",
                advice: "check the disk and run again: it goes on where it stopped")
        default:
            self.init(
                kind: .other, path: path,
                problem: "SQLite reports: \(detail)",
                advice: "")
        }
    }

    static func notAResultStore(
        _ path: String, _ problem: String, mode: ResultStore.Mode
    ) -> ResultStoreError {
        let other =
            switch mode {
            case .readWrite: "name another file, which is made when it does not exist"
            case .readOnly: "name a database that 'lezobench run' made"
            }
        return ResultStoreError(
            kind: .notAResultStore, path: path, problem: problem, advice: "it was left untouched; \(other)")
    }

    static func foreignDatabase(_ path: String, mode: ResultStore.Mode) -> ResultStoreError {
        .notAResultStore(
            path, "this SQLite database was made by another program, not by lezobench", mode: mode)
    }

    static func otherTables(_ path: String, _ problem: String) -> ResultStoreError {
        ResultStoreError(
            kind: .otherTables, path: path,
            problem: "this is not a results database as this program makes it: \(problem)",
            advice: "another program changed it; it was left untouched, restore a copy")
    }

    static func otherValues(_ path: String, _ problem: String) -> ResultStoreError {
        ResultStoreError(
            kind: .damaged, path: path, problem: "this program never wrote what is in it: \(problem)",
            advice: "another program changed it; restore a copy")
    }

    static func damagedIndex(_ path: String) -> ResultStoreError {
        ResultStoreError(
            kind: .damaged, path: path,
            problem: "an index or a row holds another kind of value than its table",
            advice: "restore a copy, or let sqlite3 show what is wrong with: PRAGMA integrity_check")
    }

    static func readOnly(_ path: String) -> ResultStoreError {
        ResultStoreError(
            kind: .readOnly, path: path, problem: "the database may not be written to",
            advice: "check the rights of the file and its folder, or work on a copy")
    }

    static func unknownRow(_ path: String, _ problem: String) -> ResultStoreError {
        ResultStoreError(kind: .unknownRow, path: path, problem: problem, advice: "")
    }

    static func conflict(_ path: String, _ problem: String, advice: String) -> ResultStoreError {
        ResultStoreError(kind: .conflict, path: path, problem: problem, advice: advice)
    }
}
