import Foundation
import GRDB
import ResultStore
import Suites
import TestSupport
import Testing
import Training

/// Databases that tell of the same trial and differ in one thing.
@Suite("Merging databases that differ")
struct MergeDifferenceTests {
    /// A database with one trial that is done, changed as another program could.
    private func part(_ change: String = "") throws -> StoreFixture {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        try planned.store.record(
            artifact: StoredArtifact(
                kind: "archive", subject: "sst2", fileName: "SST-2.zip", sha256: "aa", byteCount: 5, note: nil
            ),
            suiteID: planned.suiteID)
        let id = try planned.begin()
        let end = TrialSummary(steps: 3, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append(
            [.ready(StoreFixture.summary)] + (1...3).map { .step(StoreFixture.step($0)) } + [
                .evaluation(StoreFixture.evaluation(2)), .evaluation(StoreFixture.evaluation(2, .test)),
                .finished(end),
            ], toTrial: id)
        try planned.store.end(trial: id, load: StoreFixture.load)
        try planned.store.close()
        if !change.isEmpty { try apply(change, to: fixture) }
        return fixture
    }

    private func apply(_ sql: String, to fixture: StoreFixture) throws {
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func merged(_ parts: [StoreFixture]) throws -> StoreFixture {
        let result = try StoreFixture()
        _ = try DatabaseMerge(parts.map(\.path), into: result.path, overwrites: false).run()
        return result
    }

    private static let lost =
        "DELETE FROM prediction WHERE evaluation_id = 2; DELETE FROM evaluation WHERE id = 2"

    @Test(
        "what is no measurement must be the same, and is named in either order",
        arguments: [
            (lost, "the test evaluation after step 2, which another database"),
            ("DELETE FROM step_block", "is done, but has"),
            ("UPDATE suite SET yaml = 'x'", "has another yaml than in another database"),
            ("UPDATE suite SET title = 'x'", "has another title than in another database"),
            ("UPDATE suite SET timing_rounds = 99", "has another timing_rounds than in another database"),
            (
                "UPDATE artifact SET byte_count = 6",
                "artifact 'archive sst2 SST-2.zip aa' has another byte_count than in another database"
            ),
            ("UPDATE environment SET thread_count = 7", "has another thread_count than in another database"),
            ("UPDATE trial SET train_examples = 7", "ended with another train_examples"),
            ("UPDATE trial SET data_notes = '[]' WHERE id = 1", "ended with another data_notes"),
            ("UPDATE trial SET first_token_id = 7 WHERE id = 1", "ended with another first_token_id"),
        ])
    func refused(change: String, words: String) throws {
        let (first, second) = (try part(), try part(change))
        for parts in [[first, second], [second, first]] {
            let result = try StoreFixture()
            let error = #expect(throws: ResultStoreError.self) {
                try DatabaseMerge(parts.map(\.path), into: result.path, overwrites: false).run()
            }
            #expect(error?.kind == .conflict)
            #expect(error?.problem.contains(words) == true, "\(String(describing: error))")
            #expect(try result.files() == [])
        }
    }

    @Test("measurements, notes and names of files may differ, and either order keeps the same ones")
    func measurements() throws {
        let first = try part(
            """
            UPDATE trial SET peak_resident_bytes = 9, weight_bytes = 4 WHERE id = 1;
            UPDATE artifact SET note = 'a subset'; UPDATE suite SET file_name = 'b.yaml';
            UPDATE environment SET blas_gigaflops = 50, blas_gigaflops_as_installed = 40;
            """)
        let second = try part(
            """
            UPDATE trial SET peak_resident_bytes = 7, weight_bytes = 6 WHERE id = 1;
            UPDATE artifact SET note = 'half'; UPDATE suite SET file_name = 'a.yaml';
            UPDATE environment SET blas_gigaflops = 60, blas_gigaflops_as_installed = 30;
            """)
        for parts in [[first, second], [second, first]] {
            let result = try merged(parts)
            #expect(
                try result.query("SELECT peak_resident_bytes, weight_bytes FROM trial WHERE id = 1") == [
                    "9 6"
                ])
            #expect(try result.query("SELECT note FROM artifact") == ["a subset"])
            #expect(try result.query("SELECT file_name FROM suite") == ["a.yaml"])
            #expect(
                try result.query("SELECT blas_gigaflops, blas_gigaflops_as_installed FROM environment") == [
                    "60.0 30.0"
                ])
        }
        let (one, other) = (try merged([first, second]), try merged([second, first]))
        #expect(try DatabaseContent.of(one.query) == DatabaseContent.of(other.query))
    }

    @Test("trials that came equally far are taken by what they say, not by the order of databases")
    func ties() throws {
        func failed(_ message: String) throws -> StoreFixture {
            let fixture = try StoreFixture()
            let planned = try PlannedStore(fixture)
            try planned.store.append(
                [
                    .ready(StoreFixture.summary), .step(StoreFixture.step(1)),
                    .failed(TrialFailure(reason: .killed, step: 2, message: message)),
                ], toTrial: try planned.begin())
            try planned.store.close()
            return fixture
        }
        let (first, second) = (try failed("by a person"), try failed("by the system"))
        let results = try [[first, second], [second, first]].map {
            try merged($0).query("SELECT failure_message FROM trial WHERE id = 1")
        }
        #expect(results[0] == results[1])
    }

    @Test("attempts stay in the order in which they came, though the clock went back")
    func clock() throws {
        let first = try part("UPDATE attempt SET begun_ns = 2000, ended_ns = 3000")
        let second = try part("UPDATE attempt SET begun_ns = 2000, ended_ns = 3000")
        try apply(
            """
            INSERT INTO attempt (trial_id, environment_id, steps_before, begun_ns, load_before, load_average_before)
            SELECT trial_id, environment_id, 3, 1000, load_before, 0.75 FROM attempt
            """, to: second)
        for parts in [[first, second], [second, first], [second, second], [first, second, first]] {
            let result = try merged(parts)
            #expect(try result.query("SELECT begun_ns FROM attempt ORDER BY id") == ["2000", "1000"])
        }
    }
}
