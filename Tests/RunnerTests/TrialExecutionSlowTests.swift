import Archives
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Sandbox
import Tasks
import TestSupport
import Testing
import Tokenization
import Training

/// Whole trials on the sandbox, as a child process carries them out.
@Suite("Trials from beginning to end")
struct TrialExecutionSlowTests {
    /// The sandbox in a folder, with trials to run on it.
    private struct World {
        let sandbox: SandboxContents
        let reference = ModelReference(name: "sandbox-opt", weights: .file)

        func archive(_ task: String) throws -> String {
            let definition = try #require(TaskCatalog.task(named: task))
            return try ArchiveSearch.find(
                fileNames: definition.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder])
        }

        func cell(
            _ task: String, _ method: Training.Method, test: Int = 12, plan: ExecutionPlan = .reference,
            schedule: TrainingSchedule = TrainingSchedule(steps: 0, batchSize: 1, evaluateEvery: 1),
            objective: TrainingObjective = .logLikelihood
        ) -> Cell {
            Cell(
                model: reference,
                workload: .task(name: task, trainExamples: 24, devExamples: 6, testExamples: test),
                method: method, plan: plan, schedule: schedule, objective: objective)
        }

        func run(_ cell: Cell, progress: TrialProgress = .none) throws -> [TrialEvent] {
            guard case .task(let task, _, _, _) = cell.workload else { return [] }
            var events: [TrialEvent] = []
            var execution = TrialExecution(
                job: TrialJob(
                    specification: TrialSpecification(cell: cell, dataSeed: 1, noiseSeed: 5),
                    purpose: .train(progress: progress), modelPath: sandbox.modelFolder,
                    dataPath: try archive(task), threadCount: 2),
                emit: { events.append($0) }, stopIsRequested: { false })
            try execution.run()
            return events
        }
    }

    private func inWorld(_ body: (World) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try body(World(sandbox: Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained)))
        }
    }

    private func evaluations(_ events: [TrialEvent]) -> [EvaluationRecord] {
        events.compactMap { if case .evaluation(let record) = $0 { record } else { nil } }
    }

    private func steps(_ events: [TrialEvent]) -> [StepRecord] {
        events.compactMap { if case .step(let record) = $0 { record } else { nil } }
    }

    // MARK: In context

    @Test("calibrated in-context scores are sums in context minus sums without, one example at a time")
    func calibrated() throws {
        try inWorld { world in
            let team = ThreadTeam(threadCount: 1)
            let bench = try Workbench(
                reference: world.reference, modelPath: world.sandbox.modelFolder, team: team)
            for (task, context) in [
                ("sst2", InContextSettings(demonstrationCount: 3, calibrates: true)),
                ("copa", InContextSettings(demonstrationCount: 0, calibrates: true)),
                (
                    "boolq",
                    InContextSettings(demonstrationCount: 1, calibrates: true, demonstrationDraw: .fixedSet)
                ),
            ] {
                let events = try world.run(world.cell(task, .inContext(context)))
                let record = try #require(evaluations(events).first)
                #expect(evaluations(events).count == 1 && record.split == .test && record.step == 0)
                let definition = try #require(TaskCatalog.task(named: task))
                let drawn = try ProtocolSampling.drawContexts(
                    task: definition, archive: .open(world.archive(task)), testExamples: 12,
                    demonstrationCount: context.demonstrationCount, draw: context.demonstrationDraw,
                    dataSeed: 1)
                let encoder = try ReadableModel(
                    name: "sandbox-opt", path: nil, configuration: bench.model.configuration,
                    vocabulary: bench.vocabulary
                ).encoder()
                func sums(_ options: [EncodedOption]) throws -> [Double] {
                    try options.map { option in
                        try bench.model.scoredLogProbabilities(
                            [ScoredSequence(tokens: option.tokens, scoredCount: option.optionTokenCount)],
                            layout: .reference)[0].reduce(0) { $0 + Double($1) }
                    }
                }
                #expect(record.predictions.count == 12)
                for (index, prediction) in record.predictions.enumerated() {
                    let example = drawn.test[index]
                    let encoded = encoder.encode(
                        example, task: definition, demonstrations: drawn.demonstrations(ofTestExample: index))
                    let without = try sums(encoder.encode(#require(example.calibration)))
                    let expected = zip(try sums(encoded.options), without).map { $0 - $1 }
                    #expect(prediction.exampleID == example.id)
                    for (found, wanted) in zip(prediction.optionScores, expected) {
                        #expect(abs(Double(found) - wanted) < 1e-3, "\(task) \(example.id)")
                    }
                    let best = prediction.optionScores.max() ?? 0
                    #expect(prediction.chosenOption == prediction.optionScores.firstIndex(of: best))
                    #expect((prediction.score == 1) == (prediction.chosenOption == example.goldIndex))
                }
                guard case .finished(let summary)? = events.last else {
                    Issue.record("the trial did not finish: \(String(describing: events.last))")
                    return
                }
                #expect(summary.steps == 0 && summary.bestStep == 0)
            }
        }
    }

    @Test("answers in context are generated from the demonstrations on, and have F1 and exact match")
    func generated() throws {
        try inWorld { world in
            let context = InContextSettings(demonstrationCount: 1, calibrates: false)
            let events = try world.run(world.cell("squad", .inContext(context), test: 9))
            let record = try #require(evaluations(events).first)
            let team = ThreadTeam(threadCount: 1)
            let bench = try Workbench(
                reference: world.reference, modelPath: world.sandbox.modelFolder, team: team)
            let task = SQuAD()
            let drawn = try ProtocolSampling.drawContexts(
                task: task, archive: .open(world.archive("squad")), testExamples: 9, demonstrationCount: 1,
                draw: .perExample, dataSeed: 1)
            let encoder = try ReadableModel(
                name: "sandbox-opt", path: nil, configuration: bench.model.configuration,
                vocabulary: bench.vocabulary
            ).encoder()
            for (index, prediction) in record.predictions.enumerated() {
                let encoded = encoder.encode(
                    drawn.test[index], task: task, demonstrations: drawn.demonstrations(ofTestExample: index))
                let stops = Set(encoder.tokenizer.encode("\n") + [2])
                let tokens = try bench.model.generate(
                    prompts: [encoded.promptTokens], maximumNewTokens: 50, stopTokens: stops)[0]
                let text = encoder.tokenizer.decode(tokens, skippingSpecialTokens: true).strippedOfWhiteSpace
                #expect(prediction.text == text)
                #expect(
                    prediction.score == AnswerScore.f1(prediction: text, goldAnswers: encoded.goldAnswers))
                #expect(
                    prediction.exactMatch
                        == AnswerScore.exactMatch(prediction: text, goldAnswers: encoded.goldAnswers))
            }
            #expect(record.metric == "f1" && record.exactMatch != nil)
            guard case .ready(let summary)? = events.dropFirst().first else { return }
            #expect(summary.trainExamples == 0 && summary.testExamples == 9)
        }
    }

    // MARK: Checkpoints

    /// How a trial ended, without its memory, which is counted for the whole process and so for tests at its side too.
    private func summary(_ events: [TrialEvent]) -> TrialSummary? {
        guard case .finished(var summary)? = events.last else { return nil }
        summary.peakResidentBytes = 0
        summary.memory = nil
        return summary
    }

    @Test(
        "the step tested is the best by its rule, the earliest of equals, and a resumed trial tests the same")
    func checkpoints() throws {
        try inWorld { world in
            let method = Training.Method.zerothOrder(
                ZerothOrderSettings(learningRate: 2e-4, perturbationScale: 1e-3, droppedLayerCount: 6))
            var tested: [Int] = []
            for rule in CheckpointRule.allCases {
                for plan in ExecutionPlan.allCases {
                    let cell = world.cell(
                        "boolq", method, plan: plan,
                        schedule: TrainingSchedule(
                            steps: 8, batchSize: 4, evaluateEvery: 1, checkpointRule: rule))
                    let events = try world.run(cell)
                    let dev = evaluations(events).filter { $0.split == .dev }
                    #expect(dev.map(\.step) == Array(1...8))
                    let best =
                        switch rule {
                        case .devLoss: dev.first { $0.loss == dev.map(\.loss).min() }
                        case .devMetric: dev.first { $0.value == dev.map(\.value).max() }
                        }
                    let end = try #require(summary(events))
                    #expect(end.bestStep == best?.step)
                    tested.append(end.bestStep)
                    if rule == .devMetric {
                        // Six examples: there are ties, so that earliest means something.
                        #expect(dev.count { $0.value == best?.value } > 1)
                    }
                    let test = try #require(evaluations(events).last)
                    #expect(test.split == .test && test.step == end.bestStep)

                    for stoppedAfter in [1, end.bestStep, 7] {
                        let resumed = try world.run(
                            cell,
                            progress: TrialProgress(
                                steps: Array(steps(events).prefix(stoppedAfter)),
                                devEvaluations: dev.filter { $0.step <= stoppedAfter }
                                    .map { .init(step: $0.step, loss: $0.loss, value: $0.value) }))
                        #expect(summary(resumed) == end)
                        #expect(evaluations(resumed).last?.predictions == test.predictions)
                        #expect(evaluations(resumed).last?.loss == test.loss)
                    }
                }
            }
            // The rules disagree here, or the test would not tell them apart.
            #expect(Set(tested).count > 1)
        }
    }

    // MARK: Objectives

    @Test("a trial optimises F1 on the reference plan, and on the fused plan fails with what to do")
    func generationObjective() throws {
        try inWorld { world in
            let method = Training.Method.zerothOrder(
                ZerothOrderSettings(learningRate: 1e-4, perturbationScale: 1e-3, droppedLayerCount: 0))
            let schedule = TrainingSchedule(steps: 2, batchSize: 2, evaluateEvery: 2)
            let reference = try world.run(
                world.cell("squad", method, test: 2, schedule: schedule, objective: .metric))
            #expect(summary(reference)?.steps == 2)
            #expect(steps(reference).allSatisfy { (-1...0).contains($0.lossPlus) })
            // The loss of an evaluation stays that of the likelihood.
            #expect(evaluations(reference).allSatisfy { $0.loss > 1 })
            let fused = try world.run(
                world.cell("squad", method, test: 2, plan: .fused, schedule: schedule, objective: .metric))
            guard case .failed(let failure)? = fused.last else {
                Issue.record("the fused plan has nothing to generate with")
                return
            }
            #expect(failure.reason == .input && failure.message.contains("reference plan"))
        }
    }
}
