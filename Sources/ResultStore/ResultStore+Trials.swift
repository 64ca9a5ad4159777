import GRDB
package import Optimizers
package import Provenance
package import Training

extension ResultStore {
    /// The trials of a suite in the order in which they were first planned.
    package func trials(suiteID: Int64) throws(ResultStoreError) -> [PlannedTrial] {
        try read { database in try PlannedTrial.all(ofSuite: suiteID, database) }
    }

    /// The trials of these identities that are there, whichever suite wanted them, by identity: what ``plan(suiteID:trials:timingCells:)``
    /// would find of them.
    package func trials(knownBy identities: [String]) throws(ResultStoreError) -> [String: PlannedTrial] {
        try read { database in try PlannedTrial.all(knownBy: identities, database) }
    }

    /// The environment that a trial was last run in, nil when it was never begun.
    package func environment(ofTrial trialID: Int64) throws(ResultStoreError) -> Environment? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT environment.id, environment.json
                    FROM trial JOIN environment ON environment.id = trial.environment_id WHERE trial.id = ?
                    """, arguments: [trialID])
            return try row.map { row in
                try StoredJSON.value(
                    try row.stored("json"), as: Environment.self,
                    in: "row \(try row.stored("id") as Int64) of the table 'environment'")
            }
        }
    }

    /// The committed steps of a trial, ascending.
    package func steps(ofTrial trialID: Int64) throws(ResultStoreError) -> [StepRecord] {
        try read { database in try StepHistory(path: path, trialID: trialID, database: database).all() }
    }

    /// The committed steps of a fine-tuned trial, ascending.
    package func firstOrderSteps(
        ofTrial trialID: Int64
    ) throws(ResultStoreError) -> [FirstOrderStepRecord] {
        try read { database in
            try StepTable.fineTuning.rows(of: trialID, database).map { try FirstOrderStepRow.record($0) }
        }
    }

    /// The evaluations of a trial with their predictions, by step and split.
    package func evaluations(ofTrial trialID: Int64) throws(ResultStoreError) -> [EvaluationRecord] {
        try read { database in try EvaluationRow.all(ofTrial: trialID, database) }
    }

    /// Marks a trial as running and stores under which circumstances.
    ///
    /// - Throws: ``ResultStoreError`` of kind `conflict` when the trial is done.
    package func begin(trial trialID: Int64, environmentID: Int64, load: LoadSample) throws(ResultStoreError)
    {
        try write { database in
            let writer = TrialWriter(path: path, trialID: trialID, database: database, now: now())
            try writer.begin(environmentID: environmentID, load: load)
        }
    }

    /// Stores how busy the machine was after the last run of a trial.
    package func end(trial trialID: Int64, load: LoadSample) throws(ResultStoreError) {
        try write { database in
            let writer = TrialWriter(path: path, trialID: trialID, database: database, now: now())
            try writer.end(load: load)
        }
    }

    /// Stores events of a running trial, all or none of them.
    ///
    /// Steps come without gaps. A step or evaluation that is there already is compared and kept: it must say the
    /// same, times apart.
    ///
    /// - Throws: ``ResultStoreError`` of kind `conflict` when an event contradicts what is stored.
    package func append(_ events: [TrialEvent], toTrial trialID: Int64) throws(ResultStoreError) {
        try write { database in
            let writer = TrialWriter(path: path, trialID: trialID, database: database, now: now())
            try writer.append(events)
        }
    }

    /// Puts a trial that is running, interrupted or failed back to `planned`, keeping all its rows.
    ///
    /// A run then goes on after the last committed step. A done trial stays done.
    package func resetToPlanned(trial trialID: Int64) throws(ResultStoreError) {
        try write { database in
            let writer = TrialWriter(path: path, trialID: trialID, database: database, now: now())
            try writer.resetToPlanned()
        }
    }
}
