import GRDB
package import Training

/// A trial that a suite wants, and how far it has come.
package struct PlannedTrial: Sendable, Hashable {
    /// Row id.
    package var id: Int64
    /// The trial.
    package var specification: TrialSpecification
    /// What it is known by.
    package var identity: String
    /// How far it has come.
    package var status: TrialStatus
    /// Steps committed.
    package var completedSteps: Int
    /// Why its last run failed, if it did.
    package var failure: TrialFailure?

    /// A planned trial from all its values.
    package init(
        id: Int64, specification: TrialSpecification, identity: String, status: TrialStatus,
        completedSteps: Int,
        failure: TrialFailure?
    ) {
        self.id = id
        self.specification = specification
        self.identity = identity
        self.status = status
        self.completedSteps = completedSteps
        self.failure = failure
    }

    /// The trials of a suite in the order in which they were first planned.
    static func all(ofSuite suiteID: Int64, _ database: Database) throws -> [PlannedTrial] {
        try all(
            from: """
                suite_trial JOIN trial ON trial.id = suite_trial.trial_id
                JOIN cell ON cell.id = trial.cell_id
                WHERE suite_trial.suite_id = ? ORDER BY suite_trial.position, trial.id
                """, arguments: [suiteID], database)
    }

    /// The trials of these identities that are there, whichever suite wanted them, by identity.
    static func all(knownBy identities: [String], _ database: Database) throws -> [String: PlannedTrial] {
        let found = try all(
            from: """
                trial JOIN cell ON cell.id = trial.cell_id
                WHERE trial.identity IN (SELECT value FROM json_each(?))
                """, arguments: [try StoredJSON.text(identities)], database)
        return Dictionary(found.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter tables: The tables `trial` and `cell`, joined with what else is needed, and which of their rows.
    private static func all(
        from tables: String, arguments: StatementArguments, _ database: Database
    ) throws -> [PlannedTrial] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT trial.*, cell.json AS json,
                    max(\(StepHistory.lastNumberSQL(ofTrial: "trial.id")),
                        (SELECT coalesce(max(step), 0) FROM first_order_step
                            WHERE first_order_step.trial_id = trial.id)) AS completed_steps
                FROM \(tables)
                """, arguments: arguments)
        var reader = SpecificationReader()
        return try rows.map { row in
            PlannedTrial(
                id: try row.stored("id"), specification: try reader.specification(row),
                identity: try row.stored("identity"), status: try TrialRow.status(row),
                completedSteps: try row.stored("completed_steps"), failure: try TrialRow.failure(row))
        }
    }
}

/// A cell that a suite times.
package struct PlannedCell: Sendable, Hashable {
    /// Row id.
    package var id: Int64
    /// The cell.
    package var cell: Cell

    /// A planned cell from its parts.
    package init(id: Int64, cell: Cell) {
        self.id = id
        self.cell = cell
    }
}
