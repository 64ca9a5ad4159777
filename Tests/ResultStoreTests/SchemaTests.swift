import Foundation
import ResultStore
import Suites
import Testing
import Training

@Suite("Schema")
struct SchemaTests {
    @Test(
        "is what it was when each version was released; a change is a new version",
        arguments: SchemaVersion.all.map(\.number))
    func unchanged(version: Int) throws {
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-\(version).sql")
        let fixture = try StoreFixture()
        try ResultStore(
            path: fixture.path, mode: .readWrite, versions: Array(SchemaVersion.all.prefix(version))
        ).close()
        let statements = try fixture.query(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        let text = statements.map { $0 + ";\n" }.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(text == (try String(contentsOf: golden, encoding: .utf8)))
    }

    @Test("version numbers have no gaps")
    func numbers() {
        #expect(SchemaVersion.all.map(\.number) == Array(1...SchemaVersion.all.count))
    }

    @Test("rows that point nowhere are refused")
    func foreignKeys() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        #expect(throws: ResultStoreError.self) {
            try planned.store.begin(trial: planned.trials[0].id, environmentID: 99, load: StoreFixture.load)
        }
    }

    @Test("the readable columns tell demonstrations, calibration, objective and checkpoint rule")
    func contextColumns() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let suite = try Suite.read(
            """
            suite: example
            title: An example
            models: [{name: tiny}]
            tasks: [{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}]
            methods:
              - zero-shot
              - {zero-shot: {calibrate: true}}
              - {in-context: {demonstrations: 32, draw: [per-example, fixed-set]}}
              - {mezo: {learning_rate: 1.0e-6, perturbation_scale: 1.0e-3, objective: metric}}
            schedule: {steps: 30, batch_size: 4, eval_every: 10, checkpoint: dev-metric}
            """, path: "example.yaml", vocabulary: StoreFixture.vocabulary)
        try store.plan(
            suiteID: store.register(suite: suite), trials: StoreFixture.toPlan(suite), timingCells: [])
        let rows = try fixture.query(
            """
            SELECT method, demonstrations, demonstration_draw, calibrated, objective, checkpoint FROM trial_view
            ORDER BY trial_id
            """)
        #expect(
            rows == [
                "zero-shot - - 0 log-likelihood dev-loss", "zero-shot - - 1 log-likelihood dev-loss",
                "in-context 32 per-example 0 log-likelihood dev-loss",
                "in-context 32 fixed-set 0 log-likelihood dev-loss", "mezo - - - metric dev-metric",
            ])
        let cells = try store.snapshot(suiteNamed: "example").cells.map(\.cell)
        #expect(Set(cells) == Set(suite.trials.map(\.cell)))
    }

    @Test("the readable columns tell titles and first tokens, the one asked for and the one used")
    func textColumns() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let suite = try Suite.read(
            """
            suite: example
            title: An example
            models: [{name: tiny}, {name: tiny, first_token: tokenizer}]
            tasks:
              - {name: boolq, archives: [BoolQ.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
              - {name: boolq, title: kept, archives: [BoolQ.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
              - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
            methods: [zero-shot]
            """, path: "example.yaml", vocabulary: StoreFixture.vocabulary)
        let trials = try store.plan(
            suiteID: store.register(suite: suite), trials: StoreFixture.toPlan(suite), timingCells: [])
        #expect(
            try fixture.query("SELECT first_token, task, titles FROM cell ORDER BY id") == [
                "published boolq cut", "published boolq-with-titles kept", "published sst2 -",
                "tokenizer boolq cut", "tokenizer boolq-with-titles kept", "tokenizer sst2 -",
            ])
        try store.append([.ready(StoreFixture.summary)], toTrial: trials[3].id)
        #expect(
            try fixture.query("SELECT first_token_id FROM trial WHERE first_token_id IS NOT NULL") == ["2"])
        let cells = try store.snapshot(suiteNamed: "example").cells
        #expect(Set(cells.map(\.cell)) == Set(suite.trials.map(\.cell)))
        #expect(cells.flatMap(\.trials).compactMap(\.data) == [StoreFixture.summary])
    }

    @Test("the readable columns say what the cell says")
    func readableColumns() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let rows = try fixture.query(
            """
            SELECT model, weights, storage, task, method, sparsity, dropped_layers, learning_rate, perturbation_scale,
                noise, tuned, rounding, plan, status FROM trial_view ORDER BY trial_id
            """)
        #expect(
            rows == [
                "tiny file float32 sst2 mezo 0.0 0 1e-06 0.001 gaussian all nearest reference planned",
                "tiny file float32 sst2 lezo 0.5 4 1e-06 0.001 gaussian all nearest reference planned",
            ])
        #expect(planned.trials.count == rows.count)
    }
}
