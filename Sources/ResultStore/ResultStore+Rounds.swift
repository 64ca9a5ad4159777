import GRDB
package import Kernels
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
            return try rows.map { row in
                PlannedCell(id: try row.stored("id"), cell: try CellRow.cell(row, idIn: "id"))
            }
        }
    }

    /// The rounds that are stored for a suite.
    package func finishedRounds(suiteID: Int64) throws(ResultStoreError) -> Set<RoundKey> {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT cell_id, round FROM round WHERE suite_id = ?", arguments: [suiteID])
            return Set(
                try rows.map { RoundKey(cellID: try $0.stored("cell_id"), round: try $0.stored("round")) })
        }
    }

    /// Stores a round of a suite with all its steps.
    ///
    /// - Parameters:
    ///   - suiteID: Row id of the suite: rounds of an edited suite are new ones, so that cells which are compared
    ///     were always timed side by side.
    ///   - cellID: Row id of the cell.
    ///   - round: Number of the round, from 1.
    ///   - position: Place within the round, from 0.
    ///   - environmentID: Row id of the environment.
    ///   - loadBefore: The machine before it.
    ///   - loadAfter: The machine after it.
    ///   - warmupSteps: How many untimed steps went before.
    ///   - steps: The timed steps, in order.
    ///   - firstOrderSteps: The timed steps of fine-tuning, in order.
    ///   - peakResidentBytes: Peak resident memory of its process.
    ///   - memory: What the buffers of its process were used for when they were largest.
    ///   - work: What its timed steps did.
    ///
    /// A stored round of the same number is replaced: it was taken when its companions could not be.
    package func replaceRound(
        suiteID: Int64, cellID: Int64, round: Int, position: Int, environmentID: Int64,
        loadBefore: LoadSample,
        loadAfter: LoadSample, warmupSteps: Int, steps: [StepRecord],
        firstOrderSteps: [FirstOrderStepRecord] = [], peakResidentBytes: Int64, memory: MemoryUse? = nil,
        work: CountedWork? = nil
    ) throws(ResultStoreError) {
        try write { database in
            let key: StatementArguments = [suiteID, cellID, round]
            for table in [StepTable.timing, .fineTuningTiming] {
                try table.remove(
                    of: "SELECT id FROM round WHERE suite_id = ? AND cell_id = ? AND round = ?",
                    arguments: key, database)
            }
            try database.execute(
                sql: "DELETE FROM round WHERE suite_id = ? AND cell_id = ? AND round = ?", arguments: key)
            try database.execute(
                sql: """
                    INSERT INTO round (suite_id, cell_id, round, position, environment_id, load_before, load_after,
                        load_average_before, load_average_after, warmup_steps, peak_resident_bytes, recorded_ns,
                        \((MemoryColumns.names + WorkColumns.names).joined(separator: ", ")))
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: StatementArguments(
                    [
                        suiteID, cellID, round, position, environmentID, try StoredJSON.text(loadBefore),
                        try StoredJSON.text(loadAfter), loadBefore.loadAverage1, loadAfter.loadAverage1,
                        warmupSteps, peakResidentBytes, now(),
                    ] + MemoryColumns.values(of: memory) + WorkColumns.values(of: work)))
            let roundID = database.lastInsertedRowID
            for record in steps {
                try StepTable.timing.insert(
                    StepRow.values(of: record, path: path), step: record.step, of: roundID, database)
            }
            for record in firstOrderSteps {
                try StepTable.fineTuningTiming.insert(
                    FirstOrderStepRow.values(of: record), step: record.step, of: roundID, database)
            }
        }
    }
}
