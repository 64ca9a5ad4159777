import Archives
import LanguageModels
import Optimizers
import Sandbox
import Tasks
import TestSupport
import Testing
import Training

/// Whole trials on 16-bit parameters.
@Suite("Trials in 16-bit storage")
struct HalfStorageTrialSlowTests {
    private static let steps = 12

    private func specification(_ plan: ExecutionPlan, _ rounding: UpdateRounding) -> TrialSpecification {
        let settings = ZerothOrderSettings(
            learningRate: 1e-5, perturbationScale: 1e-3, droppedLayerCount: 1, rounding: rounding)
        return TrialSpecification(
            cell: Cell(
                model: ModelReference(name: "sandbox-opt", weights: .file, storage: .bfloat16),
                workload: .task(name: "sst2", trainExamples: 32, devExamples: 16, testExamples: 16),
                method: .zerothOrder(settings), plan: plan,
                schedule: TrainingSchedule(steps: Self.steps, batchSize: 4, evaluateEvery: 5)),
            dataSeed: 0, noiseSeed: 7)
    }

    private func events(
        _ specification: TrialSpecification, _ sandbox: SandboxContents, progress: TrialProgress,
        threadCount: Int
    ) throws -> [TrialEvent] {
        let task = try #require(TaskCatalog.task(named: "sst2"))
        let archive = try ArchiveSearch.find(
            fileNames: task.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder])
        var events: [TrialEvent] = []
        var execution = TrialExecution(
            job: TrialJob(
                specification: specification, purpose: .train(progress: progress),
                modelPath: sandbox.modelFolder, dataPath: archive, threadCount: threadCount),
            emit: { events.append($0) }, stopIsRequested: { false })
        try execution.run()
        return events
    }

    @Test("a resumed trial ends with the weights, drift and lost updates of one that ran through")
    func resume() throws {
        try TemporaryFolder.with { folder in
            let sandbox = try Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained)
            for plan in ExecutionPlan.allCases {
                for rounding in UpdateRounding.allCases { try check(sandbox, plan, rounding) }
            }
        }
    }

    private func check(_ sandbox: SandboxContents, _ plan: ExecutionPlan, _ rounding: UpdateRounding) throws {
        let specification = specification(plan, rounding)
        let whole = try events(specification, sandbox, progress: .none, threadCount: 2)
        let records = whole.compactMap { event in
            if case .step(let record) = event { record } else { nil }
        }
        #expect(records.count == Self.steps)
        let losses = whole.compactMap { event in
            if case .updateLoss(let loss) = event { loss } else { nil }
        }
        let loss = try #require(losses.first)
        #expect(losses.count == 1 && loss.updateCount > 0 && loss.lostCount > 0 && loss.relativeError > 0)

        let resumed = try events(
            specification, sandbox,
            progress: TrialProgress(steps: Array(records.prefix(7)), devEvaluations: []), threadCount: 1)
        let (expected, found) = (endings(whole), endings(resumed))
        #expect(found == expected && expected.count == 3, "\(plan), \(rounding)")
    }

    /// What a trial says after its last step: drift, lost updates, and the digest of its weights.
    private func endings(_ events: [TrialEvent]) -> [String] {
        events.compactMap { event in
            switch event {
            case .drift(let drift): "\(drift)"
            case .updateLoss(let loss): "\(loss)"
            case .finished(let summary): summary.weightsDigest
            default: nil
            }
        }
    }
}
