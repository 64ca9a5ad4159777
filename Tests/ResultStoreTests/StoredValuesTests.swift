import Foundation
import GRDB
import ResultStore
import Testing
import Training

/// Values that this program never writes, in a database with all its tables.
@Suite("Values of a store")
struct StoredValuesTests {
    /// A store with a finished trial and a round of each cell.
    private func fixture() throws -> StoreFixture {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append(
            [.ready(StoreFixture.summary)] + (1...3).map { .step(StoreFixture.step($0)) } + [
                .evaluation(StoreFixture.evaluation(3)), .evaluation(StoreFixture.evaluation(3, .test)),
                .finished(TrialSummary(steps: 3, bestStep: 3, weightsDigest: "ff", peakResidentBytes: 123)),
            ], toTrial: id)
        for cell in planned.cells {
            try planned.store.replaceRound(
                suiteID: planned.suiteID, cellID: cell.id, round: 1, position: 0,
                environmentID: planned.environmentID, loadBefore: StoreFixture.load,
                loadAfter: StoreFixture.load, warmupSteps: 1, steps: [StoreFixture.step(2)],
                peakResidentBytes: 4096)
        }
        try planned.store.close()
        return fixture
    }

    private func change(_ fixture: StoreFixture, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: fixture.path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("what this program wrote is read", arguments: [ResultStore.Mode.readOnly, .readWrite])
    func own(mode: ResultStore.Mode) throws {
        let fixture = try fixture()
        let snapshot = try fixture.open(mode).snapshot(suiteNamed: "example")
        #expect(snapshot.cells.flatMap(\.trials).count { $0.status == .done } == 1)
    }

    @Test(
        "a value of another kind or out of range is refused by table, column and value, before any row is read",
        arguments: [
            (
                "UPDATE trial SET data_seed = -1",
                "its table 'trial' holds -1 in the column 'data_seed', where an integer from 0 to 4294967295 belongs"
            ),
            (
                "UPDATE trial SET steps_done = NULL",
                "its table 'trial' has a row with a digest of weights, but without steps or memory"
            ),
            (
                "UPDATE trial SET train_examples = NULL",
                "its table 'trial' has a row with notes on its data, but without counts of examples"
            ),
            (
                "UPDATE trial SET first_token_id = 1 << 40",
                "its table 'trial' holds 1099511627776 in the column 'first_token_id', where an integer from 0 to "
                    + "2147483647, or nothing, belongs"
            ),
            (
                "UPDATE round_step SET forward_ns = 9223372036854775807",
                "its table 'round_step' holds 9223372036854775807 in the column 'forward_ns', where an integer from 0 "
                    + "to 1000000000000000 belongs"
            ),
            (
                "UPDATE round SET recorded_ns = -9223372036854775807 WHERE id = 1",
                "its table 'round' holds -9223372036854775807 in the column 'recorded_ns', where an integer from 0 to "
                    + "4611686018427387904 belongs"
            ),
            (
                "UPDATE evaluation SET value = 1e300 WHERE split = 'test'",
                "its table 'evaluation' holds 1.0e+300 in the column 'value', where a number from 0 to 1, or nothing, "
                    + "belongs"
            ),
            (
                "UPDATE cell SET task = NULL, shape_batch = NULL",
                "its table 'cell' has a row with neither a task nor a shape"
            ),
            (
                "UPDATE prediction SET option_scores = '[1' || replace(hex(zeroblob(40000)), '00', ',1') || ']'",
                "its table 'prediction' holds 'text' in the column 'option_scores', where a text of at most 65536 "
                    + "bytes belongs"
            ),
            (
                "UPDATE step_block SET first_step = 9223372036854775807",
                "its table 'step_block' holds 9223372036854775807 in the column 'first_step', where an integer from 0 "
                    + "to 2147483647 belongs"
            ),
        ])
    func refused(sql: String, problem: String) throws {
        for mode in [ResultStore.Mode.readOnly, .readWrite] {
            let fixture = try fixture()
            try change(fixture, sql)
            let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open(mode) }
            #expect(error?.kind == .damaged)
            #expect(error?.problem == "this program never wrote what is in it: \(problem)")
        }
    }

    @Test("times of a packed step that no step takes are refused")
    func packedTimes() throws {
        let fixture = try fixture()
        try change(
            fixture,
            "UPDATE step_block SET forward_ns = x'7fffffffffffffff7fffffffffffffff7fffffffffffffff'")
        let store = try fixture.open(.readOnly)
        let error = #expect(throws: ResultStoreError.self) { _ = try store.snapshot(suiteNamed: "example") }
        #expect(error?.kind == .damaged)
        #expect(error?.problem.contains("its times are none") == true, "\(String(describing: error))")
    }

    @Test("rounds in numbers that no statistic could take are refused")
    func crowd() throws {
        let fixture = try fixture()
        try change(
            fixture,
            """
            WITH RECURSIVE number (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM number WHERE n < 3100)
            INSERT INTO round (suite_id, cell_id, round, position, environment_id, load_before, load_after,
                load_average_before, load_average_after, warmup_steps, peak_resident_bytes, recorded_ns)
            SELECT suite_id, cell_id, n, position, environment_id, load_before, load_after, load_average_before,
                load_average_after, warmup_steps, peak_resident_bytes, recorded_ns
            FROM number JOIN round ON round.id = 1
            """)
        let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open(.readOnly) }
        #expect(error?.problem.contains("more than 2000 rounds of one cell") == true)
    }

    @Test("a computed column in place of a stored one is refused")
    func computed() throws {
        let fixture = try fixture()
        try change(
            fixture,
            """
            DROP VIEW trial_view; ALTER TABLE artifact DROP COLUMN note;
            ALTER TABLE artifact ADD COLUMN note TEXT GENERATED ALWAYS AS ('x') VIRTUAL;
            """)
        let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open(.readOnly) }
        #expect(error?.kind == .otherTables)
    }

    @Test("another program's database with a journal beside it is not migrated")
    func journal() throws {
        let fixture = try StoreFixture()
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
        }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        try Data().write(to: URL(fileURLWithPath: fixture.path + "-journal"))
        let error = #expect(throws: ResultStoreError.self) { _ = try fixture.open() }
        #expect(error?.kind == .notAResultStore)
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }
}
