import Foundation
import GRDB
import Provenance
import ResultStore
import Testing
import Training

@Suite("Opening a store")
struct OpeningTests {
    private static let current = SchemaVersion.all.count

    private func error(_ fixture: StoreFixture, _ mode: ResultStore.Mode) -> ResultStoreError? {
        do {
            _ = try fixture.open(mode)
            return nil
        } catch let error as ResultStoreError {
            return error
        } catch {
            return nil
        }
    }

    @Test("a new database has its marks, WAL and strict tables")
    func new() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try store.close()
        #expect(try fixture.files() == ["results.sqlite"])
        #expect(try fixture.query("PRAGMA application_id") == ["\(0x4C65_5A4F)"])
        #expect(try fixture.query("PRAGMA user_version") == ["\(Self.current)"])
        #expect(try fixture.query("PRAGMA journal_mode") == ["wal"])
        let loose = try fixture.query(
            """
            SELECT name FROM pragma_table_list
            WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'
            """)
        #expect(loose.isEmpty)
    }

    @Test("a text file is refused and left as it was", arguments: [ResultStore.Mode.readWrite, .readOnly])
    func text(_ mode: ResultStore.Mode) throws {
        let fixture = try StoreFixture()
        let text = String(repeating: "not a database\n", count: 100)
        try text.write(toFile: fixture.path, atomically: true, encoding: .utf8)
        #expect(
            error(fixture, mode)?.description
                == "\(fixture.path): this file is not an SQLite database; it was left untouched; "
                + (mode == .readWrite
                    ? "name another file, which is made when it does not exist"
                    : "name a database that 'lezobench run' made"))
        #expect(try String(contentsOfFile: fixture.path, encoding: .utf8) == text)
        #expect(try fixture.files() == ["results.sqlite"])
    }

    @Test(
        "another program's database is refused and left as it was",
        arguments: [ResultStore.Mode.readWrite, .readOnly])
    func foreign(_ mode: ResultStore.Mode) throws {
        let fixture = try StoreFixture()
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let error = error(fixture, mode)
        #expect(error?.kind == .notAResultStore)
        #expect(error?.problem == "this SQLite database was made by another program, not by lezobench")
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
        #expect(try fixture.files() == ["results.sqlite"])
    }

    @Test("a newer schema is refused and left as it was", arguments: [ResultStore.Mode.readWrite, .readOnly])
    func newer(_ mode: ResultStore.Mode) throws {
        let fixture = try StoreFixture()
        let next = SchemaVersion(
            number: Self.current + 1, summary: "a test", sql: "CREATE TABLE later (x INTEGER) STRICT;")
        try ResultStore(path: fixture.path, mode: .readWrite, versions: SchemaVersion.all + [next]).close()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let error = error(fixture, mode)
        #expect(error?.kind == .newerSchema)
        #expect(
            error?.problem
                == "a newer lezobench wrote it (schema \(Self.current + 1), this program knows \(Self.current))"
        )
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }

    @Test("an older schema is brought up to date with its rows, but not by a reader")
    func migration() throws {
        let fixture = try StoreFixture()
        let next = SchemaVersion(
            number: Self.current + 1, summary: "a test",
            sql: "ALTER TABLE trial ADD COLUMN remark TEXT NOT NULL DEFAULT 'none';")
        do {
            let planned = try PlannedStore(fixture)
            try planned.store.append([.step(StoreFixture.step(1))], toTrial: try planned.begin())
        }
        let readerError = #expect(throws: ResultStoreError.self) {
            try ResultStore(path: fixture.path, mode: .readOnly, versions: SchemaVersion.all + [next])
        }
        #expect(readerError?.kind == .olderSchema)
        let store = try ResultStore(
            path: fixture.path, mode: .readWrite, versions: SchemaVersion.all + [next])
        #expect(try store.snapshot(suiteNamed: "example").cells.flatMap(\.trials).flatMap(\.steps).count == 1)
        try store.close()
        #expect(try fixture.query("PRAGMA user_version") == ["\(Self.current + 1)"])
        #expect(try fixture.query("SELECT DISTINCT remark FROM trial") == ["none"])
    }

    @Test("a migration that fails leaves the old schema")
    func failingMigration() throws {
        let fixture = try StoreFixture()
        try fixture.open().close()
        let broken = SchemaVersion(
            number: Self.current + 1, summary: "a test",
            sql: "CREATE TABLE half (x INTEGER) STRICT; SELECT * FROM missing;")
        #expect(throws: ResultStoreError.self) {
            try ResultStore(path: fixture.path, mode: .readWrite, versions: SchemaVersion.all + [broken])
        }
        try fixture.open().close()
        #expect(try fixture.query("PRAGMA user_version") == ["\(Self.current)"])
        #expect(try fixture.query("SELECT name FROM sqlite_schema WHERE name = 'half'").isEmpty)
    }

    @Test("a second writer is refused with the first one's process")
    func secondWriter() throws {
        let fixture = try StoreFixture()
        let first = try fixture.open()
        let second = try #require(error(fixture, .readWrite))
        #expect(second.kind == .locked)
        #expect(second.problem.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) ("))
        #expect(second.problem.hasSuffix(") is writing to this database"))
        try first.close()
        #expect(error(fixture, .readWrite) == nil)
    }

    @Test("a reader sees committed rows while a writer is at work")
    func readerBesideWriter() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append([.step(StoreFixture.step(1))], toTrial: id)
        #expect(try fixture.open(.readOnly).steps(ofTrial: id).count == 1)
        try planned.store.append([.step(StoreFixture.step(2))], toTrial: id)
        #expect(try fixture.open(.readOnly).steps(ofTrial: id).count == 2)
    }

    @Test("reading leaves no trace, and a reader cannot write")
    func readOnly() throws {
        let fixture = try StoreFixture()
        do {
            let planned = try PlannedStore(fixture)
            try planned.store.close()
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let store = try fixture.open(.readOnly)
        #expect(try store.suiteNames() == ["example"])
        #expect(try fixture.files() == ["results.sqlite"])
        var other = StoreFixture.environment
        other.threadCount = 99
        let error = #expect(throws: ResultStoreError.self) { try store.record(environment: other) }
        #expect(error?.kind == .readOnly)
        try store.close()
        #expect(try fixture.files() == ["results.sqlite"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }

    @Test("what is not there is named")
    func missing() throws {
        let fixture = try StoreFixture()
        #expect(
            error(fixture, .readOnly)?.description
                == "\(fixture.path): there is no results database of this name; "
                + "'lezobench run SUITE --db \(fixture.path)' makes one")
        #expect(try fixture.files().isEmpty)
        let noFolder = #expect(throws: ResultStoreError.self) {
            try ResultStore(path: fixture.folder + "/none/x.sqlite", mode: .readWrite)
        }
        #expect(noFolder?.problem == "there is no folder '\(fixture.folder)/none' for the database")
        let folder = #expect(throws: ResultStoreError.self) {
            try ResultStore(path: fixture.folder, mode: .readWrite)
        }
        #expect(folder?.problem == "this is a folder")
        let store = try fixture.open()
        let suite = #expect(throws: ResultStoreError.self) { try store.snapshot(suiteNamed: "other") }
        #expect(suite?.problem == "there is no suite 'other' in this database; it holds no suite yet")
    }
}
