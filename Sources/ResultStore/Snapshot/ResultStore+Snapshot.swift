import GRDB

extension ResultStore {
    /// The names of the suites, sorted.
    package func suiteNames() throws(ResultStoreError) -> [String] {
        try read(Self.suiteNames)
    }

    /// The protocols of a suite that the database holds, sorted; one empty name for a suite without a choice.
    package func protocolNames(ofSuite name: String) throws(ResultStoreError) -> [String] {
        try read { try Self.protocolNames(ofSuite: name, $0) }
    }

    /// Everything that the newest file of a suite's name left in the database.
    ///
    /// - Parameters:
    ///   - name: The suite's name.
    ///   - protocolName: Which of its protocols; nil for the one that was run last.
    /// - Throws: ``ResultStoreError`` of kind `unknownRow` naming the suites that are there.
    package func snapshot(
        suiteNamed name: String, protocolName: String? = nil
    ) throws(ResultStoreError) -> ResultSnapshot {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM suite WHERE name = ?1 AND (?2 IS NULL OR protocol = ?2)
                    ORDER BY registered_ns DESC LIMIT 1
                    """, arguments: [name, protocolName])
            guard let row else { throw try unknownSuite(name, protocolName: protocolName, database) }
            return try SnapshotReader(path: path, database: database, suiteID: try row.stored("id")).snapshot(
                row)
        }
    }

    private static func suiteNames(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT DISTINCT name FROM suite ORDER BY name")
    }

    private static func protocolNames(ofSuite name: String, _ database: Database) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT DISTINCT protocol FROM suite WHERE name = ? ORDER BY protocol",
            arguments: [name])
    }

    /// What the database holds in place of a suite or of one of its protocols.
    private func unknownSuite(
        _ name: String, protocolName: String?, _ database: Database
    ) throws -> ResultStoreError {
        if let protocolName, !protocolName.isEmpty {
            let protocols = try Self.protocolNames(ofSuite: name, database)
            if !protocols.isEmpty {
                return .unknownRow(
                    path,
                    "suite '\(name)' was not run under protocol '\(protocolName)' in this database; it was run "
                        + "under: \(protocols.filter { !$0.isEmpty }.joined(separator: ", "))")
            }
        }
        let names = try Self.suiteNames(database)
        let list = names.isEmpty ? "it holds no suite yet" : "it holds: \(names.joined(separator: ", "))"
        return .unknownRow(path, "there is no suite '\(name)' in this database; \(list)")
    }
}
