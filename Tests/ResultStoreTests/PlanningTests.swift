import Foundation
import ResultStore
import Suites
import Testing
import Training

@Suite("Planning")
struct PlanningTests {
    @Test("planning twice changes nothing")
    func idempotent() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let suite = try StoreFixture.suite()
        #expect(planned.trials.count == 2)
        #expect(planned.cells.count == 2)
        let again = try planned.store.plan(
            suiteID: planned.suiteID, trials: try StoreFixture.toPlan(suite),
            timingCells: suite.timingCells.map(StoreFixture.toPlan))
        #expect(again == planned.trials)
        #expect(try planned.store.trials(suiteID: planned.suiteID) == planned.trials)
        #expect(try planned.store.timingCells(suiteID: planned.suiteID) == planned.cells)
        #expect(try planned.store.register(suite: suite) == planned.suiteID)
        #expect(try planned.store.record(environment: StoreFixture.environment) == planned.environmentID)
    }

    @Test("an edited suite finds the trials that it shares, with their progress, and times anew")
    func edited() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let trial = try planned.begin()
        try planned.store.append((1...3).map { .step(StoreFixture.step($0)) }, toTrial: trial)
        try planned.store.replaceRound(
            suiteID: planned.suiteID, cellID: planned.cells[0].id, round: 1, position: 0,
            environmentID: planned.environmentID, loadBefore: StoreFixture.load, loadAfter: StoreFixture.load,
            warmupSteps: 1, steps: [StoreFixture.step(2)], peakResidentBytes: 1)

        let edited = try StoreFixture.suite(seeds: "[0, 1]")
        let suiteID = try planned.store.register(suite: edited)
        #expect(suiteID != planned.suiteID)
        let trials = try planned.store.plan(suiteID: suiteID, trials: try StoreFixture.toPlan(edited))
        #expect(trials.count == 4)
        #expect(trials.filter { $0.completedSteps == 3 }.map(\.id) == [trial])
        #expect(try planned.store.finishedRounds(suiteID: suiteID).isEmpty)
        #expect(try planned.store.suiteNames() == ["example"])
        #expect(try planned.store.snapshot(suiteNamed: "example").suiteSHA256 == edited.fileSHA256)
    }

    @Test("a snapshot tells how many rounds its suite asks for, none where it times nothing")
    func plannedRounds() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        #expect(try planned.store.snapshot(suiteNamed: "example").plannedRounds == 2)
        _ = try planned.store.register(suite: StoreFixture.suite(timing: ""))
        #expect(try planned.store.snapshot(suiteNamed: "example").plannedRounds == nil)
    }

    @Test("going back to the earlier file makes it the newest again")
    func goingBack() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        _ = try planned.store.register(suite: StoreFixture.suite(seeds: "[0, 1]"))
        let first = try StoreFixture.suite()
        #expect(try planned.store.register(suite: first) == planned.suiteID)
        #expect(try planned.store.snapshot(suiteNamed: "example").suiteSHA256 == first.fileSHA256)
    }

    @Test("a clock that goes back changes neither which file is the newest nor what is found of a trial")
    func clockGoingBack() throws {
        let fixture = try StoreFixture()
        var now: Int64 = 1_800_000_000_000_000_000
        let store = try ResultStore(path: fixture.path, mode: .readWrite) {
            now -= 3_600_000_000_000
            return now
        }
        let suite = try StoreFixture.suite()
        let suiteID = try store.register(suite: suite)
        let environmentID = try store.record(environment: StoreFixture.environment)
        let trials = try store.plan(suiteID: suiteID, trials: try StoreFixture.toPlan(suite))
        let id = trials[0].id
        for attempt in 1...3 {
            try store.begin(trial: id, environmentID: environmentID, load: StoreFixture.load)
            try store.append([.step(StoreFixture.step(attempt)), .interrupted(step: attempt)], toTrial: id)
        }
        let edited = try StoreFixture.suite(seeds: "[0, 1]")
        let editedID = try store.register(suite: edited)
        #expect(try store.newestSuite(sameAs: edited) == editedID)
        #expect(try store.newestSuite(sameAs: suite) == nil)
        #expect(try store.snapshot(suiteNamed: "example").suiteSHA256 == edited.fileSHA256)
        let found = try store.plan(suiteID: editedID, trials: try StoreFixture.toPlan(edited))
        #expect(found.filter { $0.completedSteps == 3 }.map(\.id) == [id])
        let attempts = try fixture.query("SELECT steps_before, ended_ns - begun_ns FROM attempt ORDER BY id")
        // Each moment is an hour before the last one, and is kept as it was told.
        #expect(attempts == (0...2).map { "\($0) -3600000000000" }, "\(attempts)")
    }

    @Test("other input files make other trials, and the suite points to those")
    func otherInputs() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let suite = try StoreFixture.suite()
        let others = try planned.store.plan(
            suiteID: planned.suiteID, trials: try StoreFixture.toPlan(suite, inputs: ["bb"]))
        #expect(Set(others.map(\.id)).isDisjoint(with: planned.trials.map(\.id)))
        #expect(try planned.store.trials(suiteID: planned.suiteID).map(\.id) == others.map(\.id))
        #expect(try planned.store.snapshot(suiteNamed: "example").cells.flatMap(\.trials).count == 2)
    }

    @Test("artifacts are stored once, and the present trials' are shown")
    func artifacts() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let old = StoredArtifact(
            kind: "archive", subject: "sst2", fileName: "SST-2.zip", sha256: "bb", byteCount: 7, note: nil)
        var new = old
        new.sha256 = "cc"
        let oldID = try planned.store.record(artifact: old, suiteID: planned.suiteID)
        #expect(try planned.store.record(artifact: old, suiteID: planned.suiteID) == oldID)
        try planned.store.record(artifact: new, suiteID: planned.suiteID)
        #expect(try planned.store.snapshot(suiteNamed: "example").artifacts == [old, new])
        try planned.store.plan(
            suiteID: planned.suiteID,
            trials: try StoreFixture.toPlan(try StoreFixture.suite(), inputs: ["cc"]))
        #expect(try planned.store.snapshot(suiteNamed: "example").artifacts == [new])
    }

    @Test("an identity that stands for another trial is refused")
    func collision() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        var trials = try StoreFixture.toPlan(try StoreFixture.suite())
        trials[0].identity = trials[1].identity
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.plan(suiteID: planned.suiteID, trials: [trials[0]])
        }
        #expect(error?.kind == .conflict)
        #expect(try planned.store.trials(suiteID: planned.suiteID) == planned.trials)
    }

    @Test("a suite id that is not there is refused")
    func unknownSuite() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        #expect(throws: ResultStoreError.self) {
            try planned.store.plan(suiteID: 99, trials: try StoreFixture.toPlan(try StoreFixture.suite()))
        }
    }

    @Test("one file under two protocols is two suites of one name, and either can be asked for")
    func protocols() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        func suite(_ name: String?) throws -> Suite {
            func matrix(_ steps: Int) -> String {
                """
                {models: [{name: tiny}], methods: [{mezo: {learning_rate: 1.0e-6, perturbation_scale: 1.0e-3}}],
                  tasks: [{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}],
                  schedule: {steps: \(steps), batch_size: 4, eval_every: 10}}
                """
            }
            return try Suite.read(
                """
                suite: example
                title: An example
                protocols:
                  quick: \(matrix(10))
                  published: \(matrix(20))
                default_protocol: quick
                """, path: "example.yaml", vocabulary: StoreFixture.vocabulary, protocolName: name)
        }
        for name in ["quick", "published", "quick"] {
            let suite = try suite(name)
            try store.plan(suiteID: store.register(suite: suite), trials: StoreFixture.toPlan(suite))
        }
        #expect(try store.suiteNames() == ["example"])
        #expect(try store.protocolNames(ofSuite: "example") == ["published", "quick"])
        // Without a name the one registered last.
        let latest = try store.snapshot(suiteNamed: "example")
        #expect(latest.protocolName == "quick" && latest.cells.map(\.cell.schedule.steps) == [10])
        let published = try store.snapshot(suiteNamed: "example", protocolName: "published")
        #expect(published.protocolName == "published" && published.cells.map(\.cell.schedule.steps) == [20])
        #expect(published.suiteSHA256 == latest.suiteSHA256)
        let error = #expect(throws: ResultStoreError.self) {
            try store.snapshot(suiteNamed: "example", protocolName: "quik")
        }
        #expect(error?.description.contains("it was run under: published, quick") == true)
    }

    @Test(
        "a trial that the archives have no data for is failed from the beginning, one that is done stays done"
    )
    func unavailable() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let done = try planned.begin()
        try planned.store.append(
            (1...30).map { .step(StoreFixture.step($0)) }
                + [
                    .finished(
                        TrialSummary(steps: 30, bestStep: 30, weightsDigest: "ab", peakResidentBytes: 1))
                ], toTrial: done)
        var toPlan = try StoreFixture.toPlan(try StoreFixture.suite())
        for index in toPlan.indices { toPlan[index].unavailability = "the archive has no train split" }
        let trials = try planned.store.plan(suiteID: planned.suiteID, trials: toPlan)
        #expect(trials.map(\.status) == [.done, .failed])
        #expect(
            trials[1].failure
                == TrialFailure(reason: .unavailable, step: nil, message: "the archive has no train split"))
        #expect(
            try fixture.query(
                "SELECT failure_reason, failure_message, environment_id FROM trial_view WHERE trial_id = 2")
                == ["unavailable the archive has no train split -"])
    }
}
