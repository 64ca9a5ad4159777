import Foundation
import GRDB
import Glibc
import ResultStore
import Testing
import Training

@Suite("Journaling")
struct JournalingTests {
    @Test(
        "file systems that machines share get a journal, others a log",
        arguments: [
            ("nfs4", Journaling.rollbackJournal), ("cifs", .rollbackJournal), ("lustre", .rollbackJournal),
            ("fuse.sshfs", .rollbackJournal), ("fuse", .rollbackJournal), ("ext4", .writeAheadLog),
            ("tmpfs", .writeAheadLog), ("overlay", .writeAheadLog), ("fuseblk", .writeAheadLog),
        ])
    func choice(_ name: String, _ expected: Journaling) {
        // Optional fields before the dash are none, one or several; a root may hold a dash of its own.
        for fields in ["", "shared:1 ", "shared:1 master:2 "] {
            let mounts = """
                22 28 254:1 / / rw,relatime - btrfs /dev/vda rw
                36 22 259:4660 /home-of-all/a\\040-\\040b /home rw,noatime \(fields)- \(name) server:/home rw,vers=4.2
                37 22 259:466 / /other rw - xfs /dev/vdb rw
                """
            // Minor 4660 is 0x1234, whose two bytes lie apart in the number.
            #expect(Journaling(device: makedev(259, 4660), mounts: mounts) == expected)
            #expect(Journaling(device: makedev(259, 466), mounts: mounts) == .writeAheadLog)
            #expect(Journaling(device: makedev(9, 9), mounts: mounts) == .writeAheadLog)
        }
        #expect(
            Journaling(device: makedev(259, 4660), mounts: "36 22 259:4660 / /home rw -") == .writeAheadLog)
        #expect(Journaling(device: makedev(259, 4660), mounts: "") == .writeAheadLog)
    }

    @Test("a device's number has its parts where the system puts them")
    func deviceNumber() throws {
        // Memory devices have major 1; /dev/null is the third of them.
        var status = stat()
        try #require(stat("/dev/null", &status) == 0)
        #expect(status.st_rdev == makedev(1, 3))
        let mounts = "36 22 1:3 / /home rw - nfs server:/home rw"
        #expect(Journaling(device: status.st_rdev, mounts: mounts) == .rollbackJournal)
    }

    /// The number of a device, as glibc's gnu_dev_makedev.
    private func makedev(_ major: UInt, _ minor: UInt) -> UInt {
        (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | minor & 0xFF | (minor & ~0xFF) << 12
    }

    /// A store with a journal that has five steps of one trial.
    private func journaled() throws -> (fixture: StoreFixture, planned: PlannedStore, trial: Int64) {
        let fixture = try StoreFixture()
        try ResultStore(path: fixture.path, mode: .readWrite, journaling: .rollbackJournal).close()
        let planned = try PlannedStore(fixture, journaling: .rollbackJournal)
        let id = try planned.begin()
        try planned.store.append((1...5).map { .step(StoreFixture.step($0)) }, toTrial: id)
        return (fixture, planned, id)
    }

    @Test("a store with a journal is one file that others read while it is open")
    func reading() throws {
        let (fixture, planned, id) = try journaled()
        #expect(try fixture.files() == ["results.sqlite"])
        #expect(try fixture.query("PRAGMA journal_mode") == ["delete"])
        let reader = try fixture.open(.readOnly)
        #expect(try reader.steps(ofTrial: id).count == 5)
        // With locks there is no need to refuse what changed between two looks.
        try planned.store.append([.step(StoreFixture.step(6))], toTrial: id)
        #expect(try reader.steps(ofTrial: id).count == 6)
        #expect(try fixture.files() == ["results.sqlite"])
    }

    @Test("what one has, the other goes on with", arguments: [Journaling.rollbackJournal, .writeAheadLog])
    func change(_ first: Journaling) throws {
        let second: Journaling = first == .rollbackJournal ? .writeAheadLog : .rollbackJournal
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture, journaling: first)
        let id = try planned.begin()
        try planned.store.append((1...5).map { .step(StoreFixture.step($0)) }, toTrial: id)
        try planned.store.close()
        let store = try ResultStore(path: fixture.path, mode: .readWrite, journaling: second)
        try store.append([.step(StoreFixture.step(6))], toTrial: id)
        #expect(try store.steps(ofTrial: id) == (1...6).map { StoreFixture.step($0) })
        try store.close()
        #expect(try fixture.query("PRAGMA journal_mode") == [second == .writeAheadLog ? "wal" : "delete"])
    }

    @Test(
        "after a kill every committed batch is there and nothing of the one under way; a reader says what to do"
    )
    func killed() throws {
        let (fixture, planned, id) = try journaled()
        let raw = try DatabaseQueue(path: fixture.path)
        let copy = try StoreFixture()
        try raw.writeWithoutTransaction { database in
            try StoreFixture.beginLargeTransaction(in: database, trial: id)
            for file in try fixture.files() {
                try FileManager.default.copyItem(
                    atPath: fixture.folder + "/" + file, toPath: copy.folder + "/" + file)
            }
            try database.execute(sql: "ROLLBACK")
        }
        #expect(try copy.files() == ["results.sqlite", "results.sqlite-journal"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy.path)).count > 100_000)

        let before = try Data(contentsOf: URL(fileURLWithPath: copy.path))
        let error = #expect(throws: ResultStoreError.self) { try copy.open(.readOnly) }
        #expect(
            error?.kind == .interrupted && error?.description.contains("takes it back") == true,
            "\(error?.description ?? "")")
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy.path)) == before)

        let store = try ResultStore(path: copy.path, mode: .readWrite, journaling: .rollbackJournal)
        #expect(try store.steps(ofTrial: id) == (1...5).map { StoreFixture.step($0) })
        try store.close()
        #expect(try copy.query("PRAGMA integrity_check") == ["ok"])
        #expect(try copy.open(.readOnly).steps(ofTrial: id).count == 5)
        #expect(try planned.store.steps(ofTrial: id).count == 5)
    }

    @Test("no merge is put beside a journal, which would take pages of the new file back")
    func merge() throws {
        let (fixture, planned, _) = try journaled()
        try planned.store.close()
        let output = fixture.folder + "/merged.sqlite"
        try Data("what a database that is gone left".utf8).write(
            to: URL(fileURLWithPath: output + "-journal"))
        let error = #expect(throws: ResultStoreError.self) {
            try DatabaseMerge([fixture.path], into: output, overwrites: false).run()
        }
        #expect(error?.description.contains("remove \(output)-journal") == true)
        #expect(try !fixture.files().contains("merged.sqlite"))
    }
}
