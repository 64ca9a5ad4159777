import Foundation
import GRDB
import Optimizers
import Provenance
import ResultStore
import Suites
import TestSupport
import Testing
import Training

@Suite("Merging databases")
struct MergeTests {
    /// A database where some of the suite's trials are done and some rounds are timed.
    private func part(
        done: [Int], rounds: [Int] = [], inputs: [String] = ["aa"],
        change: (PlannedStore, [PlannedTrial]) throws -> Void = { _, _ in }
    ) throws -> StoreFixture {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let suite = try StoreFixture.suite(seeds: "[0, 1]")
        let suiteID = try store.register(suite: suite)
        let environmentID = try store.record(environment: StoreFixture.environment)
        for sha256 in inputs {
            try store.record(
                artifact: StoredArtifact(
                    kind: "archive", subject: "sst2", fileName: "SST-2.zip", sha256: sha256, byteCount: 5,
                    note: nil), suiteID: suiteID)
        }
        let trials = try store.plan(
            suiteID: suiteID, trials: try StoreFixture.toPlan(suite, inputs: inputs),
            timingCells: suite.timingCells.map(StoreFixture.toPlan))
        let planned = PlannedStore(
            store: store, suiteID: suiteID, environmentID: environmentID, trials: trials)
        for index in done { try finish(planned, trials[index].id) }
        for round in rounds {
            for (position, cell) in try store.timingCells(suiteID: suiteID).enumerated() {
                try store.replaceRound(
                    suiteID: suiteID, cellID: cell.id, round: round, position: position,
                    environmentID: environmentID, loadBefore: StoreFixture.load,
                    loadAfter: StoreFixture.load, warmupSteps: 1,
                    steps: [StoreFixture.step(2), StoreFixture.step(3)], peakResidentBytes: 7)
            }
        }
        try change(planned, trials)
        try store.close()
        return fixture
    }

    private func finish(_ planned: PlannedStore, _ id: Int64, digest: String = "ff") throws {
        try planned.store.begin(
            trial: id, environmentID: planned.environmentID, load: StoreFixture.load)
        let end = TrialSummary(steps: 3, bestStep: 2, weightsDigest: digest, peakResidentBytes: 1)
        try planned.store.append(
            [.ready(StoreFixture.summary)] + (1...3).map { .step(StoreFixture.step($0)) } + [
                .evaluation(StoreFixture.evaluation(2)), .evaluation(StoreFixture.evaluation(2, .test)),
                .finished(end),
            ], toTrial: id)
        try planned.store.end(trial: id, load: StoreFixture.load)
    }

    private func merged(_ parts: [StoreFixture]) throws -> StoreFixture {
        let result = try StoreFixture()
        _ = try DatabaseMerge(parts.map(\.path), into: result.path, overwrites: false).run()
        #expect(try result.files() == ["results.sqlite"])
        return result
    }

    private func content(_ fixture: StoreFixture) throws -> [String] {
        try DatabaseContent.of(fixture.query)
    }

    private func refusal(_ parts: [StoreFixture]) throws -> String {
        let result = try StoreFixture()
        let error = #expect(throws: ResultStoreError.self) {
            try DatabaseMerge(parts.map(\.path), into: result.path, overwrites: false).run()
        }
        #expect(error?.kind == .conflict)
        #expect(try result.files() == [])
        return error?.description ?? ""
    }

    @Test("every table of the schema is merged, and compared by these tests")
    func tables() throws {
        let fixture = try part(done: [])
        let tables = try fixture.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        #expect(SourceMerge.tables.sorted() == tables)
        #expect(DatabaseContent.queries.map(\.table).sorted() == tables)
    }

    @Test("halves of a run make the whole, in any order, and every table says the same")
    func halves() throws {
        let whole = try part(done: [0, 1, 2, 3], rounds: [1, 2])
        let wanted = try content(whole)
        let (first, second) = (try part(done: [1, 2], rounds: [1]), try part(done: [0, 3], rounds: [2]))
        for parts in [[first, second], [second, first]] {
            let result = try merged(parts)
            #expect(try content(result) == wanted)
            #expect(try result.query("PRAGMA foreign_key_check") == [])
            #expect(try result.query("PRAGMA integrity_check") == ["ok"])
            #expect(try result.open(.readOnly).snapshot(suiteNamed: "example").cells.count == 2)
        }
    }

    @Test("merging again with a part, or with itself, changes nothing, times included")
    func idempotent() throws {
        let (first, second) = (try part(done: [1, 2], rounds: [1]), try part(done: [0]))
        let once = try merged([first, second])
        // Attempts are numbered in the order in which they came, which says nothing.
        let attempts = """
            SELECT trial_id, environment_id, steps_before, begun_ns, load_before, ended_ns, load_after, outcome, message
            FROM attempt ORDER BY trial_id, begun_ns
            """
        let dump = try once.query(attempts) + once.query("SELECT * FROM round ORDER BY id")
        for parts in [[once, first], [once, second, first], [once, once], [once]] {
            let again = try merged(parts)
            #expect(try content(again) == content(once))
            #expect(
                try again.query(attempts) + again.query("SELECT * FROM round ORDER BY id") == dump)
        }
    }

    @Test("a trial is taken from where it has come furthest, with all its attempts")
    func furthest() throws {
        let begun = try part(done: []) { planned, trials in
            for (index, count) in [(0, 2), (1, 1), (2, 2)] {
                try planned.store.begin(
                    trial: trials[index].id, environmentID: planned.environmentID, load: StoreFixture.load)
                try planned.store.append(
                    (1...count).map { .step(StoreFixture.step($0)) } + [.interrupted(step: count)],
                    toTrial: trials[index].id)
            }
        }
        let later = try part(done: [0]) { planned, trials in
            for (index, count) in [(1, 2), (2, 1)] {
                try planned.store.begin(
                    trial: trials[index].id, environmentID: planned.environmentID, load: StoreFixture.load)
                try planned.store.append(
                    (1...count).map { .step(StoreFixture.step($0)) }, toTrial: trials[index].id)
            }
        }
        for parts in [[begun, later], [later, begun]] {
            let result = try merged(parts)
            #expect(
                try result.query("SELECT status, steps_stored FROM trial_view ORDER BY trial_id") == [
                    "done 3", "running 2", "interrupted 2", "planned -",
                ])
            #expect(try result.query("SELECT count(*) FROM attempt") == ["6"])
            // A run goes on from there.
            let store = try result.open()
            let trial = try #require(try store.recordedTrials().first { $0.status == .interrupted })
            #expect(try store.steps(ofTrial: trial.id) == [StoreFixture.step(1), StoreFixture.step(2)])
        }
    }

    @Test("a trial of which every number is the same but one is refused, with its name and place")
    func contradictions() throws {
        let first = try part(done: [0])
        func other(_ sql: String) throws -> StoreFixture {
            let second = try part(done: [0])
            let queue = try DatabaseQueue(path: second.path)
            try queue.write { try $0.execute(sql: sql) }
            try queue.close()
            return second
        }
        let name = "(tiny, sst2, mezo, data seed 0, noise seed 0) "
        let cases = [
            (
                "UPDATE trial SET weights_digest = 'fe' WHERE id = 1",
                "\(name)ended with another weights_digest"
            ),
            ("UPDATE trial SET best_step = 1 WHERE id = 1", "\(name)ended with another best_step"),
            (
                "UPDATE step_block SET dropped_bits = CAST(substr(dropped_bits, 1, 2) || x'01' AS BLOB)",
                "\(name)has other seeds, layers or losses in step 3"
            ),
            (
                "UPDATE evaluation SET loss = loss + 1 WHERE split = 'dev'",
                "\(name)has another loss in the dev evaluation after step 2"
            ),
            (
                "UPDATE prediction SET option_scores = '[]' WHERE position = 1 AND evaluation_id = 2",
                "\(name)has another answer to val:18 in the test evaluation after step 2"
            ),
            (
                "DELETE FROM prediction WHERE position = 2 AND evaluation_id = 2",
                "\(name)has 2 and 3 answers in the test evaluation after step 2"
            ),
        ]
        for (change, words) in cases {
            let second = try other(change)
            let said = try refusal([first, second])
            #expect(said.contains(words) && said.contains(second.path), "\(change): \(said)")
            #expect(said.contains("nothing was written"))
        }
        // One went on where the other diverged.
        let diverged = try part(done: []) { planned, trials in
            try planned.store.begin(
                trial: trials[0].id, environmentID: planned.environmentID, load: StoreFixture.load)
            try planned.store.append(
                [
                    .step(StoreFixture.step(1)),
                    .failed(TrialFailure(reason: .diverged, step: 2, message: "not finite")),
                ], toTrial: trials[0].id)
        }
        #expect(try refusal([diverged, first]).contains("diverged in step 2 in one database and went on"))
        #expect(try refusal([first, diverged]).contains("diverged in step 2 in one database and went on"))
    }

    @Test("a round that was timed twice is refused, and so are trials of other files for one place")
    func places() throws {
        let said = try refusal([try part(done: [], rounds: [1]), try part(done: [], rounds: [1, 2])])
        #expect(said.contains("round 1 of tiny, sst2, lezo at sparsity 0.5, reference plan was timed here"))
        #expect(!said.contains("round 2"))
        let files = try refusal([try part(done: []), try part(done: [], inputs: ["bb"])])
        #expect(files.contains("which read other files"), "\(files)")
    }

    @Test("the inputs stay as they were, and what their schemas bring along is not run")
    func hostile() throws {
        let hostile = try part(done: [0])
        let queue = try DatabaseQueue(path: hostile.path)
        try queue.writeWithoutTransaction {
            try $0.execute(
                sql: """
                    CREATE TRIGGER bar BEFORE INSERT ON trial BEGIN SELECT raise(ABORT, 'barred'); END;
                    CREATE VIEW endless AS WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i FROM n) SELECT * FROM n;
                    """)
        }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: hostile.path))
        let files = try hostile.files()
        let result = try merged([hostile, try part(done: [1])])
        #expect(try result.query("SELECT name FROM sqlite_schema WHERE name IN ('bar', 'endless')") == [])
        #expect(try Data(contentsOf: URL(fileURLWithPath: hostile.path)) == before)
        #expect(try hostile.files() == files)
        let missing = #expect(throws: ResultStoreError.self) {
            try DatabaseMerge(
                [hostile.path, "nowhere.sqlite"], into: hostile.folder + "/x", overwrites: false
            )
            .run()
        }
        #expect(missing?.kind == .missing)
        #expect(try hostile.files() == files)
    }

    @Test("nothing is replaced unasked, and only a results database that nobody writes to when asked")
    func output() throws {
        let (first, second) = (try part(done: [0]), try part(done: [1]))
        func merge(into path: String, overwrites: Bool) throws(ResultStoreError) {
            _ = try DatabaseMerge([first.path, second.path], into: path, overwrites: overwrites).run()
        }
        let exists = #expect(throws: ResultStoreError.self) { try merge(into: first.path, overwrites: false) }
        #expect(exists?.problem == "this file exists already")
        let text = first.folder + "/notes.txt"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: text))
        let foreign = #expect(throws: ResultStoreError.self) { try merge(into: text, overwrites: true) }
        #expect(foreign?.kind == .notAResultStore)
        #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == Data("precious".utf8))

        let writer = try second.open()
        let locked = #expect(throws: ResultStoreError.self) { try merge(into: second.path, overwrites: true) }
        #expect(locked?.kind == .locked)
        try writer.close()
        // The output may be one of the inputs.
        try merge(into: second.path, overwrites: true)
        #expect(try second.query("SELECT count(*) FROM trial WHERE status = 'done'") == ["2"])
        #expect(try second.files() == ["results.sqlite"])
    }
}
