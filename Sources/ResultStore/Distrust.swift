import CSQLiteSettings
import Foundation
import GRDB

/// Connections that run none of what a database file brings along: results databases are passed on between people.
///
/// A schema may hold triggers and views that run when a table is read or written, and a damaged page may lie about its
/// cells. Source: SQLite, "Defense Against The Dark Arts"; extensions cannot be loaded in any case, since nothing
/// here turns their loading on.
enum Distrust {
    /// What a connection to any results database begins with.
    static func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(TimeInterval(ResultStore.lockPatienceSeconds))
        configuration.prepareDatabase { database in
            // No SQL may corrupt the file; no function in the schema may do more than compute.
            try set(SQLITE_DBCONFIG_DEFENSIVE, isOn: true, in: database)
            try set(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: false, in: database)
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
            // A schema is brought up to date with its views in place; the writer bars them afterwards.
            if isReadOnly { try barViews(in: database) }
        }
        return configuration
    }

    /// Makes reading a view an error: what is read here are tables, and a view under a table's name is somebody's trap.
    static func barViews(in database: Database) throws {
        try set(SQLITE_DBCONFIG_ENABLE_VIEW, isOn: false, in: database)
    }

    private static func set(_ option: Int32, isOn: Bool, in database: Database) throws {
        let code = csqlite_set_switch(database.sqliteConnection, option, isOn ? 1 : 0)
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: "switch \(option) cannot be set")
        }
    }
}
