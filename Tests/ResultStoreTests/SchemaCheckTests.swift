import Foundation
import GRDB
import ResultStore
import Testing

@Suite("Tables of a store")
struct SchemaCheckTests {
    /// What a reader says of a store that another program changed, and whether the file was left as it was.
    private func answer(to change: String) throws -> (error: ResultStoreError?, isUntouched: Bool) {
        let fixture = try StoreFixture()
        try fixture.open().close()
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; \(change)")
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        var found: ResultStoreError?
        do {
            _ = try fixture.open(.readOnly).suiteNames()
        } catch let error as ResultStoreError {
            found = error
        }
        let after = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let files = try fixture.files()
        return (found, before == after && files == ["results.sqlite"])
    }

    @Test(
        "a reader names what another program changed, and leaves the file alone",
        arguments: [
            ("CREATE TABLE notes (x INTEGER)", "it holds an unknown table 'notes'"),
            ("DROP VIEW step_view; DROP TABLE round_step; ", "its table 'round_step' is missing"),
            ("ALTER TABLE trial ADD COLUMN remark TEXT", "its table 'trial' has an unknown column 'remark'"),
            ("ALTER TABLE artifact DROP COLUMN note", "its table 'artifact' lacks the column 'note'"),
        ])
    func deviations(change: String, expected: String) throws {
        let (error, isUntouched) = try answer(to: change)
        #expect(error?.kind == .otherTables)
        #expect(
            error?.problem == "this is not a results database as this program makes it: \(expected)",
            "\(String(describing: error))")
        #expect(isUntouched)
    }

    @Test("views and indices are anybody's to add")
    func additions() throws {
        let (error, isUntouched) = try answer(
            to: "CREATE VIEW mine AS SELECT * FROM suite; CREATE INDEX fast ON step_row (seed)")
        #expect(error == nil && isUntouched)
    }
}
