import Foundation
import Optimizers
import Provenance
import ResultStore
import Testing
import Training

@Suite("Trial progress")
struct TrialProgressTests {
    private func trial(_ planned: PlannedStore, _ id: Int64) throws -> PlannedTrial {
        try #require(try planned.store.trials(suiteID: planned.suiteID).first { $0.id == id })
    }

    @Test("a trial goes from planned to running to done, and its snapshot has everything")
    func whole() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        #expect(try trial(planned, id).status == .running)
        let steps = (1...3).map { StoreFixture.step($0) }
        let drift = RestoreDrift(maximumAbsolute: 1e-7, rootMeanSquare: 1e-9, changedShare: 0.25)
        let summary = TrialSummary(steps: 3, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 123)
        try planned.store.append(
            [
                .started(RuntimeFacts(blasCoreType: "Haswell", kernelInstructionSet: "avx2")),
                .ready(StoreFixture.summary),
            ],
            toTrial: id)
        try planned.store.append(
            steps.map(TrialEvent.step) + [
                .evaluation(StoreFixture.evaluation(3)), .evaluation(StoreFixture.evaluation(2, .test)),
                .drift(drift),
                .finished(summary),
            ], toTrial: id)
        var after = StoreFixture.load
        after.loadAverage1 = 1.5
        try planned.store.end(trial: id, load: after)

        let snapshot = try planned.store.snapshot(suiteNamed: "example")
        let result = try #require(snapshot.cells.flatMap(\.trials).first { $0.id == id })
        #expect(result.status == .done)
        #expect(result.steps == steps)
        #expect(result.evaluations == [StoreFixture.evaluation(2, .test), StoreFixture.evaluation(3)])
        #expect(result.data == StoreFixture.summary)
        #expect(result.drift == drift)
        #expect(result.summary == summary)
        #expect(result.load == MachineLoad(before: 0.25, after: 1.5))
        #expect(result.environmentID == planned.environmentID)
        #expect(snapshot.environments == [planned.environmentID: StoreFixture.environment])
        #expect(snapshot.claims == ["LEZO-phase"])
        #expect(snapshot.cells.map(\.layerCount) == [8, 8])
        #expect(snapshot.cells.map(\.parameterCount) == [1000, 1000])
        #expect(snapshot.cells.map(\.layerParameterCount) == [800, 800])
    }

    @Test("a done trial cannot begin again, nor be reset")
    func done() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let summary = TrialSummary(steps: 0, bestStep: 0, weightsDigest: "ff", peakResidentBytes: 1)
        try planned.store.append([.finished(summary)], toTrial: id)
        let error = #expect(throws: ResultStoreError.self) { try planned.begin() }
        #expect(error?.kind == .conflict)
        try planned.store.resetToPlanned(trial: id)
        #expect(try trial(planned, id).status == .done)
    }

    @Test("an end that counts other steps than are stored is refused, with all of its batch")
    func wrongEnd() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let summary = TrialSummary(steps: 3, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 1)
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(1)), .finished(summary)], toTrial: id)
        }
        #expect(
            error?.description
                == "\(fixture.path): trial \(id) ended after 3 steps, but 1 are stored; store every step before the end"
        )
        #expect(try planned.store.steps(ofTrial: id).isEmpty)
        #expect(try trial(planned, id).status == .running)
    }

    @Test("an interrupted trial keeps its steps and goes on after them")
    func interrupted() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        try planned.store.append([.step(StoreFixture.step(1)), .interrupted(step: 1)], toTrial: id)
        #expect(try trial(planned, id).status == .interrupted)
        _ = try planned.begin()
        try planned.store.append([.step(StoreFixture.step(2))], toTrial: id)
        #expect(try trial(planned, id).completedSteps == 2)
        let attempts = try fixture.query("SELECT steps_before, outcome FROM attempt ORDER BY id")
        #expect(attempts == ["0 interrupted", "1 -"])
    }

    @Test("a failure is stored with its step, and cleared when the trial begins again")
    func failed() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let failure = TrialFailure(reason: .diverged, step: 2, message: "the loss of step 2 is not finite")
        try planned.store.append([.step(StoreFixture.step(1)), .failed(failure)], toTrial: id)
        #expect(try trial(planned, id).status == .failed)
        #expect(try trial(planned, id).failure == failure)
        _ = try planned.begin()
        #expect(try trial(planned, id).failure == nil)
        #expect(try trial(planned, id).completedSteps == 1)
    }

    @Test("resetting deletes nothing")
    func reset() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let events: [TrialEvent] = [.step(StoreFixture.step(1)), .evaluation(StoreFixture.evaluation(1))]
        try planned.store.append(events, toTrial: id)
        try planned.store.resetToPlanned(trial: id)
        #expect(try trial(planned, id).status == .planned)
        #expect(try planned.store.steps(ofTrial: id).count == 1)
        #expect(try planned.store.evaluations(ofTrial: id).count == 1)
    }

    @Test("a step that repeats itself is kept, whatever its times; one that differs is refused")
    func repeated() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let record = StoreFixture.step(1)
        try planned.store.append([.step(record), .evaluation(StoreFixture.evaluation(1))], toTrial: id)
        var slower = record
        slower.times.forwardNanoseconds += 1
        var again = StoreFixture.evaluation(1)
        again.nanoseconds += 1
        try planned.store.append([.step(slower), .evaluation(again)], toTrial: id)
        #expect(try planned.store.steps(ofTrial: id) == [record])
        #expect(try planned.store.evaluations(ofTrial: id) == [StoreFixture.evaluation(1)])

        var other = record
        other.lossPlus = other.lossPlus.nextUp
        let stepError = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(other)], toTrial: id)
        }
        #expect(stepError?.problem == "step 1 of trial \(id) is stored with other seeds, layers or losses")
        again.loss = again.loss.nextUp
        let evaluationError = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.evaluation(again)], toTrial: id)
        }
        #expect(evaluationError?.kind == .conflict)
    }

    @Test("a gap between steps is refused, and so is a trial that is not there")
    func gaps() throws {
        let fixture = try StoreFixture()
        let planned = try PlannedStore(fixture)
        let id = try planned.begin()
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(1)), .step(StoreFixture.step(3))], toTrial: id)
        }
        #expect(error?.problem == "step 3 of trial \(id) came after step 1")
        #expect(try planned.store.steps(ofTrial: id).isEmpty)
        let unknown = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.step(StoreFixture.step(1))], toTrial: 99)
        }
        #expect(unknown?.kind == .unknownRow)
    }
}
