import Foundation
import GRDB
package import Provenance
package import Suites
import Training

extension ResultStore {
    /// Stores a suite file, once for each content and protocol, and makes it the newest of its name.
    ///
    /// - Returns: Its row id.
    package func register(suite: Suite) throws(ResultStoreError) -> Int64 {
        try write { database in
            let claims = try StoredJSON.text(suite.claims)
            return try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO suite (name, title, file_name, file_sha256, protocol, yaml, claims, uses_sandbox,
                        timing_rounds, timing_warmup_steps, timing_steps, registered_ns)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        max(?, (SELECT coalesce(max(registered_ns), 0) + 1 FROM suite)))
                    ON CONFLICT (name, file_sha256, protocol) DO UPDATE SET registered_ns = excluded.registered_ns
                    RETURNING id
                    """,
                arguments: [
                    suite.name, suite.title, suite.fileName, suite.fileSHA256, suite.protocolName, suite.text,
                    claims, suite.usesSandbox, suite.timing?.rounds, suite.timing?.warmupSteps,
                    suite.timing?.steps, now(),
                ]) ?? 0
        }
    }

    /// The row id of a suite file, nil when it is not there or when another one of its name and protocol was run since.
    package func newestSuite(sameAs suite: Suite) throws(ResultStoreError) -> Int64? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, file_sha256 FROM suite WHERE name = ? AND protocol = ?
                    ORDER BY registered_ns DESC LIMIT 1
                    """, arguments: [suite.name, suite.protocolName])
            guard let row, try row.stored("file_sha256") as String == suite.fileSHA256 else { return nil }
            return try row.stored("id")
        }
    }

    /// Stores an environment, once for each distinct one.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - blasRates: How fast BLAS is in it now; kept when the environment is new, as a measurement is no part of
    ///     what tells environments apart.
    /// - Returns: Its row id.
    package func record(
        environment: Environment, blasRates: BLASRates? = nil
    ) throws(ResultStoreError) -> Int64 {
        try write { database in
            let json = try StoredJSON.text(environment)
            if let id = try Int64.fetchOne(
                database, sql: "SELECT id FROM environment WHERE json = ?", arguments: [json])
            {
                return id
            }
            try database.execute(
                sql: """
                    INSERT INTO environment (processor, processor_count, memory_bytes, kernel_instruction_set,
                        blas_version, blas_core_type, expected_blas_core_type, blas_core_type_as_installed,
                        forced_blas_core_type, thread_count, operating_system, compiler, build_configuration,
                        git_commit, git_is_dirty, json, blas_gigaflops, blas_gigaflops_as_installed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    environment.processor, environment.processorCount, environment.memoryBytes,
                    environment.kernelInstructionSet, environment.blasVersion, environment.blasCoreType,
                    environment.expectedBLASCoreType, environment.blasCoreTypeAsInstalled,
                    environment.forcedBLASCoreType, environment.threadCount, environment.operatingSystem,
                    environment.compiler, environment.buildConfiguration, environment.gitCommit,
                    environment.gitIsDirty, json, blasRates?.gigaflops, blasRates?.gigaflopsAsInstalled,
                ])
            return database.lastInsertedRowID
        }
    }

    /// Stores an artifact, once for each content and name, and that a suite used it.
    ///
    /// - Returns: Its row id.
    @discardableResult
    package func record(artifact: StoredArtifact, suiteID: Int64) throws(ResultStoreError) -> Int64 {
        try write { database in
            let id =
                try Int64.fetchOne(
                    database,
                    sql: """
                        INSERT INTO artifact (kind, subject, file_name, sha256, byte_count, note)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (kind, subject, file_name, sha256) DO UPDATE SET
                            byte_count = excluded.byte_count, note = excluded.note
                        RETURNING id
                        """,
                    arguments: [
                        artifact.kind, artifact.subject, artifact.fileName, artifact.sha256,
                        artifact.byteCount,
                        artifact.note,
                    ]) ?? 0
            try database.execute(
                sql:
                    "INSERT INTO suite_artifact (suite_id, artifact_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [suiteID, id])
            return id
        }
    }

    /// Makes the database hold these trials and timing cells of a suite; doing it again changes nothing.
    ///
    /// A trial that another suite or an earlier run stored is found by its identity with all that it has. Trials
    /// planned before and not named now stay planned. One that cannot be run is failed from the beginning.
    ///
    /// - Returns: The trials with how far each has come, in the order given.
    @discardableResult
    package func plan(
        suiteID: Int64, trials: [TrialToPlan], timingCells: [CellToPlan] = []
    ) throws(ResultStoreError) -> [PlannedTrial] {
        try write { database in
            // A suite has far fewer cells than trials.
            var cellIDs: [CellToPlan: Int64] = [:]
            for (position, plan) in trials.enumerated() {
                let cellID = try cellIDs[plan.cell] ?? CellRow.id(of: plan.cell, in: database)
                cellIDs[plan.cell] = cellID
                try self.plan(plan, position: position, suiteID: suiteID, cellID: cellID, database)
            }
            for (position, timing) in timingCells.enumerated() {
                let cellID = try CellRow.id(of: timing, in: database)
                try database.execute(
                    sql: """
                        INSERT INTO suite_timing_cell (suite_id, cell_id, position) VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, arguments: [suiteID, cellID, position])
            }
            let stored = try PlannedTrial.all(knownBy: trials.map(\.identity), database)
            return trials.compactMap { stored[$0.identity] }
        }
    }

    private func plan(
        _ plan: TrialToPlan, position: Int, suiteID: Int64, cellID: Int64, _ database: Database
    ) throws {
        let trial = plan.specification
        let noiseSeed = Int64(bitPattern: trial.noiseSeed)
        try database.cachedStatement(
            sql: """
                INSERT INTO trial (identity, cell_id, data_seed, noise_seed, status, planned_ns)
                VALUES (?, ?, ?, ?, 'planned', ?) ON CONFLICT (identity) DO NOTHING
                """
        ).execute(arguments: [plan.identity, cellID, trial.dataSeed, noiseSeed, now()])
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT id, cell_id, data_seed, noise_seed FROM trial WHERE identity = ?"),
            arguments: [plan.identity])
        guard let row, try row.stored("cell_id") as Int64 == cellID,
            try row.stored("data_seed") as Int64 == Int64(trial.dataSeed),
            try row.stored("noise_seed") as Int64 == noiseSeed
        else {
            throw ResultStoreError.conflict(
                path, "the identity \(plan.identity) is that of another trial", advice: "hash the trial anew")
        }
        let trialID: Int64 = try row.stored("id")
        try database.cachedStatement(
            sql: """
                INSERT INTO suite_trial (suite_id, cell_id, data_seed, noise_seed, trial_id, position)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (suite_id, cell_id, data_seed, noise_seed) DO UPDATE SET trial_id = excluded.trial_id
                WHERE trial_id <> excluded.trial_id
                """
        ).execute(arguments: [suiteID, cellID, trial.dataSeed, noiseSeed, trialID, position])
        if let reason = plan.unavailability {
            try database.execute(
                sql: """
                    UPDATE trial SET status = 'failed', failure_reason = ?, failure_message = ?
                    WHERE id = ? AND status <> 'done'
                    """, arguments: [TrialFailure.Reason.unavailable.rawValue, reason, trialID])
        }
        for sha256 in plan.inputs {
            try database.cachedStatement(
                sql: """
                    INSERT INTO trial_artifact (trial_id, artifact_id)
                    SELECT ?, artifact.id FROM artifact
                    JOIN suite_artifact ON suite_artifact.artifact_id = artifact.id
                    WHERE suite_artifact.suite_id = ? AND artifact.sha256 = ? ON CONFLICT DO NOTHING
                    """
            ).execute(arguments: [trialID, suiteID, sha256])
        }
    }
}
