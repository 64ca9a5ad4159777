import Foundation
import GRDB
import ResultStore
import Testing
import Training

@Suite("A database from a stranger")
struct HostileDatabaseTests {
    /// Changes a database as any other program could.
    private func change(_ fixture: StoreFixture, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: fixture.path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("its triggers do not run when rows are written")
    func triggers() throws {
        let fixture = try StoreFixture()
        try fixture.open().close()
        try change(
            fixture,
            """
            CREATE TABLE trace (event TEXT);
            CREATE TRIGGER spy AFTER INSERT ON suite BEGIN INSERT INTO trace VALUES ('ran'); END;
            CREATE TRIGGER bar BEFORE INSERT ON suite BEGIN SELECT raise(ABORT, 'barred'); END;
            """)
        let store = try fixture.open()
        _ = try store.register(suite: StoreFixture.suite())
        try store.close()
        #expect(try fixture.query("SELECT count(*) FROM suite") == ["1"])
        #expect(try fixture.query("SELECT count(*) FROM trace") == ["0"])
    }

    @Test(
        "a view in place of a table is an error, not run", arguments: [ResultStore.Mode.readOnly, .readWrite])
    func views(mode: ResultStore.Mode) throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try store.register(suite: StoreFixture.suite())
        try store.close()
        // Read as a table it would never end.
        try change(
            fixture,
            """
            DROP VIEW IF EXISTS step_view; DROP VIEW IF EXISTS trial_view; DROP VIEW IF EXISTS round_view;
            ALTER TABLE suite RENAME TO hidden;
            CREATE VIEW suite AS WITH RECURSIVE forever (name) AS (SELECT 'x' UNION ALL SELECT name FROM forever)
                SELECT count(*) AS id, name, name AS title FROM forever;
            """)
        let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open(mode).suiteNames() }
        #expect(
            ["view", "suite"].contains { error?.description.contains($0) == true },
            "\(String(describing: error))")
        #expect(error?.description.hasPrefix(fixture.path) == true)
    }

    @Test("a view in an old file is refused before a migration reads it", .timeLimit(.minutes(1)))
    func viewsBeforeMigration() throws {
        let fixture = try StoreFixture()
        try fixture.restore("version-2.sql")
        try change(
            fixture,
            """
            DROP VIEW IF EXISTS step_view; DROP VIEW IF EXISTS trial_view; DROP VIEW IF EXISTS round_view;
            ALTER TABLE suite RENAME TO hidden;
            CREATE VIEW suite AS WITH RECURSIVE forever (n) AS (SELECT 1 UNION ALL SELECT n FROM forever)
                SELECT count(*) AS id, 'a' AS name, 'b' AS title, 'c' AS file_name, 'd' AS file_sha256, 'e' AS yaml,
                    '[]' AS claims, 1 AS uses_sandbox, 1 AS timing_rounds, 1 AS timing_warmup_steps,
                    1 AS timing_steps, 1 AS registered_ns FROM forever;
            """)
        let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open() }
        #expect(error?.kind == .otherTables)
        #expect(
            error?.problem.contains("its table 'suite' is missing") == true, "\(String(describing: error))")
        #expect(try fixture.query("PRAGMA user_version") == ["2"])
    }

    @Test("an index that says something else than its table is an error, not a trap")
    func lyingIndex() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let cell = try #require(planned.cells.first)
        try planned.store.replaceRound(
            suiteID: planned.suiteID, cellID: cell.id, round: 1, position: 0,
            environmentID: planned.environmentID, loadBefore: StoreFixture.load,
            loadAfter: StoreFixture.load, warmupSteps: 1, steps: [StoreFixture.step(2)], peakResidentBytes: 1)
        try planned.store.close()
        // Its pages are those of another index, which holds nothing where the cell belongs.
        try change(
            fixture,
            """
            CREATE TABLE other (a, b, c); CREATE INDEX lie ON other (a, b, c);
            INSERT INTO other VALUES (1, NULL, 'x');
            CREATE TEMP TABLE roots AS SELECT name, rootpage FROM main.sqlite_schema;
            PRAGMA writable_schema = ON;
            UPDATE main.sqlite_schema SET rootpage = (SELECT rootpage FROM roots WHERE name = 'lie')
                WHERE name = 'sqlite_autoindex_round_1';
            DELETE FROM main.sqlite_schema WHERE name IN ('lie', 'other');
            """)
        let store = try fixture.open()
        let error = #expect(throws: ResultStoreError.self) {
            try store.finishedRounds(suiteID: planned.suiteID)
        }
        #expect(error?.kind == .damaged)
        #expect(error?.problem.contains("nothing for 'cell_id'") == true, "\(String(describing: error))")
    }

    @Test(
        "JSON that cannot be read is named with its table and row",
        arguments: [
            ("UPDATE cell SET json = '{\"model\": 7' || id", "row 1 of the table 'cell'"),
            ("UPDATE environment SET json = '[]'", "row 1 of the table 'environment'"),
            ("UPDATE suite SET claims = '{'", "row 1 of the table 'suite'"),
            ("UPDATE trial SET data_notes = '[1]' WHERE id = 1", "row 1 of the table 'trial'"),
        ])
    func unreadableJSON(sql: String, place: String) throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        try planned.store.append([.ready(StoreFixture.summary)], toTrial: try planned.begin())
        try planned.store.close()
        try change(fixture, sql)
        let error = #expect(throws: ResultStoreError.self) {
            try fixture.open(.readOnly).snapshot(suiteNamed: "example")
        }
        #expect(error?.kind == .damaged)
        #expect(
            error?.problem.contains("\(place) holds JSON that cannot be read") == true,
            "\(String(describing: error))")
    }

    @Test("our own views stay in the file, for people who look into it with other programs")
    func ownViews() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try store.register(suite: StoreFixture.suite())
        try store.close()
        #expect(try fixture.query("SELECT count(*) FROM trial_view") == ["0"])
    }
}
