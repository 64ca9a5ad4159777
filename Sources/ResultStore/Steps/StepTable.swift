import GRDB

/// A table with one row a step, of a trial or of a round.
struct StepTable {
    private let name: String
    private let key: String
    private let columns: [String]

    /// Training steps of fine-tuning.
    static let fineTuning = StepTable(
        name: "first_order_step", key: "trial_id", columns: FirstOrderStepRow.columns)
    /// Timed steps.
    static let timing = StepTable(name: "round_step", key: "round_id", columns: StepRow.columns)
    /// Timed steps of fine-tuning.
    static let fineTuningTiming = StepTable(
        name: "first_order_round_step", key: "round_id", columns: FirstOrderStepRow.columns)

    /// Stores a step of a trial or round.
    ///
    /// - Parameter values: Those of the columns after the key.
    func insert(
        _ values: [(any DatabaseValueConvertible)?], step: Int, of id: Int64, _ database: Database
    ) throws {
        let names = ([key, "step"] + columns).joined(separator: ", ")
        let marks = [String](repeating: "?", count: columns.count + 2).joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO \(name) (\(names)) VALUES (\(marks))")
        let identity: [(any DatabaseValueConvertible)?] = [id, step]
        try statement.execute(arguments: StatementArguments(identity + values))
    }

    /// All steps of a trial or round, ascending.
    func rows(of id: Int64, _ database: Database) throws -> [Row] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM \(name) WHERE \(key) = ? ORDER BY step")
        return try Row.fetchAll(statement, arguments: [id])
    }

    /// One step, nil when it is not there.
    func row(of id: Int64, step: Int, _ database: Database) throws -> Row? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM \(name) WHERE \(key) = ? AND step = ?", arguments: [id, step])
    }

    /// The number of the last step, 0 for none.
    func lastStep(of id: Int64, _ database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT coalesce(max(step), 0) FROM \(name) WHERE \(key) = ?", arguments: [id])
            ?? 0
    }

    /// Removes all steps of a round, or of the rounds that a query names.
    func remove(of ids: String, arguments: StatementArguments, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM \(name) WHERE \(key) IN (\(ids))", arguments: arguments)
    }
}
