import Optimizers
import ResultStore
import Runner
import Sandbox
import Suites
import TestSupport
import Testing
import Training

/// A dry run, held against what a run finds in a database that another suite file filled.
@Suite("A preview of what others have done")
struct PreviewAgreementTests {
    private static func text(_ name: String, steps: Int) -> String {
        """
        suite: \(name)
        title: A test
        models: [{name: sandbox-opt}]
        tasks: [{name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 3}]
        methods:
          - zero-shot
          - {mezo: {learning_rate: [1.0e-4, 1.0e-3], perturbation_scale: 1.0e-3}}
          - {lezo: {sparsity: [0.5], learning_rate: [1.0e-4, 1.0e-3], perturbation_scale: 1.0e-3}}
        schedule: {steps: \(steps), batch_size: 2, eval_every: 2}
        """
    }

    private static func suite(_ name: String, steps: Int = 4) throws -> Suites.Suite {
        try Suite.read(
            text(name, steps: steps), path: name + ".yaml",
            vocabulary: SuiteVocabulary(
                modelNames: ["sandbox-opt"], layerCount: { _ in 12 }, taskNames: ["sst2"]))
    }

    private static let probe = RuntimeProbe(
        environment: PreviewFixture.environment, gigaflops: 1, perturbedGigaelements: 1)

    private static func step(_ number: Int) -> StepRecord {
        StepRecord(
            step: number, seed: UInt64(number), lossPlus: 1, lossMinus: 1, projectedGradient: 0,
            droppedLayers: [],
            times: PhaseTimes(
                selectNanoseconds: 1, perturbNanoseconds: 1, forwardNanoseconds: 1, updateNanoseconds: 1))
    }

    /// Events that leave one trial done, one diverged, one crashed, one under way, and one as it was.
    private static var courses: [[TrialEvent]] {
        [
            [.finished(TrialSummary(steps: 0, bestStep: 0, weightsDigest: "ff", peakResidentBytes: 1))],
            [.step(step(1)), .failed(TrialFailure(reason: .diverged, step: 2, message: "no number"))],
            [.step(step(1)), .failed(TrialFailure(reason: .crashed, step: 1, message: "gone"))],
            [.step(step(1)), .step(step(2))],
            [],
        ]
    }

    /// A store that the suite "first" filled, with the inputs of both.
    private func with(_ body: (ResultStore, SuiteInputs, _ path: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let sandbox = try Sandbox.make(in: folder.path("sandbox"), seed: 1)
            let first = try Self.suite("first")
            let inputs = SuiteInputs(
                suite: first, dataFolders: [sandbox.dataFolder], modelPaths: [sandbox.modelFolder])
            let path = folder.path("all.sqlite")
            let store = try ResultStore(path: path, mode: .readWrite)
            let environmentID = try store.record(environment: PreviewFixture.environment)
            let plan = try SuitePlan(suite: first, inputs: inputs, probe: Self.probe)
            let trials = try store.plan(suiteID: store.register(suite: first), trials: plan.trials)
            for (trial, events) in zip(trials, Self.courses) where !events.isEmpty {
                try store.begin(trial: trial.id, environmentID: environmentID, load: PreviewFixture.load)
                try store.append(events, toTrial: trial.id)
            }
            try body(store, inputs, path)
        }
    }

    private func preview(_ suite: Suites.Suite, _ inputs: SuiteInputs, _ store: ResultStore) throws
        -> RunPreview
    {
        try RunPreview(
            suite: suite, inputs: inputs, probe: Self.probe, databasePath: "all.sqlite", recorded: nil,
            known: { try store.trials(knownBy: $0) })
    }

    @Test("trials that another suite file finished are not left, nor are diverged ones; a run finds the same")
    func otherSuite() throws {
        try with { store, inputs, _ in
            let second = try Self.suite("second")
            let preview = try preview(second, inputs, store)
            #expect(preview.rows.map(\.isLeft) == [false, false, true, true, true])
            #expect(preview.rows.map { $0.seconds == 0 } == [true, true, false, false, false])
            let plan = try SuitePlan(suite: second, inputs: inputs, probe: Self.probe)
            let found = try store.plan(suiteID: store.register(suite: second), trials: plan.trials)
            #expect(preview.rows.map(\.status) == found.map(\.status))
            #expect(preview.rows.map(\.completedSteps) == found.map(\.completedSteps))
            #expect(found.map(\.completedSteps) == [0, 1, 1, 2, 0])
        }
    }

    @Test("trials of other settings are all left")
    func otherTrials() throws {
        try with { store, inputs, _ in
            let rows = try preview(try Self.suite("first", steps: 6), inputs, store).rows
            // Zero-shot takes no steps, so its trial is the same.
            #expect(rows.map(\.isLeft) == [rows[0].status != .done, true, true, true, true])
            #expect(rows.dropFirst().allSatisfy { $0.status == .planned && $0.completedSteps == 0 })
        }
    }

    @Test("what a preview says is all done, a run does not begin")
    func allDone() throws {
        try with { store, inputs, path in
            let second = try Self.suite("second")
            let plan = try SuitePlan(suite: second, inputs: inputs, probe: Self.probe)
            let environmentID = try store.record(environment: PreviewFixture.environment)
            let suiteID = try store.register(suite: second)
            func outcome() throws -> RunOutcome? {
                try FinishedRun.outcome(suite: second, inputs: inputs, shard: nil, databasePath: path)
            }
            for trial in try store.plan(suiteID: suiteID, trials: plan.trials) {
                #expect(try preview(second, inputs, store).rows.contains(where: \.isLeft))
                #expect(try outcome() == nil)
                if trial.status == .done || trial.failure?.reason == .diverged { continue }
                try store.begin(trial: trial.id, environmentID: environmentID, load: PreviewFixture.load)
                try store.append(
                    (trial.completedSteps + 1...4).map { .step(Self.step($0)) } + [
                        .finished(
                            TrialSummary(steps: 4, bestStep: 2, weightsDigest: "ff", peakResidentBytes: 1))
                    ], toTrial: trial.id)
            }
            try store.close()
            let reader = try ResultStore(path: path, mode: .readOnly)
            #expect(try preview(second, inputs, reader).rows.allSatisfy { !$0.isLeft })
            let end = try #require(try outcome())
            #expect(end.doneTrials == 4 && end.failedTrials == 1)
        }
    }
}
