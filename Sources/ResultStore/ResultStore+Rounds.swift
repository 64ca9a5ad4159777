import GRDB
package import Optimizers
package import Provenance
import Training

/// A round of a cell, for telling which are there.
package struct RoundKey: Sendable, Hashable {
    /// Row id of the cell.
    package var cellID: Int64
    /// Number of the round, from 1.
    package var round: Int

    /// A key from its parts.
    package init(cellID: Int64, round: Int) {
        self.cellID = cellID
        self.round = round
    }
}

/// One timing round as a run hands it over.
package struct TimingRound: Sendable {
    /// Row id of the cell.
    package var cellID: Int64
    /// Number of the round, from 1.
    package var round: Int
    /// Place within the round, from 0.
    package var position: Int
    /// Row id of the environment.
    package var environmentID: Int64
    /// The machine before it.
    package var loadBefore: LoadSample
    /// The machine after it.
    package var loadAfter: LoadSample
    /// Untimed steps at its start, in order; they are stored and marked, and left out of snapshots.
    package var warmupSteps: [StepRecord]
    /// Timed steps, in order; their numbers follow on those of the warm-up.
    package var timedSteps: [StepRecord]
    /// Peak resident memory of its process.
    package var peakResidentBytes: Int64

    /// A round from all its values.
    package init(
        cellID: Int64, round: Int, position: Int, environmentID: Int64, loadBefore: LoadSample,
        loadAfter: LoadSample, warmupSteps: [StepRecord], timedSteps: [StepRecord], peakResidentBytes: Int64
    ) {
        self.cellID = cellID
        self.round = round
        self.position = position
        self.environmentID = environmentID
        self.loadBefore = loadBefore
        self.loadAfter = loadAfter
        self.warmupSteps = warmupSteps
        self.timedSteps = timedSteps
        self.peakResidentBytes = peakResidentBytes
    }
}

extension ResultStore {
    /// The cells that a suite times, in the order in which they were first planned.
    package func timingCells(suiteID: Int64) throws(ResultStoreError) -> [PlannedCell] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT cell.id, cell.json FROM suite_timing_cell JOIN cell ON cell.id = suite_timing_cell.cell_id
                    WHERE suite_timing_cell.suite_id = ? ORDER BY suite_timing_cell.position, cell.id
                    """, arguments: [suiteID])
            return try rows.map { row in PlannedCell(id: row["id"], cell: try CellRow.cell(row)) }
        }
    }

    /// The rounds that are stored for a suite.
    package func finishedRounds(suiteID: Int64) throws(ResultStoreError) -> Set<RoundKey> {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT cell_id, round FROM round WHERE suite_id = ?", arguments: [suiteID])
            return Set(rows.map { RoundKey(cellID: $0["cell_id"], round: $0["round"]) })
        }
    }

    /// Stores a round of a suite with all its steps.
    ///
    /// - Throws: ``ResultStoreError`` of kind `conflict` when this round of the cell is stored already.
    package func appendRound(_ round: TimingRound, suiteID: Int64) throws(ResultStoreError) {
        try write { database in
            let isStored = try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM round WHERE suite_id = ? AND cell_id = ? AND round = ?)",
                arguments: [suiteID, round.cellID, round.round])
            if isStored == true {
                throw ResultStoreError.conflict(
                    path, "round \(round.round) of cell \(round.cellID) is stored already",
                    advice: "time only rounds that are not finished")
            }
            try database.execute(
                sql: """
                    INSERT INTO round (suite_id, cell_id, round, position, environment_id, load_before, load_after,
                        peak_resident_bytes, recorded_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    suiteID, round.cellID, round.round, round.position, round.environmentID,
                    try StoredJSON.text(round.loadBefore), try StoredJSON.text(round.loadAfter),
                    round.peakResidentBytes, Self.now(),
                ])
            let roundID = database.lastInsertedRowID
            try insert(round.warmupSteps, roundID: roundID, isWarmup: true, database)
            try insert(round.timedSteps, roundID: roundID, isWarmup: false, database)
        }
    }

    private func insert(
        _ steps: [StepRecord], roundID: Int64, isWarmup: Bool, _ database: Database
    ) throws {
        let names = (["round_id", "step", "is_warmup"] + StepRow.columns).joined(separator: ", ")
        let marks = [String](repeating: "?", count: StepRow.columns.count + 3).joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT INTO round_step (\(names)) VALUES (\(marks))")
        for record in steps {
            let key: [(any DatabaseValueConvertible)?] = [roundID, record.step, isWarmup]
            try statement.execute(arguments: StatementArguments(key + StepRow.values(of: record, path: path)))
        }
    }
}
