import Archives
import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Runner
import Sandbox
import Tasks
import TestSupport
import Testing
import Training

/// Weights rebuilt from records, as a child process rebuilds them.
@Suite("Replays of trials")
struct ReplaySlowTests {
    /// A trial on the sandbox with what it said.
    private struct World {
        let sandbox: SandboxContents
        let folder: TemporaryFolder

        func run(
            _ specification: TrialSpecification, _ purpose: TrialJob.Purpose, threadCount: Int = 2
        ) throws -> [TrialEvent] {
            let task = try #require(TaskCatalog.task(named: "sst2"))
            var events: [TrialEvent] = []
            var execution = TrialExecution(
                job: TrialJob(
                    specification: specification, purpose: purpose, modelPath: sandbox.modelFolder,
                    dataPath: try ArchiveSearch.find(
                        fileNames: task.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder]),
                    threadCount: threadCount),
                emit: { events.append($0) }, stopIsRequested: { false })
            try execution.run()
            return events
        }
    }

    private func inWorld(_ body: (World) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try body(
                World(
                    sandbox: Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained),
                    folder: folder))
        }
    }

    private func specification(
        plan: ExecutionPlan, storage: StorageFormat = .float32, rounding: UpdateRounding = .nearest,
        dropped: Int = 6, tuned: TunedParameters = .all
    ) -> TrialSpecification {
        TrialSpecification(
            cell: Cell(
                model: ModelReference(name: "sandbox-opt", weights: .file, storage: storage),
                workload: .task(name: "sst2", trainExamples: 32, devExamples: 12, testExamples: 12),
                method: .zerothOrder(
                    ZerothOrderSettings(
                        learningRate: 1e-4, perturbationScale: 1e-3, droppedLayerCount: dropped,
                        tuned: tuned, rounding: rounding)),
                plan: plan, schedule: TrainingSchedule(steps: 9, batchSize: 4, evaluateEvery: 2)),
            dataSeed: 0, noiseSeed: 7)
    }

    private func steps(_ events: [TrialEvent]) -> [StepRecord] {
        events.compactMap { if case .step(let record) = $0 { record } else { nil } }
    }

    private func evaluations(_ events: [TrialEvent]) -> [EvaluationRecord] {
        events.compactMap { if case .evaluation(let record) = $0 { record } else { nil } }
    }

    private func summary(_ events: [TrialEvent]) throws -> TrialSummary {
        guard case .finished(let summary)? = events.last else {
            throw TrainingError.missingPath(what: "an end, but there was \(String(describing: events.last))")
        }
        return summary
    }

    @Test("every plan, storage and rounding comes back with the recorded digest, answers and file")
    func all() throws {
        try inWorld { world in
            var cases = [
                specification(plan: .reference, dropped: 0), specification(plan: .fused, dropped: 0),
            ]
            for plan in ExecutionPlan.allCases {
                cases.append(specification(plan: plan))
                for storage in [StorageFormat.bfloat16, .float16] {
                    for rounding in UpdateRounding.allCases {
                        cases.append(specification(plan: plan, storage: storage, rounding: rounding))
                    }
                }
            }
            for adapters in [AdapterSettings.usualLowRank, .usualPrefix] {
                cases.append(specification(plan: .reference, tuned: .adapters(adapters)))
                cases.append(
                    specification(plan: .fused, storage: .bfloat16, tuned: .adapters(adapters)))
            }
            for specification in cases { try check(specification, world) }
        }
    }

    private func check(_ specification: TrialSpecification, _ world: World) throws {
        let trained = try world.run(specification, .train(progress: .none))
        let (records, end) = (steps(trained), try summary(trained))
        for rebuiltStep in Set([4, end.bestStep, records.count]).sorted() {
            let recorded = evaluations(trained).filter { $0.step == rebuiltStep }
            let path = world.folder.path("model.safetensors")
            let replayed = try world.run(
                specification,
                .replay(
                    ReplayRequest(
                        steps: records, rebuiltStep: rebuiltStep, splits: recorded.map(\.split),
                        weightsPath: path, metadata: ["step": "\(rebuiltStep)"])),
                threadCount: 1)
            let comment = "\(specification.cell) after \(rebuiltStep)"
            #expect(try summary(replayed).weightsDigest == end.weightsDigest, "\(comment)")
            let repeated = evaluations(replayed)
            #expect(repeated.count == recorded.count && !recorded.isEmpty, "\(comment)")
            for (again, before) in zip(repeated, recorded) {
                #expect(RepeatedEvaluation(again, recorded: before).isIdentical, "\(comment)")
            }
            // Adapters are no model that could be loaded by itself.
            if specification.cell.method.adapterSettings != nil { continue }
            // The file holds the very elements that the digest is of.
            let arena = try loaded(path, like: world.sandbox, storage: specification.cell.model.storage)
            let rebuilt = replayed.compactMap { if case .rebuilt(let weights) = $0 { weights } else { nil } }
            #expect(rebuilt == [RebuiltWeights(step: rebuiltStep, digest: arena.digest())], "\(comment)")
            if rebuiltStep == records.count { #expect(arena.digest() == end.weightsDigest) }
        }
    }

    private func loaded(
        _ path: String, like sandbox: SandboxContents, storage: StorageFormat
    ) throws -> ParameterArena {
        let source = try ModelCatalog.locate(name: "sandbox-opt", in: [sandbox.modelFolder])
        let file = try ModelCatalog.open(ModelLocation(path: path), name: "sandbox-opt")
        return try ModelLoading.load(
            configuration: source.configuration, weights: file.weights, storage: storage,
            team: .init(threadCount: 1)
        ).parameters
    }

    @Test("a record that was changed is refused, and what steps of no record did cannot be done again")
    func changed() throws {
        try inWorld { world in
            let specification = specification(plan: .reference)
            let records = steps(try world.run(specification, .train(progress: .none)))
            func ending(_ records: [StepRecord], _ specification: TrialSpecification) throws -> String {
                let events = try world.run(
                    specification,
                    .replay(ReplayRequest(steps: records, rebuiltStep: records.count, splits: [])))
                guard case .failed(let failure)? = events.last else { return "\(events.count) events" }
                return failure.message
            }
            var changed = records
            changed[4].lossPlus = changed[4].lossPlus.nextUp
            #expect(try ending(changed, specification).contains("projected gradient"))
            changed = records
            changed[4].seed += 1
            #expect(try ending(changed, specification).contains("seed"))
            changed = records
            changed.remove(at: 4)
            #expect(try ending(changed, specification).contains("expected step 5, found 6"))
            var other = specification
            other.cell.method = .zeroShot
            #expect(try ending([], other).contains("cannot be done again"))
        }
    }
}

@Suite("Evaluations done again")
struct RepeatedEvaluationTests {
    private let recorded = EvaluationRecord(
        step: 4, split: .test, loss: 0.5, metric: "accuracy", value: 0.5, nanoseconds: 1,
        predictions: [
            Prediction(
                exampleID: "a", chosenOption: 1, goldOption: 1, optionScores: [-2, -1], text: nil, score: 1),
            Prediction(
                exampleID: "b", chosenOption: 0, goldOption: 1, optionScores: [-1, -2], text: nil, score: 0),
        ])

    @Test("times do not matter, every bit of a score does")
    func bits() {
        var again = recorded
        again.nanoseconds = 2
        #expect(RepeatedEvaluation(again, recorded: recorded).isIdentical)
        again.predictions[0].optionScores[0] = Float(-2).nextUp
        let changed = RepeatedEvaluation(again, recorded: recorded)
        #expect(!changed.isIdentical && changed.otherAnswerCount == 0)
        again = recorded
        again.loss = again.loss.nextDown
        #expect(!RepeatedEvaluation(again, recorded: recorded).isIdentical)
    }

    @Test("other answers and answers without a record are counted")
    func answers() {
        var again = recorded
        again.predictions[1].chosenOption = 1
        #expect(RepeatedEvaluation(again, recorded: recorded).otherAnswerCount == 1)
        again = recorded
        again.predictions.removeLast()
        let fewer = RepeatedEvaluation(again, recorded: recorded)
        #expect(fewer.otherAnswerCount == 1 && !fewer.isIdentical)
    }

    @Test("what an older program did not record is not held against it")
    func unrecorded() {
        var again = recorded
        again.predictions[0].exactMatch = 1
        #expect(RepeatedEvaluation(again, recorded: recorded).isIdentical)
    }
}
