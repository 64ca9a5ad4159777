import GRDB

/// Whether a database's tables are those that its version says.
///
/// The marks of a file tell its version, not that nobody changed it since. A reader that met an unknown table or missed a
/// column half-way would speak of SQL instead of the file.
enum SchemaCheck {
    /// What differs from the tables of `versions`, as one sentence; nil when nothing does.
    ///
    /// Views and indices are anybody's to add; tables too where `toleratingTables` says so. A computed column counts as
    /// another one.
    static func deviation(
        of database: Database, versions: [SchemaVersion], toleratingTables: Bool = false
    ) throws -> String? {
        let expected = try DatabaseQueue().write { model in
            try SchemaVersion.migrate(model, to: versions)
            return try tables(of: model)
        }
        let found = try tables(of: database)
        for name in expected.keys.sorted() {
            guard let columns = found[name] else { return "its table '\(name)' is missing" }
            if let column = expected[name]?.subtracting(columns).sorted().first {
                return "its table '\(name)' lacks the column '\(column)'"
            }
            if let column = columns.subtracting(expected[name] ?? []).sorted().first {
                return "its table '\(name)' has an unknown column '\(column)'"
            }
        }
        if toleratingTables { return nil }
        return Set(found.keys).subtracting(expected.keys).sorted().first.map {
            "it holds an unknown table '\($0)'"
        }
    }

    /// The columns of each table by the table's name.
    private static func tables(of database: Database) throws -> [String: Set<String>] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT list.name AS "table", info.name || iif(info.hidden, ' (computed)', '') AS "column"
                FROM pragma_table_list AS list JOIN pragma_table_xinfo(list.name) AS info
                WHERE list.schema = 'main' AND list.type = 'table' AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                """)
        return try rows.reduce(into: [:]) { tables, row in
            tables[try row.stored("table"), default: []].insert(try row.stored("column"))
        }
    }
}
