import Foundation
import GRDB

/// Brings the rows of one database into another, table after table, those first that others point to.
package struct SourceMerge {
    /// Every table of the schema, so that one that is added later is not forgotten.
    package static let tables = [
        "suite", "environment", "artifact", "suite_artifact", "cell", "trial", "trial_artifact",
        "suite_trial",
        "suite_timing_cell", "attempt", "step_row", "step_block", "first_order_step", "evaluation",
        "prediction", "round", "round_step", "first_order_round_step",
    ]

    let from: Database
    let path: String
    let into: Database
    let partial: String
    let table: [String: MergedTable]
    /// Row ids there by row ids here, for each table that others point to.
    var ids: [String: [Int64: Int64]] = [:]
    /// Rows in which this database says something else than those before it.
    var contradictions: [String] = []

    init(from: Database, path: String, into: Database, partial: String) throws {
        self.from = from
        self.path = path
        self.into = into
        self.partial = partial
        table = try Self.tables.reduce(into: [:]) { $0[$1] = try MergedTable($1, in: into) }
    }

    /// Merges all tables.
    ///
    /// - Returns: A sentence for every row that contradicts one of an earlier database; then the result is worth nothing.
    mutating func run() throws -> [String] {
        // How fast BLAS was is measured anew by each database; what a file is called, and what is said of it, may differ.
        try merge("environment", knownBy: ["json"], orderedBy: "id", besides: Set(Self.rates))
        try mergeRates()
        try merge(
            "artifact", knownBy: ["kind", "subject", "file_name", "sha256"], orderedBy: "id",
            besides: ["note"])
        try mergeNotes()
        try merge(
            "suite", knownBy: ["name", "file_sha256", "protocol"], orderedBy: "registered_ns, id",
            besides: ["file_name"])
        try mergeRegistrations()
        try mergeCells()
        try mergeTrials()
        try link("suite_artifact", ["suite_id", "artifact_id"])
        try link("trial_artifact", ["trial_id", "artifact_id"])
        try mergeWantedTrials()
        try mergeTimingCells()
        try mergeRounds()
        return contradictions
    }

    /// What a table holds, in one order for any database.
    func rows(
        _ name: String, _ database: Database, where condition: String = "TRUE",
        _ arguments: StatementArguments = [], orderedBy order: String
    ) throws -> [MergedTable.Values] {
        try table[name]?.rows(database, where: condition, arguments, orderedBy: order) ?? []
    }

    /// The row there that has the same values in some columns.
    func match(
        _ name: String, _ columns: [String], _ values: [(any DatabaseValueConvertible)?]
    ) throws -> MergedTable.Values? {
        guard let table = table[name] else { return nil }
        return try table.rows(
            into, where: columns.map(table.equation).joined(separator: " AND "), StatementArguments(values),
            orderedBy: columns.joined(separator: ", ")
        ).first
    }

    func mapped(_ name: String, _ id: Int64?) -> Int64? { id.flatMap { ids[name]?[$0] } }

    /// Adds rows that are not there yet and remembers the ids of all; those that are must say the same in all columns but
    /// times and those left out.
    private mutating func merge(
        _ name: String, knownBy columns: [String], orderedBy order: String, besides ignored: Set<String>
    ) throws {
        for row in try rows(name, from, orderedBy: order) {
            let present = try match(name, columns, columns.map { row[$0] })
            if let present, let column = table[name]?.difference(present, row, besides: ignored) {
                let known = columns.filter { $0 != "json" }.map { row.text($0) }.filter { !$0.isEmpty }
                let label = known.isEmpty ? "\(row.integer("id"))" : "'\(known.joined(separator: " "))'"
                contradictions.append(
                    "\(path): \(name) \(label) has another \(column) than in another database")
            }
            ids[name, default: [:]][row.integer("id")] =
                try present?.integer("id") ?? table[name]?.insert(row, into)
        }
    }

    private static let rates = ["blas_gigaflops", "blas_gigaflops_as_installed"]

    /// Of two measurements the faster one stays, which is less disturbed.
    private func mergeRates() throws {
        for row in try rows("environment", from, orderedBy: "id") {
            let measured: [(any DatabaseValueConvertible)?] = Self.rates.map { row[$0] }
            try into.execute(
                sql: """
                    UPDATE environment SET blas_gigaflops = ?1, blas_gigaflops_as_installed = ?2
                    WHERE id = ?3 AND (coalesce(?1, -1), coalesce(?2, -1))
                        > (coalesce(blas_gigaflops, -1), coalesce(blas_gigaflops_as_installed, -1))
                    """,
                arguments: StatementArguments(measured + [mapped("environment", row.integer("id"))]))
        }
    }

    /// Of two notes on an artifact the first by the alphabet stays, whichever database comes first.
    private func mergeNotes() throws {
        for row in try rows("artifact", from, orderedBy: "id") {
            try into.execute(
                sql: """
                    UPDATE artifact SET note = coalesce(min(note, CAST(?1 AS TEXT)), note, CAST(?1 AS TEXT))
                    WHERE id = ?2
                    """, arguments: [row["note"], mapped("artifact", row.integer("id"))])
        }
    }

    /// The suite that was registered last is the newest of its name; so it is in the result.
    private func mergeRegistrations() throws {
        for row in try rows("suite", from, orderedBy: "id") {
            try into.execute(
                sql: """
                    UPDATE suite SET registered_ns = max(registered_ns, ?),
                        file_name = min(file_name, CAST(? AS TEXT)) WHERE id = ?
                    """,
                arguments: [
                    row.integer("registered_ns"), row["file_name"], mapped("suite", row.integer("id")),
                ])
        }
    }

    private mutating func mergeCells() throws {
        let sizes: Set<String> = ["layer_parameter_count", "parameter_count"]
        for row in try rows("cell", from, orderedBy: "id") {
            let id: Int64?
            if let present = try match("cell", ["json"], [row["json"]]) {
                if let column = table["cell"]?.difference(present, row, besides: sizes) {
                    contradictions.append("\(path): cell \(row.text("json")) has another \(column)")
                }
                id = present.integer("id")
                // A size of 0 was not known.
                for column in sizes.sorted() {
                    try into.execute(
                        sql: "UPDATE cell SET \(column) = max(\(column), ?) WHERE id = ?",
                        arguments: [row.integer(column), id])
                }
            } else {
                id = try table["cell"]?.insert(row, into)
            }
            ids["cell", default: [:]][row.integer("id")] = id
        }
    }

    private func link(_ name: String, _ columns: [String]) throws {
        for row in try rows(name, from, orderedBy: columns.joined(separator: ", ")) {
            let values: [(any DatabaseValueConvertible)?] = columns.map {
                mapped(String($0.dropLast(3)), row.integer($0))
            }
            try into.execute(
                sql:
                    "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: StatementArguments(values))
        }
    }

    // MARK: What suites want

    private mutating func mergeWantedTrials() throws {
        for row in try rows("suite_trial", from, orderedBy: "suite_id, position, trial_id") {
            let key: [(any DatabaseValueConvertible)?] = [
                mapped("suite", row.integer("suite_id")), mapped("cell", row.integer("cell_id")),
                row.integer("data_seed"), row.integer("noise_seed"),
            ]
            let trialID = mapped("trial", row.integer("trial_id"))
            let present = try Row.fetchOne(
                into,
                sql: """
                    SELECT trial_id FROM suite_trial
                    WHERE suite_id = ? AND cell_id = ? AND data_seed = ? AND noise_seed = ?
                    """, arguments: StatementArguments(key))
            if let present {
                let other: Int64 = try present.stored("trial_id")
                if other != trialID {
                    let (here, there) = (try description(ofTrial: trialID), try description(ofTrial: other))
                    contradictions.append(
                        "\(path): a suite wants \(here) here and \(there) in another database, which read other files"
                    )
                }
                try into.execute(
                    sql: """
                        UPDATE suite_trial SET position = min(position, ?)
                        WHERE suite_id = ? AND cell_id = ? AND data_seed = ? AND noise_seed = ?
                        """, arguments: StatementArguments([row.integer("position")] + key))
            } else {
                try table["suite_trial"]?.insert(
                    row, into,
                    replacing: ["suite_id": key[0], "cell_id": key[1], "trial_id": trialID])
            }
        }
    }

    private func mergeTimingCells() throws {
        for row in try rows("suite_timing_cell", from, orderedBy: "suite_id, position, cell_id") {
            try into.execute(
                sql: """
                    INSERT INTO suite_timing_cell (suite_id, cell_id, position) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET position = min(position, excluded.position)
                    """,
                arguments: [
                    mapped("suite", row.integer("suite_id")), mapped("cell", row.integer("cell_id")),
                    row.integer("position"),
                ])
        }
    }

    /// A trial of the result in words.
    func description(ofTrial id: Int64?) throws -> String {
        let row = try Row.fetchOne(
            into,
            sql: """
                SELECT trial.identity, trial.data_seed, trial.noise_seed, cell.model, cell.method,
                    coalesce(cell.task, cell.shape_batch || 'x' || cell.shape_tokens) AS workload
                FROM trial JOIN cell ON cell.id = trial.cell_id WHERE trial.id = ?
                """, arguments: [id])
        guard let row else { return "an unknown trial" }
        let (identity, model, method): (String, String, String) = (
            try row.stored("identity"), try row.stored("model"), try row.stored("method")
        )
        let (workload, dataSeed, noiseSeed): (String, Int64, Int64) = (
            try row.stored("workload"), try row.stored("data_seed"), try row.stored("noise_seed")
        )
        return
            "trial \(identity.prefix(8)) (\(model), \(workload), \(method), data seed \(dataSeed), noise seed "
            + "\(UInt64(bitPattern: noiseSeed)))"
    }
}
