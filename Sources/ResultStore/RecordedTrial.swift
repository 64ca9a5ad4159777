import GRDB
package import Training

/// A trial as a database holds it, whatever suites want it, without its steps.
package struct RecordedTrial: Sendable, Hashable {
    /// Row id.
    package var id: Int64
    /// What it is known by.
    package var identity: String
    /// The trial.
    package var specification: TrialSpecification
    /// Decoder layers of its model.
    package var layerCount: Int
    /// How far it has come.
    package var status: TrialStatus
    /// Why its last run failed, if it did.
    package var failure: TrialFailure?
    /// How it ended, if it is done.
    package var summary: TrialSummary?

    /// A recorded trial from all its values.
    package init(
        id: Int64, identity: String, specification: TrialSpecification, layerCount: Int, status: TrialStatus,
        failure: TrialFailure? = nil, summary: TrialSummary? = nil
    ) {
        self.id = id
        self.identity = identity
        self.specification = specification
        self.layerCount = layerCount
        self.status = status
        self.failure = failure
        self.summary = summary
    }
}

/// A suite that wants a trial.
package struct WantingSuite: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// Its protocol; empty without a choice.
    package var protocolName: String
    /// Whether its data and weights come from the sandbox.
    package var usesSandbox: Bool

    /// A suite from its values.
    package init(name: String, protocolName: String, usesSandbox: Bool) {
        self.name = name
        self.protocolName = protocolName
        self.usesSandbox = usesSandbox
    }
}

extension ResultStore {
    /// All trials of the database by row id.
    package func recordedTrials() throws(ResultStoreError) -> [RecordedTrial] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT trial.*, cell.json, cell.layer_count FROM trial JOIN cell ON cell.id = trial.cell_id
                    ORDER BY trial.id
                    """)
            var reader = SpecificationReader()
            return try rows.map { row in
                RecordedTrial(
                    id: try row.stored("id"), identity: try row.stored("identity"),
                    specification: try reader.specification(row),
                    layerCount: try row.stored("layer_count"), status: try TrialRow.status(row),
                    failure: try TrialRow.failure(row), summary: try TrialRow.summary(row))
            }
        }
    }

    /// The suites that want a trial, those registered last first.
    package func suites(ofTrial trialID: Int64) throws(ResultStoreError) -> [WantingSuite] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT suite.name, suite.protocol, suite.uses_sandbox FROM suite_trial
                    JOIN suite ON suite.id = suite_trial.suite_id
                    WHERE suite_trial.trial_id = ? ORDER BY suite.registered_ns DESC, suite.id DESC
                    """, arguments: [trialID])
            return try rows.map { row in
                WantingSuite(
                    name: try row.stored("name"), protocolName: try row.stored("protocol"),
                    usesSandbox: try row.stored("uses_sandbox"))
            }
        }
    }

    /// What a trial read: archives, weights and vocabularies.
    package func artifacts(ofTrial trialID: Int64) throws(ResultStoreError) -> [StoredArtifact] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT artifact.* FROM trial_artifact JOIN artifact ON artifact.id = trial_artifact.artifact_id
                    WHERE trial_artifact.trial_id = ? ORDER BY kind, subject, file_name, sha256
                    """, arguments: [trialID]
            ).map { try StoredArtifact(row: $0) }
        }
    }
}
