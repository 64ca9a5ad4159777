import GRDB

/// Whether the values of a database are ones that this program could have written.
///
/// Databases are passed on, and a column of the right name may hold anything once somebody edited it. So before a row is
/// read, all values are looked at by SQL: their types, and ranges wide enough for any real record and narrow enough that no
/// sum of them overflows.
enum StoredValues {
    /// The first value that is out of place, as one sentence; nil when there is none.
    ///
    /// - Parameter versions: The schema that the database has.
    static func deviation(of database: Database, versions: [SchemaVersion]) throws -> String? {
        let columns = try DatabaseQueue().write { model in
            try SchemaVersion.migrate(model, to: versions)
            return try StoredColumn.all(of: model)
        }
        for (table, members) in columns.sorted(by: { $0.key < $1.key }) {
            let rule = members.map(\.rule).joined(separator: " AND ")
            if try exists(database, "SELECT 1 FROM \"\(table)\" WHERE NOT (\(rule)) LIMIT 1") {
                return try firstDeviation(in: table, members, database)
            }
        }
        for rule in rowRules where columns[rule.table] != nil {
            if try exists(database, "SELECT 1 FROM \(rule.table) WHERE NOT (\(rule.condition)) LIMIT 1") {
                return "its table '\(rule.table)' has a row \(rule.fault)"
            }
        }
        let crowded = """
            SELECT 1 FROM round GROUP BY suite_id, cell_id HAVING count(*) > \(largestRoundCount) LIMIT 1
            """
        return try columns["round"] != nil && exists(database, crowded)
            ? "it has more than \(largestRoundCount) rounds of one cell" : nil
    }

    /// Statistics over pairs of rounds take the square of their number.
    private static let largestRoundCount = 2000

    /// What holds between columns of one row.
    private static let rowRules: [(table: String, condition: String, fault: String)] = [
        (
            "trial",
            """
            weights_digest IS NULL
            OR steps_done IS NOT NULL AND best_step IS NOT NULL AND peak_resident_bytes IS NOT NULL
            """, "with a digest of weights, but without steps or memory"
        ),
        (
            "trial",
            """
            data_notes IS NULL
            OR train_examples IS NOT NULL AND dev_examples IS NOT NULL AND test_examples IS NOT NULL
            """, "with notes on its data, but without counts of examples"
        ),
        (
            "cell", "task IS NOT NULL OR shape_batch IS NOT NULL AND shape_tokens IS NOT NULL",
            "with neither a task nor a shape"
        ),
    ]

    private static func firstDeviation(
        in table: String, _ columns: [StoredColumn], _ database: Database
    ) throws -> String? {
        for column in columns {
            let found = try String.fetchOne(
                database,
                sql: """
                    SELECT substr(quote(CASE WHEN typeof("\(column.name)") IN ('text', 'blob')
                        THEN typeof("\(column.name)") ELSE "\(column.name)" END), 1, 60)
                    FROM "\(table)" WHERE NOT (\(column.rule)) LIMIT 1
                    """)
            if let found {
                return "its table '\(table)' holds \(found) in the column '\(column.name)', where "
                    + "\(column.expectation) belongs"
            }
        }
        return nil
    }

    private static func exists(_ database: Database, _ sql: String) throws -> Bool {
        try Int.fetchOne(database, sql: sql) != nil
    }
}
