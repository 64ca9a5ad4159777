import Foundation
import GRDB
import Kernels
import Optimizers
import ResultStore
import Suites
import Testing
import Training

/// Fine-tuned trials and rounds in the store.
@Suite("Fine-tuned trials")
struct FineTuningTrialTests {
    private struct Planned {
        let store: ResultStore
        let suiteID: Int64
        let environmentID: Int64
        let trialID: Int64
        let cellID: Int64

        init(_ fixture: StoreFixture) throws {
            store = try fixture.open()
            let suite = try Suite.read(
                """
                suite: example
                title: An example
                models: [{name: tiny}]
                tasks: [{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}]
                methods:
                  - {fine-tuning: {optimizer: adamw, learning_rate: 1.0e-5, warmup_steps: 2, weight_decay: 0.01,
                      activations: recomputed}}
                schedule: {steps: 3, batch_size: 4, eval_every: 3}
                timing: {rounds: 2, warmup_steps: 1, steps: 2}
                """, path: "example.yaml", vocabulary: StoreFixture.vocabulary)
            suiteID = try store.register(suite: suite)
            environmentID = try store.record(environment: StoreFixture.environment)
            trialID = try #require(
                try store.plan(
                    suiteID: suiteID, trials: try StoreFixture.toPlan(suite),
                    timingCells: suite.timingCells.map(StoreFixture.toPlan)
                ).first
            ).id
            cellID = try #require(try store.timingCells(suiteID: suiteID).first).id
        }

        func begin() throws {
            try store.begin(trial: trialID, environmentID: environmentID, load: StoreFixture.load)
        }
    }

    private static func step(_ number: Int) -> FirstOrderStepRecord {
        FirstOrderStepRecord(
            step: number, loss: 0.693 / Float(number), gradientNorm: 1.1 / Double(number + 2),
            learningRate: 1e-5 / 3 * Double(number), forwardNanoseconds: 10_000_000 + Int64(number),
            backwardNanoseconds: 20_000_000, updateNanoseconds: 3_000_000)
    }

    private static let memory = MemoryUse(
        weightBytes: 500, activationBytes: 40, gradientBytes: 500, optimizerStateBytes: 1000,
        workspaceBytes: 7)

    @Test("its steps, its parts of memory and its settings come back as they were stored")
    func whole() throws {
        let fixture = try StoreFixture()
        let planned = try Planned(fixture)
        try planned.begin()
        let steps = (1...3).map(Self.step)
        let summary = TrialSummary(
            steps: 3, bestStep: 3, weightsDigest: "ff", peakResidentBytes: 4096, memory: Self.memory)
        try planned.store.append(
            steps.map(TrialEvent.firstOrderStep) + [.finished(summary)], toTrial: planned.trialID)
        let trial = try #require(try planned.store.snapshot(suiteNamed: "example").cells.first?.trials.first)
        #expect(trial.firstOrderSteps == steps && trial.steps.isEmpty && trial.lastStep == 3)
        #expect(trial.summary == summary)
        #expect(try planned.store.firstOrderSteps(ofTrial: planned.trialID) == steps)
        #expect(
            try fixture.query(
                """
                SELECT method, optimizer, learning_rate_schedule, warmup_steps, weight_decay,
                    maximum_gradient_norm, activations, tuned, sparsity FROM cell
                """) == ["fine-tuning adamw linear 2 0.01 1.0 recomputed all -"])
        #expect(
            try fixture.query("SELECT steps_stored, optimizer, gradient_bytes FROM trial_view")
                == ["3 adamw 500"])
        #expect(
            try fixture.query("SELECT step, total_ns FROM first_order_step_view WHERE step = 2")
                == ["2 33000002"])
    }

    @Test("a trial that begins again must repeat the steps that are stored, times apart")
    func repeated() throws {
        let fixture = try StoreFixture()
        let planned = try Planned(fixture)
        try planned.begin()
        try planned.store.append(
            [.firstOrderStep(Self.step(1)), .firstOrderStep(Self.step(2)), .interrupted(step: 2)],
            toTrial: planned.trialID)
        let trial = try #require(try planned.store.trials(suiteID: planned.suiteID).first)
        #expect(trial.completedSteps == 2)
        try planned.begin()
        var slower = Self.step(1)
        slower.forwardNanoseconds *= 2
        try planned.store.append(
            [.firstOrderStep(slower), .firstOrderStep(Self.step(2)), .firstOrderStep(Self.step(3))],
            toTrial: planned.trialID)
        #expect(try planned.store.firstOrderSteps(ofTrial: planned.trialID) == (1...3).map(Self.step))
        var other = Self.step(2)
        other.gradientNorm = other.gradientNorm.nextUp
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.firstOrderStep(other)], toTrial: planned.trialID)
        }
        #expect(
            error?.description
                == "\(fixture.path): step 2 of trial \(planned.trialID) is stored with other losses, gradients or "
                + "learning rates; the trial did not repeat itself; record it in a new database and compare the two"
        )
    }

    @Test("a step after a gap is refused")
    func gap() throws {
        let fixture = try StoreFixture()
        let planned = try Planned(fixture)
        try planned.begin()
        let error = #expect(throws: ResultStoreError.self) {
            try planned.store.append([.firstOrderStep(Self.step(2))], toTrial: planned.trialID)
        }
        #expect(error?.kind == .conflict)
    }

    @Test("a round of it replaces the one that is there, and the view has its means")
    func rounds() throws {
        let fixture = try StoreFixture()
        let planned = try Planned(fixture)
        let work = CountedWork(matrixProducts: 7, matrixOperations: 1 << 40, allocatedBytes: 0)
        for steps in [[Self.step(2)], [Self.step(2), Self.step(3)]] {
            try planned.store.replaceRound(
                suiteID: planned.suiteID, cellID: planned.cellID, round: 1, position: 0,
                environmentID: planned.environmentID, loadBefore: StoreFixture.load,
                loadAfter: StoreFixture.load, warmupSteps: 1, steps: [], firstOrderSteps: steps,
                peakResidentBytes: 4096, memory: Self.memory, work: work)
        }
        let round = try #require(try planned.store.snapshot(suiteNamed: "example").cells.first?.rounds.first)
        #expect(round.firstOrderSteps == [Self.step(2), Self.step(3)] && round.steps.isEmpty)
        #expect(round.memory == Self.memory)
        #expect(round.work == work)
        #expect(round.stepNanoseconds == [33_000_002, 33_000_003])
        #expect(try fixture.query("SELECT count(*) FROM first_order_round_step") == ["2"])
        #expect(
            try fixture.query("SELECT method, timed_steps, mean_forward_ns FROM first_order_round_view")
                == ["fine-tuning 2 10000002.5"])
    }
}
