import GRDB
import Optimizers
import Training

/// What was run of a cell: its trials and its timing rounds.
extension SnapshotReader {
    func trials(cellID: Int64) throws -> [TrialResult] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT trial.* FROM suite_trial JOIN trial ON trial.id = suite_trial.trial_id
                WHERE suite_trial.suite_id = ? AND suite_trial.cell_id = ?
                """, arguments: [suiteID, cellID])
        let trials = try rows.map { row in
            let id: Int64 = try row.stored("id")
            let noiseSeed: Int64 = try row.stored("noise_seed")
            return TrialResult(
                id: id, dataSeed: try row.stored("data_seed"), noiseSeed: UInt64(bitPattern: noiseSeed),
                status: try TrialRow.status(row), failure: try TrialRow.failure(row),
                environmentID: try row.stored("environment_id"),
                data: try TrialRow.data(row), summary: try TrialRow.summary(row),
                drift: try TrialRow.drift(row),
                steps: try StepHistory(path: path, trialID: id, database: database).all(),
                evaluations: try EvaluationRow.all(ofTrial: id, database), load: try load(ofTrial: id),
                updateLoss: try TrialRow.updateLoss(row),
                firstOrderSteps: try StepTable.fineTuning.rows(of: id, database)
                    .map { try FirstOrderStepRow.record($0) })
        }
        return trials.sorted { ($0.dataSeed, $0.noiseSeed) < ($1.dataSeed, $1.noiseSeed) }
    }

    /// The load around a trial's last attempt that ended in order.
    private func load(ofTrial id: Int64) throws -> MachineLoad? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT load_average_before, load_average_after FROM attempt
                WHERE trial_id = ? AND load_average_after IS NOT NULL ORDER BY id DESC LIMIT 1
                """)
        let row = try Row.fetchOne(statement, arguments: [id])
        return try row.map {
            MachineLoad(
                before: try $0.stored("load_average_before"), after: try $0.stored("load_average_after"))
        }
    }

    func rounds(cellID: Int64) throws -> [RoundResult] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT * FROM round WHERE suite_id = ? AND cell_id = ? ORDER BY round",
            arguments: [suiteID, cellID])
        return try rows.map { row in
            let id: Int64 = try row.stored("id")
            return RoundResult(
                round: try row.stored("round"), position: try row.stored("position"),
                environmentID: try row.stored("environment_id"),
                steps: try StepTable.timing.rows(of: id, database).map { try StepRow.record($0) },
                peakResidentBytes: try row.stored("peak_resident_bytes"),
                load: MachineLoad(
                    before: try row.stored("load_average_before"), after: try row.stored("load_average_after")
                ),
                recordedNanoseconds: try row.stored("recorded_ns"),
                firstOrderSteps: try StepTable.fineTuningTiming.rows(of: id, database)
                    .map { try FirstOrderStepRow.record($0) }, memory: try MemoryColumns.memory(row),
                work: try WorkColumns.work(row))
        }
    }
}
