import Archives
import LanguageModels
import Optimizers
import Sandbox
import Tasks
import TestSupport
import Testing
import Training

/// Whole trials that tune adapters.
@Suite("Trials on adapters")
struct AdapterTrialSlowTests {
    private static let steps = 9

    private struct World {
        let sandbox: SandboxContents

        func events(
            _ cell: Cell, progress: TrialProgress = .none, threadCount: Int = 2
        ) throws -> [TrialEvent] {
            let task = try #require(cell.workload.taskName.flatMap { TaskCatalog.task(named: $0) })
            let archive = try ArchiveSearch.find(
                fileNames: task.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder])
            var events: [TrialEvent] = []
            var execution = TrialExecution(
                job: TrialJob(
                    specification: TrialSpecification(cell: cell, dataSeed: 0, noiseSeed: 7),
                    purpose: .train(progress: progress), modelPath: sandbox.modelFolder, dataPath: archive,
                    threadCount: threadCount),
                emit: { events.append($0) }, stopIsRequested: { false })
            try execution.run()
            return events
        }
    }

    private func cell(
        _ task: String, _ adapters: AdapterSettings, dropped: Int, plan: ExecutionPlan,
        learningRate: Double = 1e-3, steps: Int = steps
    ) -> Cell {
        Cell(
            model: ModelReference(name: "sandbox-opt", weights: .file),
            workload: .task(name: task, trainExamples: 32, devExamples: 8, testExamples: 8),
            method: .zerothOrder(
                ZerothOrderSettings(
                    learningRate: learningRate, perturbationScale: 1e-2, droppedLayerCount: dropped,
                    tuned: .adapters(adapters))), plan: plan,
            schedule: TrainingSchedule(steps: steps, batchSize: 4, evaluateEvery: 3))
    }

    private func steps(_ events: [TrialEvent]) -> [StepRecord] {
        events.compactMap { if case .step(let record) = $0 { record } else { nil } }
    }

    private func evaluations(_ events: [TrialEvent]) -> [EvaluationRecord] {
        events.compactMap { if case .evaluation(let record) = $0 { record } else { nil } }
    }

    /// What a trial says after its last step: drift, its last evaluation, and the digest of its weights.
    private func endings(_ events: [TrialEvent]) -> [String] {
        events.compactMap { event in
            switch event {
            case .drift(let drift): "\(drift)"
            case .evaluation(let record) where record.split == .test: "\(record.loss) \(record.predictions)"
            case .finished(let summary): "\(summary.bestStep) \(summary.weightsDigest)"
            default: nil
            }
        }
    }

    @Test("a trial resumed on another number of threads ends with the bits of one that ran through")
    func resume() throws {
        try TemporaryFolder.with { folder in
            let world = World(
                sandbox: try Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained))
            var digests: Set<String> = []
            for adapters in [AdapterSettings.usualLowRank, .usualPrefix] {
                for (dropped, plan) in [(0, ExecutionPlan.reference), (6, .reference), (6, .fused)] {
                    let cell = cell("sst2", adapters, dropped: dropped, plan: plan)
                    let whole = try world.events(cell)
                    let records = steps(whole)
                    #expect(records.count == Self.steps)
                    #expect(records.allSatisfy { $0.droppedLayers.count == dropped })
                    #expect(records.contains { $0.projectedGradient != 0 })
                    for stoppedAfter in [2, 7] {
                        let resumed = try world.events(
                            cell,
                            progress: TrialProgress(
                                steps: Array(records.prefix(stoppedAfter)),
                                devEvaluations: evaluations(whole)
                                    .filter { $0.split == .dev && $0.step <= stoppedAfter }
                                    .map { .init(step: $0.step, loss: $0.loss, value: $0.value) }),
                            threadCount: 1)
                        #expect(endings(resumed) == endings(whole), "\(adapters), \(dropped), \(plan)")
                    }
                    #expect(endings(whole).count == 3)
                    digests.insert(endings(whole)[2])
                }
            }
            #expect(digests.count == 6)
        }
    }

    @Test("both plans have the same losses, and a trial on generated answers runs to its end")
    func plans() throws {
        try TemporaryFolder.with { folder in
            let world = World(
                sandbox: try Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained))
            for adapters in [AdapterSettings.usualLowRank, .usualPrefix] {
                let both = try ExecutionPlan.allCases.map { plan in
                    try steps(
                        world.events(cell("boolq", adapters, dropped: 6, plan: plan, learningRate: 1e-9)))
                }
                #expect(both[0].count == Self.steps)
                for (reference, fused) in zip(both[0], both[1]) {
                    #expect(reference.droppedLayers == fused.droppedLayers)
                    #expect(abs(reference.lossPlus - fused.lossPlus) <= 1e-4 * abs(reference.lossPlus))
                    #expect(abs(reference.lossMinus - fused.lossMinus) <= 1e-4 * abs(reference.lossMinus))
                    #expect(fused.lossPlus != fused.lossMinus)
                }
                let generated = try world.events(cell("squad", adapters, dropped: 3, plan: .fused, steps: 3))
                guard case .finished? = generated.last else {
                    Issue.record("the trial did not finish: \(String(describing: generated.last))")
                    continue
                }
                #expect(evaluations(generated).last?.metric == "f1")
            }
        }
    }

    @Test(
        "fine-tuning adapters by gradients makes the loss smaller, with the same bits on one and two threads")
    func gradients() throws {
        try TemporaryFolder.with { folder in
            let world = World(sandbox: try Sandbox.make(in: folder.path("sandbox"), seed: 1))
            for (adapters, rate) in [(AdapterSettings.usualLowRank, 3e-3), (.usualPrefix, 3e-2)] {
                var cell = cell("sst2", adapters, dropped: 0, plan: .reference, steps: 60)
                cell.method = .firstOrder(
                    FirstOrderSettings(rule: .adamW, learningRate: rate, tuned: .adapters(adapters)))
                let whole = try world.events(cell)
                let losses = whole.compactMap { event in
                    if case .firstOrderStep(let record) = event { record.loss } else { nil }
                }
                #expect(losses.count == 60)
                #expect(
                    losses.suffix(10).reduce(0, +) < 0.97 * losses.prefix(10).reduce(0, +), "\(adapters)")
                let test = endings(whole)
                #expect(test.count == 2)
                #expect(try endings(world.events(cell, threadCount: 1)) == test)
            }
        }
    }
}
