import Foundation
import GRDB
import Optimizers
import Provenance
import Training

extension ResultStore {
    /// The names of the suites, sorted.
    package func suiteNames() throws(ResultStoreError) -> [String] {
        try read { database in
            try String.fetchAll(database, sql: "SELECT DISTINCT name FROM suite ORDER BY name")
        }
    }

    /// The protocols of a suite that the database holds, sorted; one empty name for a suite without a choice.
    package func protocolNames(ofSuite name: String) throws(ResultStoreError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT protocol FROM suite WHERE name = ? ORDER BY protocol",
                arguments: [name])
        }
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
            guard let row else {
                if let protocolName, !protocolName.isEmpty {
                    let protocols = try String.fetchAll(
                        database, sql: "SELECT DISTINCT protocol FROM suite WHERE name = ? ORDER BY protocol",
                        arguments: [name])
                    if !protocols.isEmpty {
                        throw ResultStoreError.unknownRow(
                            path,
                            "suite '\(name)' was not run under protocol '\(protocolName)' in this database; it was run "
                                + "under: \(protocols.filter { !$0.isEmpty }.joined(separator: ", "))")
                    }
                }
                let names = try String.fetchAll(
                    database, sql: "SELECT DISTINCT name FROM suite ORDER BY name")
                let list =
                    names.isEmpty ? "it holds no suite yet" : "it holds: \(names.joined(separator: ", "))"
                throw ResultStoreError.unknownRow(
                    path, "there is no suite '\(name)' in this database; \(list)")
            }
            return try SnapshotReader(path: path, database: database, suiteID: row["id"]).snapshot(row)
        }
    }
}

/// Reads one suite's rows into plain values, in an order that depends on their content alone.
private struct SnapshotReader {
    let path: String
    let database: Database
    let suiteID: Int64

    func snapshot(_ suite: Row) throws -> ResultSnapshot {
        let cells = try self.cells()
        let used = cells.flatMap { cell in cell.trials.map(\.environmentID) + cell.rounds.map(\.environmentID)
        }
        let ids = Set(used.compactMap { $0 })
        let claims: String = suite["claims"]
        return ResultSnapshot(
            suiteName: suite["name"], suiteSHA256: suite["file_sha256"], title: suite["title"],
            claims: try StoredJSON.value(claims, as: [String].self),
            environments: try environments(ids), artifacts: try artifacts(), cells: cells,
            blasRates: try blasRates(ids), protocolName: suite["protocol"],
            plannedRounds: suite["timing_rounds"])
    }

    private func environments(_ ids: Set<Int64>) throws -> [Int64: Environment] {
        var environments: [Int64: Environment] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, json FROM environment") {
            let id: Int64 = row["id"]
            guard ids.contains(id) else { continue }
            environments[id] = try StoredJSON.value(row["json"], as: Environment.self)
        }
        return environments
    }

    private func blasRates(_ ids: Set<Int64>) throws -> [Int64: BLASRates] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, blas_gigaflops, blas_gigaflops_as_installed FROM environment
                WHERE blas_gigaflops IS NOT NULL AND blas_gigaflops_as_installed IS NOT NULL
                """)
        var rates: [Int64: BLASRates] = [:]
        for row in rows where ids.contains(row["id"]) {
            rates[row["id"]] = BLASRates(
                gigaflops: row["blas_gigaflops"], gigaflopsAsInstalled: row["blas_gigaflops_as_installed"])
        }
        return rates
    }

    /// The artifacts of the suite's present trials; while it has none, all that it used.
    private func artifacts() throws -> [StoredArtifact] {
        let ofTrials = """
            SELECT artifact_id FROM trial_artifact JOIN suite_trial USING (trial_id) WHERE suite_id = ?
            """
        let ofSuite = "SELECT artifact_id FROM suite_artifact WHERE suite_id = ?"
        for source in [ofTrials, ofSuite] {
            let rows = try Row.fetchAll(
                database,
                sql:
                    "SELECT * FROM artifact WHERE id IN (\(source)) ORDER BY kind, subject, file_name, sha256",
                arguments: [suiteID])
            guard rows.isEmpty else { return rows.map(StoredArtifact.init(row:)) }
        }
        return []
    }

    private func cells() throws -> [CellResult] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM cell
                WHERE id IN (SELECT cell_id FROM suite_trial WHERE suite_id = ?1
                    UNION SELECT cell_id FROM suite_timing_cell WHERE suite_id = ?1
                    UNION SELECT cell_id FROM round WHERE suite_id = ?1)
                ORDER BY model, weights, task, shape_batch, shape_tokens, plan, dropped_layers, noise,
                    perturbation_scale, learning_rate, json
                """, arguments: [suiteID])
        return try rows.map { row in
            let id: Int64 = row["id"]
            return CellResult(
                id: id, cell: try CellRow.cell(row), layerCount: row["layer_count"],
                layerParameterCount: row["layer_parameter_count"], parameterCount: row["parameter_count"],
                trials: try trials(cellID: id), rounds: try rounds(cellID: id))
        }
    }

    private func trials(cellID: Int64) throws -> [TrialResult] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT trial.* FROM suite_trial JOIN trial ON trial.id = suite_trial.trial_id
                WHERE suite_trial.suite_id = ? AND suite_trial.cell_id = ?
                """, arguments: [suiteID, cellID])
        let trials = try rows.map { row in
            let id: Int64 = row["id"]
            let noiseSeed: Int64 = row["noise_seed"]
            return TrialResult(
                id: id, dataSeed: row["data_seed"], noiseSeed: UInt64(bitPattern: noiseSeed),
                status: TrialRow.status(row), failure: TrialRow.failure(row),
                environmentID: row["environment_id"],
                data: try TrialRow.data(row), summary: TrialRow.summary(row), drift: TrialRow.drift(row),
                steps: try StepHistory(path: path, trialID: id, database: database).all(),
                evaluations: try EvaluationRow.all(ofTrial: id, database), load: try load(ofTrial: id),
                updateLoss: TrialRow.updateLoss(row),
                firstOrderSteps: try StepTable.fineTuning.rows(of: id, database)
                    .map(FirstOrderStepRow.record))
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
        return row.map { MachineLoad(before: $0["load_average_before"], after: $0["load_average_after"]) }
    }

    private func rounds(cellID: Int64) throws -> [RoundResult] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT * FROM round WHERE suite_id = ? AND cell_id = ? ORDER BY round",
            arguments: [suiteID, cellID])
        return try rows.map { row in
            let id: Int64 = row["id"]
            return RoundResult(
                round: row["round"], position: row["position"], environmentID: row["environment_id"],
                steps: try StepTable.timing.rows(of: id, database).map(StepRow.record),
                peakResidentBytes: row["peak_resident_bytes"],
                load: MachineLoad(before: row["load_average_before"], after: row["load_average_after"]),
                recordedNanoseconds: row["recorded_ns"],
                firstOrderSteps: try StepTable.fineTuningTiming.rows(of: id, database)
                    .map(FirstOrderStepRow.record), memory: MemoryColumns.memory(row),
                work: WorkColumns.work(row))
        }
    }
}

extension StoredArtifact {
    /// The artifact in a row of its table.
    init(row: Row) {
        self.init(
            kind: row["kind"], subject: row["subject"], fileName: row["file_name"], sha256: row["sha256"],
            byteCount: row["byte_count"], note: row["note"])
    }
}
