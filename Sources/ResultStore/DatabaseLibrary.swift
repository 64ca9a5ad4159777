import GRDB

/// The SQLite that this process loaded.
package enum DatabaseLibrary {
    /// Its version, such as `3.40.1`.
    package static func version() throws -> String {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? "unknown"
    }
}
