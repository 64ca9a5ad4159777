import Archives
import LanguageModels
import Optimizers
import Sandbox
import Tasks
import TestSupport
import Testing
import Training

/// Fine-tuned trials on the sandbox, as a child process carries them out.
@Suite("Fine-tuned trials from beginning to end")
struct FineTuningSlowTests {
    private struct World {
        let sandbox: SandboxContents

        func run(
            _ settings: FirstOrderSettings, task: String = "sst2", steps: Int = 12, every: Int = 3,
            rule: CheckpointRule = .devLoss, objective: TrainingObjective = .logLikelihood, threads: Int = 2,
            stopAfter: Int = .max
        ) throws -> [TrialEvent] {
            let definition = try #require(TaskCatalog.task(named: task))
            var events: [TrialEvent] = []
            var execution = TrialExecution(
                job: TrialJob(
                    specification: TrialSpecification(
                        cell: Cell(
                            model: ModelReference(name: "sandbox-opt", weights: .file),
                            workload: .task(
                                name: task, trainExamples: 48, devExamples: 16, testExamples: 24),
                            method: .firstOrder(settings), plan: .reference,
                            schedule: TrainingSchedule(
                                steps: steps, batchSize: 4, evaluateEvery: every, checkpointRule: rule),
                            objective: objective),
                        dataSeed: 1, noiseSeed: 5),
                    purpose: .train(progress: .none), modelPath: sandbox.modelFolder,
                    dataPath: try ArchiveSearch.find(
                        fileNames: definition.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder]),
                    threadCount: threads),
                emit: { events.append($0) }, stopIsRequested: { events.steps.count >= stopAfter })
            try execution.run()
            return events
        }
    }

    private func inWorld(_ body: (World) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try body(World(sandbox: Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: .untrained)))
        }
    }

    private static func settings(
        _ rule: UpdateRule = .adamW, rate: Double = 1e-3, decay: LearningRateDecay = .constant,
        retention: ActivationRetention = .kept
    ) -> FirstOrderSettings {
        FirstOrderSettings(rule: rule, learningRate: rate, decay: decay, retention: retention)
    }

    @Test(
        "the bits do not depend on threads, nor on whether activations are kept", arguments: ["sst2", "copa"])
    func invariance(task: String) throws {
        try inWorld { world in
            let first = try world.run(Self.settings(), task: task, steps: 4, every: 2)
            #expect(first.steps.count == 4 && first.evaluations.map(\.step).prefix(2) == [2, 4])
            for (retention, threads) in [(ActivationRetention.kept, 1), (.recomputed, 2)] {
                let other = try world.run(
                    Self.settings(retention: retention), task: task, steps: 4, every: 2, threads: threads)
                #expect(zip(first.steps, other.steps).allSatisfy { $0.hasSameNumbers(as: $1) })
                #expect(other.steps.count == 4)
                #expect(other.summary?.weightsDigest == first.summary?.weightsDigest)
                #expect(other.evaluations.map(\.predictions) == first.evaluations.map(\.predictions))
            }
        }
    }

    @Test("tested are the parameters that were best on dev, bit for bit", arguments: CheckpointRule.allCases)
    func bestIsTested(rule: CheckpointRule) throws {
        try inWorld { world in
            // Rates so large that the last evaluation is not the best one; how large depends on the rule.
            var choice: (rate: Double, events: [TrialEvent], summary: TrialSummary)?
            for rate in [3.0, 10, 1, 30] where choice == nil {
                let events = try world.run(Self.settings(.sgd, rate: rate), steps: 12, rule: rule)
                if let summary = events.summary, summary.bestStep < 12 { choice = (rate, events, summary) }
            }
            let (rate, long, summary) = try #require(choice, "no rate has its best step before the last")
            let short = try world.run(Self.settings(.sgd, rate: rate), steps: summary.bestStep, rule: rule)
            let tests = [long, short].map { $0.evaluations.last { $0.split == .test } }
            #expect(tests[0]?.step == summary.bestStep && tests[1]?.step == summary.bestStep)
            #expect(tests[0]?.loss == tests[1]?.loss && tests[0]?.predictions == tests[1]?.predictions)
            #expect(short.summary?.weightsDigest != summary.weightsDigest)
        }
    }

    @Test("a stop is heard after a whole step")
    func stops() throws {
        try inWorld { world in
            let events = try world.run(Self.settings(), stopAfter: 2)
            #expect(events.last == .interrupted(step: 2) && events.steps.count == 2)
        }
    }

    @Test("the learning rate falls to nothing in a straight line, and losses fall with it")
    func schedule() throws {
        try inWorld { world in
            let steps = try world.run(Self.settings(decay: .linear), steps: 24, every: 12).steps
            let rates: [Double] = (0..<24).map { done in 1e-3 * Double(24 - done) / 24 }
            #expect(steps.map(\.learningRate) == rates)
            let (early, late) = (steps.prefix(6).map(\.loss), steps.suffix(6).map(\.loss))
            #expect(late.reduce(0, +) < early.reduce(0, +))
            #expect(steps.allSatisfy { $0.forwardNanoseconds > 0 && $0.backwardNanoseconds > 0 })
            #expect(steps.allSatisfy { $0.updateNanoseconds > 0 && $0.gradientNorm > 0 })
        }
    }

    @Test("the head alone learns COPA, with the same bits on any number of threads and after a stop")
    func head() throws {
        try inWorld { world in
            var settings = Self.settings(rate: 5e-3, decay: .linear)
            settings.tuned = .head
            let whole = try world.run(settings, task: "copa", steps: 30, every: 15)
            let dev = whole.evaluations.filter { $0.split == .dev }.map(\.loss)
            let start = try #require(whole.steps.first?.loss)
            #expect(dev.count == 2 && dev[1] < dev[0] && dev[0] < Double(start), "\(start), \(dev)")
            let other = try world.run(settings, task: "copa", steps: 30, every: 15, threads: 1)
            #expect(zip(whole.steps, other.steps).allSatisfy { $0.hasSameNumbers(as: $1) })
            #expect(whole.summary?.weightsDigest == other.summary?.weightsDigest)
            let part = try world.run(settings, task: "copa", steps: 30, every: 15, stopAfter: 4)
            #expect(part.last == .interrupted(step: 4))
            #expect(zip(whole.steps, part.steps).allSatisfy { $0.hasSameNumbers(as: $1) })
        }
    }

    @Test("a step that is not finite ends the trial with its number")
    func diverges() throws {
        try inWorld { world in
            let events = try world.run(
                FirstOrderSettings(
                    rule: .sgd, learningRate: 1e30, decay: .constant, maximumGradientNorm: nil))
            guard case .failed(let failure)? = events.last else {
                Issue.record("the trial did not fail: \(String(describing: events.last))")
                return
            }
            #expect(failure.reason == .diverged && failure.step == 2, "\(failure)")
        }
    }

    @Test("the metric has no gradient, and it is said so before the first step")
    func metric() throws {
        try inWorld { world in
            let events = try world.run(Self.settings(), objective: .metric)
            guard case .failed(let failure)? = events.last else {
                Issue.record("the trial did not fail: \(String(describing: events.last))")
                return
            }
            #expect(failure.reason == .input && failure.message.contains("has no gradient"))
            #expect(events.steps.isEmpty)
        }
    }
}

extension [TrialEvent] {
    fileprivate var steps: [FirstOrderStepRecord] {
        compactMap { if case .firstOrderStep(let record) = $0 { record } else { nil } }
    }

    fileprivate var evaluations: [EvaluationRecord] {
        compactMap { if case .evaluation(let record) = $0 { record } else { nil } }
    }

    fileprivate var summary: TrialSummary? {
        compactMap { if case .finished(let summary) = $0 { summary } else { nil } }.last
    }
}
