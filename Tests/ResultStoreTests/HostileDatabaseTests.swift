import Foundation
import GRDB
import ResultStore
import Testing

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

    @Test("our own views stay in the file, for people who look into it with other programs")
    func ownViews() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try store.register(suite: StoreFixture.suite())
        try store.close()
        #expect(try fixture.query("SELECT count(*) FROM trial_view") == ["0"])
    }
}
