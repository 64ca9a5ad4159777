import Foundation
import GRDB
import ResultStore
import Testing
import Training

@Suite("Crashes")
struct CrashTests {
    /// Copies a database as a killed writer leaves it: the file with its log, nothing tidied.
    private func copyAsKilled(_ fixture: StoreFixture) throws -> StoreFixture {
        let copy = try StoreFixture()
        for file in try fixture.files() where !file.hasSuffix("-shm") {
            try FileManager.default.copyItem(
                atPath: fixture.folder + "/" + file, toPath: copy.folder + "/" + file)
        }
        return copy
    }

    @Test("after a kill every committed batch is there and nothing of the one under way")
    func killedInTransaction() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append((1...5).map { .step(StoreFixture.step($0)) }, toTrial: id)

        // A transaction that is never committed, written to the log by a tiny page cache.
        let raw = try DatabaseQueue(path: fixture.path)
        let copy = try raw.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
            for step in 6...2000 {
                try database.execute(
                    sql: """
                        INSERT INTO step_row (trial_id, step, seed, dropped_bits, dropped_bits_63, select_ns, perturb_ns,
                            forward_ns, update_ns) VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)
                        """, arguments: [id, step])
            }
            let copy = try copyAsKilled(fixture)
            try database.execute(sql: "ROLLBACK")
            return copy
        }
        #expect(try copy.files().contains("results.sqlite-wal"))
        #expect(try copy.open(.readOnly).steps(ofTrial: id).count == 5)
        let store = try copy.open()
        #expect(try store.steps(ofTrial: id) == (1...5).map { StoreFixture.step($0) })
        let trial = try #require(try store.trials(suiteID: planned.suiteID).first { $0.id == id })
        #expect(trial.status == .running)
        try store.begin(trial: id, environmentID: planned.environmentID, load: StoreFixture.load)
        try store.append([.step(StoreFixture.step(6))], toTrial: id)
        #expect(try store.steps(ofTrial: id).count == 6)
    }

    @Test("a creation that was killed before its first commit starts over")
    func killedInCreation() throws {
        let fixture = try StoreFixture()
        try Data().write(to: URL(fileURLWithPath: fixture.path))
        let planned = try PlannedStore(fixture)
        #expect(planned.trials.count == 2)
    }

    @Test("a damaged file is named as such")
    func damaged() throws {
        let fixture = try StoreFixture()
        try PlannedStore(fixture).store.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: fixture.path))
        try handle.seek(toOffset: 100)
        try handle.write(contentsOf: Data(repeating: 0xEE, count: 4000))
        try handle.close()
        let error = #expect(throws: ResultStoreError.self) {
            try fixture.open(.readOnly).snapshot(suiteNamed: "example")
        }
        #expect(error?.kind == .damaged)
    }
}
