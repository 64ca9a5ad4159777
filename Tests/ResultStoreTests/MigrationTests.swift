import Foundation
import LanguageModels
import Optimizers
import Provenance
import RandomStreams
import ResultStore
import Suites
import Testing
import Training

/// A database that the program of schema version 1 filled is opened by this one.
@Suite("Migration")
struct MigrationTests {
    private func migrated() throws -> (StoreFixture, ResultStore) {
        let fixture = try StoreFixture()
        try fixture.restore("version-1.sql")
        return (fixture, try fixture.open())
    }

    @Test("a reader refuses a database of version 1 and leaves it as it was")
    func reader() throws {
        let fixture = try StoreFixture()
        try fixture.restore("version-1.sql")
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let error = #expect(throws: ResultStoreError.self) { try fixture.open(.readOnly) }
        #expect(error?.kind == .olderSchema)
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }

    @Test("every trial, step, evaluation, prediction and round of version 1 is still there")
    func content() throws {
        let (fixture, store) = try migrated()
        let snapshot = try store.snapshot(suiteNamed: "version-1")
        #expect(try fixture.query("PRAGMA user_version") == ["\(SchemaVersion.all.count)"])
        let trials = snapshot.cells.flatMap(\.trials)
        #expect(trials.map(\.status) == [.done, .done, .done])
        #expect(trials.map(\.steps.count) == [0, 2, 2])
        #expect(trials.map(\.evaluations.count) == [2, 3, 3])
        #expect(trials.flatMap(\.evaluations).allSatisfy { $0.predictions.count == 2 })
        #expect(snapshot.cells.map(\.rounds.count) == [0, 1, 1])
        #expect(
            trials[2].steps.map(\.droppedLayers) == [
                [0, 1, 2, 3, 4, 5, 6, 8, 10], [1, 2, 3, 4, 5, 6, 7, 9, 11],
            ])
        #expect(trials[2].steps[1].projectedGradient == 327.00876)
        #expect(trials[1].summary?.bestStep == 1)
        #expect(trials.allSatisfy { $0.updateLoss == nil })
    }

    @Test("cells of version 1 have the settings that they ran with, as JSON that this program writes")
    func cells() throws {
        let (fixture, store) = try migrated()
        let cells = try store.snapshot(suiteNamed: "version-1").cells.map(\.cell)
        let settings = cells.compactMap { cell -> ZerothOrderSettings? in
            guard case .zerothOrder(let settings) = cell.method else { return nil }
            return settings
        }
        #expect(cells.allSatisfy { $0.model.storage == .float32 })
        #expect(settings.map(\.tuned) == [.all, .all] && settings.map(\.rounding) == [.nearest, .nearest])
        #expect(settings.map(\.noise) == [.gaussian, .rademacher])
        let stored = try fixture.query("SELECT json FROM cell ORDER BY id")
        #expect(try stored == cells.map(TrialIdentity.canonicalJSON))
        #expect(
            try fixture.query("SELECT method, storage, tuned, rounding FROM cell ORDER BY id")
                == ["zero-shot float32 - -", "mezo float32 all nearest", "lezo float32 all nearest"])
    }

    @Test("planning the same suite finds the old cells and times again")
    func planning() throws {
        let (fixture, store) = try migrated()
        let yaml = try fixture.query("SELECT yaml FROM suite")[0]
        let vocabulary = SuiteVocabulary(
            modelNames: ["sandbox-opt"], layerCount: { _ in 12 }, taskNames: ["sst2"])
        let suite = try Suite.read(yaml, path: "version-1.yaml", vocabulary: vocabulary)
        let suiteID = try store.register(suite: suite)
        try store.plan(
            suiteID: suiteID, trials: try StoreFixture.toPlan(suite),
            timingCells: suite.timingCells.map(StoreFixture.toPlan))
        #expect(try fixture.query("SELECT count(*) FROM cell") == ["3"])
        #expect(try fixture.query("SELECT count(*) FROM suite_timing_cell") == ["2"])
        #expect(try store.finishedRounds(suiteID: suiteID).count == 2)
    }

    @Test("the environment of version 1 has no BLAS rates and nothing about the installed core type")
    func environment() throws {
        let (fixture, store) = try migrated()
        let snapshot = try store.snapshot(suiteNamed: "version-1")
        let environment = try #require(snapshot.environments[1])
        #expect(environment.blasCoreTypeAsInstalled == nil && environment.forcedBLASCoreType == nil)
        #expect(snapshot.blasRates.isEmpty)
        #expect(
            try fixture.query("SELECT blas_core_type_as_installed, blas_gigaflops FROM environment") == [
                "- -"
            ])
        // Known again by what it was known by before.
        #expect(try store.record(environment: environment) == 1)
    }

    @Test("a database of version 2 keeps every row, and its cells are known again by their JSON")
    func fromVersion2() throws {
        let fixture = try StoreFixture()
        try fixture.restore("version-2.sql")
        let tables = [
            "suite", "cell", "trial", "step", "evaluation", "prediction", "round", "round_step",
            "suite_trial",
        ]
        let counts = try tables.map { try fixture.query("SELECT count(*) FROM \($0)") }
        let before = try fixture.query("SELECT id, json FROM cell ORDER BY id")
        let store = try fixture.open()
        #expect(try tables.map { try fixture.query("SELECT count(*) FROM \($0)") } == counts)
        #expect(try fixture.query("SELECT id, json FROM cell ORDER BY id") == before)
        #expect(try fixture.query("PRAGMA foreign_key_check") == [])
        #expect(try fixture.query("PRAGMA integrity_check") == ["ok"])
        #expect(
            try fixture.query(
                "SELECT method, calibrated, demonstrations, objective, checkpoint FROM cell ORDER BY id")
                == [
                    "zero-shot 0 - log-likelihood dev-loss", "lezo - - log-likelihood dev-loss",
                    "zero-shot 0 - log-likelihood dev-loss", "lezo - - log-likelihood dev-loss",
                ])
        let cells = try store.snapshot(suiteNamed: "version-2").cells
        #expect(
            try cells.map(\.cell).map(TrialIdentity.canonicalJSON).sorted()
                == fixture.query("SELECT json FROM cell").sorted())
        let evaluations = cells.flatMap(\.trials).flatMap(\.evaluations)
        #expect(evaluations.count == 10)
        // What was not recorded is not made up.
        #expect(evaluations.allSatisfy { $0.exactMatch == nil })
        let predictions = evaluations.flatMap(\.predictions)
        #expect(predictions.allSatisfy { $0.exactMatch == nil })
        #expect(
            predictions.allSatisfy { $0.goldOptions == ($0.goldOption.map { gold in [gold] } ?? []) })
        #expect(
            try fixture.query("SELECT DISTINCT first_token, coalesce(titles, 'none') FROM cell") == [
                "published none"
            ])
        #expect(try fixture.query("SELECT protocol FROM suite") == [""])
        let columns = try fixture.query("SELECT name FROM pragma_table_info('cell')")
        #expect(columns.contains("demonstration_draw") && columns.last == "json")
    }

    @Test("a database of version 3 keeps its steps as rows, and what is finished later is packed")
    func fromVersion3() throws {
        let fixture = try StoreFixture()
        try fixture.restore("version-3.sql")
        let before = try fixture.query("SELECT * FROM step ORDER BY trial_id, step")
        #expect(before.count == 3)
        let store = try fixture.open()
        #expect(try fixture.query("SELECT * FROM step_row ORDER BY trial_id, step") == before)
        #expect(try fixture.query("SELECT * FROM step ORDER BY trial_id, step") == before)
        #expect(try fixture.query("SELECT count(*) FROM step_block") == ["0"])
        #expect(try fixture.query("PRAGMA foreign_key_check") == [])
        #expect(try fixture.query("PRAGMA integrity_check") == ["ok"])
        let trials = try store.snapshot(suiteNamed: "version-3").cells.flatMap(\.trials)
        #expect(trials.map(\.status) == [.done, .done, .interrupted])
        #expect(trials.map(\.steps.count) == [0, 2, 1])
        #expect(
            try fixture.query("SELECT steps_stored, steps_planned FROM trial_view ORDER BY trial_id") == [
                "- 0", "2 2", "1 2",
            ])
        // The trial that was stopped goes on behind its rows.
        let stopped = try #require(trials.last)
        try store.begin(trial: stopped.id, environmentID: 1, load: StoreFixture.load)
        let end = TrialSummary(steps: 2, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 1)
        try store.append([.step(StoreFixture.step(2)), .finished(end)], toTrial: stopped.id)
        #expect(try store.steps(ofTrial: stopped.id) == stopped.steps + [StoreFixture.step(2)])
        #expect(try fixture.query("SELECT trial_id, step_count FROM step_block") == ["\(stopped.id) 2"])
        #expect(try fixture.query("SELECT count(*) FROM step_row") == ["2"])
        #expect(try fixture.query("SELECT count(*) FROM step") == ["4"])
    }

    @Test("foreign keys are enforced again after a migration")
    func foreignKeysAfterwards() throws {
        let fixture = try StoreFixture()
        try fixture.restore("version-2.sql")
        let store = try fixture.open()
        #expect(throws: ResultStoreError.self) {
            try store.begin(trial: 2, environmentID: 99, load: StoreFixture.load)
        }
    }
}
