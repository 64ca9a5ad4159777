import GRDB

/// What a column of the schema may hold: by its declared type, and where that is too wide, by its name.
struct StoredColumn {
    let name: String
    private let type: String
    private let isOptional: Bool

    /// The columns of each table of a database that this program made, by the table's name.
    static func all(of model: Database) throws -> [String: [StoredColumn]] {
        let rows = try Row.fetchAll(
            model,
            sql: """
                SELECT list.name AS "table", info.name, info.type, info."notnull" OR info.pk > 0 AS required
                FROM pragma_table_list AS list JOIN pragma_table_xinfo(list.name) AS info
                WHERE list.schema = 'main' AND list.type = 'table' AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                ORDER BY list.name, info.cid
                """)
        return try rows.reduce(into: [:]) { tables, row in
            let isRequired: Bool = try row.stored("required")
            tables[try row.stored("table"), default: []].append(
                StoredColumn(
                    name: try row.stored("name"), type: try row.stored("type"), isOptional: !isRequired))
        }
    }

    /// The condition that a value meets, never NULL itself.
    var rule: String {
        let value = "\"\(name)\""
        let kind = "typeof(\(value)) = '\(type.lowercased())'"
        let bounds =
            switch type {
            case "INTEGER": "\(value) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
            case "REAL": Self.shares.contains(name) ? "\(value) BETWEEN 0.0 AND 1.0" : "TRUE"
            default: "length(CAST(\(value) AS BLOB)) <= \(longest)"
            }
        let rule = "(\(kind) AND \(bounds))"
        return isOptional ? "(\(value) IS NULL OR \(rule))" : rule
    }

    /// What belongs into the column, in words.
    var expectation: String {
        let what =
            switch type {
            case "INTEGER": "an integer from \(range.lowerBound) to \(range.upperBound)"
            case "REAL": Self.shares.contains(name) ? "a number from 0 to 1" : "a number"
            case "BLOB": "at most \(longest) bytes"
            default: "a text of at most \(longest) bytes"
            }
        return isOptional ? "\(what), or nothing," : what
    }

    /// Bytes of a text or a blob; there are many thousands of lists of scores, and none has more than some options.
    private var longest: Int { name == "option_scores" ? 64 << 10 : 16 << 20 }

    /// Real numbers that are shares.
    private static let shares: Set<String> = [
        "value", "score", "exact_match", "sparsity", "drift_changed_share",
    ]

    /// Integers of 64 free bits.
    private static let bits: Set<String> = ["noise_seed", "seed", "dropped_bits", "dropped_bits_63"]

    /// Moments, in nanoseconds since 1970; other nanoseconds are durations.
    private static let moments: Set<String> = [
        "planned_ns", "registered_ns", "recorded_ns", "begun_ns", "ended_ns",
    ]

    /// Counts that may go beyond 32 bits.
    private static let largeCounts: Set<String> = [
        "byte_count", "layer_parameter_count", "parameter_count", "updates_told", "updates_lost",
        "matrix_products",
        "matrix_operations",
    ]

    private var range: ClosedRange<Int64> {
        if Self.bits.contains(name) { return .min ... .max }
        if Self.moments.contains(name) { return 0...1 << 62 }
        // Eleven days; four phases of 20,000 steps add up to less than 2^63.
        if name.hasSuffix("_ns") { return 0...1_000_000_000_000_000 }
        if name.hasSuffix("_bytes") { return 0...1 << 50 }
        // 2,000 rounds of as many operations add up to less than 2^63.
        if Self.largeCounts.contains(name) { return 0...1 << 52 }
        if name == "id" || name.hasSuffix("_id"), name != "first_token_id" { return 1...1 << 62 }
        return name == "data_seed" ? 0...Int64(UInt32.max) : 0...Int64(Int32.max)
    }
}
