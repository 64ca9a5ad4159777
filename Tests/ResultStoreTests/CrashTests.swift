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

        // A transaction that is never committed.
        let raw = try DatabaseQueue(path: fixture.path)
        let copy = try raw.writeWithoutTransaction { database in
            try StoreFixture.beginLargeTransaction(in: database, trial: id)
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

    @Test(
        "a database whose log was carried over in part, for lack of room or by a kill, is whole with its log")
    func checkpointCutShort() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append((1...900).map { .step(StoreFixture.step($0)) }, toTrial: id)
        let copy = try copyAsKilled(fixture)
        // The first page is carried over first, and counts pages that are in the log alone.
        let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: copy.path + "-wal")))
        func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
        let pageSize = number(log[8..<12])
        let frames = Array(stride(from: 32, to: log.count, by: 24 + pageSize))
        let first = try #require(frames.last { number(log[$0..<$0 + 4]) == 1 }) + 24
        let file = try FileManager.default.attributesOfItem(atPath: copy.path)[.size] as? Int
        #expect(number(log[first + 28..<first + 32]) * pageSize > file ?? .max)
        let handle = try #require(FileHandle(forWritingAtPath: copy.path))
        try handle.write(contentsOf: Data(log[first..<first + pageSize]))
        try handle.close()

        #expect(try copy.open(.readOnly).steps(ofTrial: id).count == 900)
        let store = try copy.open()
        try store.append([.step(StoreFixture.step(901))], toTrial: id)
        #expect(try store.steps(ofTrial: id) == (1...901).map { StoreFixture.step($0) })
        #expect(try copy.query("PRAGMA integrity_check") == ["ok"])
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
