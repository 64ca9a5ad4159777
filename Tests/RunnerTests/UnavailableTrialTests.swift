import Foundation
import Runner
import Sandbox
import Suites
import TestSupport
import Testing
import Training

/// Archives that lack the split that some trials need.
@Suite("Trials without data")
struct UnavailableTrialTests {
    private static let suiteText = """
        suite: tiny
        title: A test
        models: [{name: sandbox-opt}]
        tasks:
          - {name: sst2, archives: [half], train_examples: 8, dev_examples: 4, test_examples: 3}
          - {name: boolq, archives: [BoolQ.zip], train_examples: 8, dev_examples: 4, test_examples: 3}
        methods:
          - zero-shot
          - {zero-shot: {calibrate: true}}
          - {in-context: {demonstrations: 2}}
          - {mezo: {learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
        schedule: {steps: 2, batch_size: 2, eval_every: 2}
        timing: {rounds: 1, warmup_steps: 0, steps: 1}
        """
    private static let vocabulary = SuiteVocabulary(
        modelNames: ["sandbox-opt"], layerCount: { _ in 12 }, taskNames: ["sst2", "boolq"])

    /// The suite, and its inputs where SST-2 has a validation split alone.
    ///
    /// - Parameter train: The content of a `train.tsv`; nil for none.
    private func with<Result>(
        train: String? = nil, _ body: (Suite, SuiteInputs, SandboxContents) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let sandbox = try Sandbox.make(in: folder.path("sandbox"), seed: 1)
            let half = URL(fileURLWithPath: folder.path("half"))
            try FileManager.default.createDirectory(at: half, withIntermediateDirectories: true)
            try "sentence\tlabel\na good film\t1\na dull film\t0\nodd\t1\n".write(
                to: half.appendingPathComponent("dev.tsv"), atomically: true, encoding: .utf8)
            try train?.write(
                to: half.appendingPathComponent("train.tsv"), atomically: true, encoding: .utf8)
            let suite = try Suite.read(Self.suiteText, path: "tiny.yaml", vocabulary: Self.vocabulary)
            let inputs = SuiteInputs(
                suite: suite, dataFolders: [folder.path, sandbox.dataFolder],
                modelPaths: [sandbox.modelFolder])
            return try body(suite, inputs, sandbox)
        }
    }

    @Test(
        "what trains or shows demonstrations is known to lack data, with the entry it lacks; zero-shot is not"
    )
    func known() throws {
        try with { suite, inputs, _ in
            #expect(inputs.missing.isEmpty)
            #expect(inputs.trainSplitLacks.keys.sorted() == ["sst2"])
            let lacking = suite.trials.map(\.cell).filter { inputs.unavailability(of: $0) != nil }
            #expect(lacking.count == 2)
            #expect(lacking.allSatisfy { $0.workload.taskName == "sst2" && $0.method.usesTrainSplit })
            #expect(lacking.compactMap(\.method.inContextSettings?.demonstrationCount) == [2])
            let reason = try #require(inputs.unavailability(of: lacking[0]))
            #expect(reason.hasPrefix("half has no train split (train.tsv)"), "\(reason)")
            #expect(reason.contains("--data"))
        }
    }

    @Test(
        "a train split without an example counts as none, so that the other trials can be planned",
        arguments: ["", "sentence\tlabel\n"])
    func emptyTrainSplit(train: String) throws {
        try with(train: train) { suite, inputs, _ in
            #expect(inputs.trainSplitLacks.keys.sorted() == ["sst2"])
            let probe = RuntimeProbe(
                environment: PreviewFixture.environment, gigaflops: 1, perturbedGigaelements: 1)
            let preview = try RunPreview(
                suite: suite, inputs: inputs, probe: probe, databasePath: "none.sqlite", recorded: nil)
            #expect(preview.rows.count { $0.unavailability != nil } == 2)
            #expect(preview.rows.count == suite.trials.count)
            #expect(preview.rows.allSatisfy { $0.unavailability == nil || $0.seconds == 0 })
        }
    }

    @Test("a train split with an example in it counts")
    func shortTrainSplit() throws {
        try with(train: "sentence\tlabel\na fine film\t1\n") { suite, inputs, sandbox in
            #expect(inputs.trainSplitLacks.isEmpty)
            let trained = try #require(
                suite.trials.map(\.cell).first {
                    $0.method.takesSteps && $0.workload.taskName == "sst2"
                })
            let model = try #require(inputs.models[trained.model])
            let error = #expect(throws: TrainingError.self) {
                try TrialData.draw(
                    for: trained.workload, method: trained.method, dataSeed: 0,
                    dataPath: inputs.dataPath(of: trained.workload),
                    model: ReadableModel(
                        name: "sandbox-opt", path: sandbox.modelFolder, configuration: model.configuration,
                        vocabulary: model.vocabulary))
            }
            #expect(
                error?.description
                    == "task 'sst2' has no training example left after drawing: 8 were asked for and half has 1 in that "
                    + "split, where dev is filled before training; ask for fewer dev examples")
        }
    }

    @Test("zero-shot evaluates the test examples alone and says so")
    func zeroShot() throws {
        try with { suite, inputs, sandbox in
            let trial = try #require(
                suite.trials.first { $0.cell.method == .zeroShot && $0.cell.workload.taskName == "sst2" })
            var events: [TrialEvent] = []
            var execution = TrialExecution(
                job: TrialJob(
                    specification: trial, purpose: .train(progress: .none), modelPath: sandbox.modelFolder,
                    dataPath: inputs.dataPath(of: trial.cell.workload), threadCount: 1),
                emit: { events.append($0) }, stopIsRequested: { false })
            try execution.run()
            let summaries = events.compactMap { if case .ready(let summary) = $0 { summary } else { nil } }
            #expect(summaries.map(\.testExamples) == [3] && summaries.map(\.devExamples) == [0])
            #expect(summaries.first?.notes.contains { $0.contains("half has no train split") } == true)
            #expect(summaries.first?.firstToken == 0)
            let splits = events.compactMap {
                if case .evaluation(let record) = $0 { record.split } else { nil }
            }
            #expect(splits == [.test])
            guard case .finished? = events.last else {
                Issue.record("it did not finish: \(String(describing: events.last))")
                return
            }
        }
    }
}
