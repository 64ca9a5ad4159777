import GRDB
import Provenance

/// Reads one suite's rows into plain values, in an order that depends on their content alone.
struct SnapshotReader {
    let path: String
    let database: Database
    let suiteID: Int64

    func snapshot(_ suite: Row) throws -> ResultSnapshot {
        let cells = try self.cells()
        let used = cells.flatMap { cell in cell.trials.map(\.environmentID) + cell.rounds.map(\.environmentID)
        }
        let ids = Set(used.compactMap { $0 })
        let claims: String = try suite.stored("claims")
        return ResultSnapshot(
            suiteName: try suite.stored("name"), suiteSHA256: try suite.stored("file_sha256"),
            title: try suite.stored("title"),
            claims: try StoredJSON.value(
                claims, as: [String].self, in: "row \(suiteID) of the table 'suite'"),
            environments: try environments(ids), artifacts: try artifacts(), cells: cells,
            blasRates: try blasRates(ids), protocolName: try suite.stored("protocol"),
            plannedRounds: try suite.stored("timing_rounds"))
    }

    private func environments(_ ids: Set<Int64>) throws -> [Int64: Environment] {
        var environments: [Int64: Environment] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, json FROM environment") {
            let id: Int64 = try row.stored("id")
            guard ids.contains(id) else { continue }
            environments[id] = try StoredJSON.value(
                try row.stored("json"), as: Environment.self, in: "row \(id) of the table 'environment'")
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
        for row in rows {
            let id: Int64 = try row.stored("id")
            guard ids.contains(id) else { continue }
            rates[id] = BLASRates(
                gigaflops: try row.stored("blas_gigaflops"),
                gigaflopsAsInstalled: try row.stored("blas_gigaflops_as_installed"))
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
            guard rows.isEmpty else { return try rows.map { try StoredArtifact(row: $0) } }
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
            let id: Int64 = try row.stored("id")
            return CellResult(
                id: id, cell: try CellRow.cell(row, idIn: "id"), layerCount: try row.stored("layer_count"),
                layerParameterCount: try row.stored("layer_parameter_count"),
                parameterCount: try row.stored("parameter_count"),
                trials: try trials(cellID: id), rounds: try rounds(cellID: id))
        }
    }
}
