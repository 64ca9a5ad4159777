import Foundation
import ResultStore
import Testing

@Suite("Schema")
struct SchemaTests {
    @Test("is what it was when each version was released; a change is a new version", arguments: [1, 2])
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
