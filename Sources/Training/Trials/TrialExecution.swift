import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Tasks
import Tokenization

/// Carries out one job in this process: the loop of a trial, or the steps of a timing round.
///
/// Same job, same bits: neither the thread count nor where an earlier child was stopped changes a step.
package struct TrialExecution {
    let job: TrialJob
    let team: ThreadTeam
    private let emit: (TrialEvent) throws -> Void
    let stopIsRequested: () -> Bool
    /// Steps that are done, for what is said when a trial ends early.
    var stepsDone = 0

    /// An execution that hands each event to `emit` and stops after the step during which
    /// `stopIsRequested` becomes true.
    package init(
        job: TrialJob, emit: @escaping (TrialEvent) throws -> Void, stopIsRequested: @escaping () -> Bool
    ) {
        self.job = job
        self.emit = emit
        self.stopIsRequested = stopIsRequested
        team = ThreadTeam(threadCount: job.threadCount)
    }

    /// Runs the job to its end; a trouble of the trial itself becomes a `failed` event.
    ///
    /// - Throws: Only what `emit` throws: then nobody listens any more.
    package mutating func run() throws {
        let outcome: TrialEvent
        do {
            outcome = try runToEnd()
        } catch let closed as EventsClosed {
            throw closed
        } catch is StopRequested {
            outcome = .interrupted(step: stepsDone)
        } catch let diverged as NonFiniteEvaluation {
            outcome = .failed(
                TrialFailure(reason: .diverged, step: diverged.step, message: String(describing: diverged)))
        } catch let diverged as Diverged {
            outcome = .failed(
                TrialFailure(reason: .diverged, step: diverged.step, message: String(describing: diverged)))
        } catch let diverged as NonFiniteGradient {
            outcome = .failed(
                TrialFailure(reason: .diverged, step: diverged.step, message: String(describing: diverged)))
        } catch LanguageModelError.outOfMemory(let shortage) {
            outcome = .failed(
                TrialFailure(reason: .outOfMemory, step: nil, message: String(describing: shortage)))
        } catch let shortage as OutOfMemory {
            outcome = .failed(
                TrialFailure(reason: .outOfMemory, step: nil, message: String(describing: shortage)))
        } catch {
            outcome = .failed(TrialFailure(reason: .input, step: nil, message: String(describing: error)))
        }
        try emit(outcome)
    }

    func send(_ event: TrialEvent) throws {
        do { try emit(event) } catch { throw EventsClosed(underlying: error) }
    }

    private mutating func runToEnd() throws -> TrialEvent {
        try send(
            .started(
                RuntimeFacts(
                    blasCoreType: BLASLibrary.coreType.name,
                    kernelInstructionSet: InstructionSet.current.rawValue)))
        let bench = try Workbench(reference: cell.model, modelPath: job.modelPath, team: team)
        if let adapters = cell.method.adapterSettings {
            try bench.model.attach(adapters, seed: job.specification.noiseSeed)
        }
        let data =
            job.readsData
            ? try TrialData.draw(
                for: cell.workload, method: cell.method, dataSeed: job.specification.dataSeed,
                dataPath: job.dataPath,
                model: ReadableModel(
                    name: cell.model.name, path: job.modelPath, configuration: bench.model.configuration,
                    vocabulary: bench.vocabulary, firstToken: cell.model.firstToken)) : nil
        let counts =
            data?.summary ?? DataSummary(trainExamples: 0, devExamples: 0, testExamples: 0, notes: [])
        try send(.ready(counts))
        switch job.purpose {
        case .time(let warmupSteps, let steps):
            return try time(bench: bench, data: data, warmupSteps: warmupSteps, steps: steps)
        case .train(let progress):
            guard let data else { throw TrainingError.missingPath(what: "a task to train on") }
            return try train(bench: bench, data: data, progress: progress)
        case .replay(let request):
            return try ReplayExecution(
                cell: cell, noiseSeed: job.specification.noiseSeed, request: request, bench: bench,
                data: data,
                team: team, send: send, stopIsRequested: stopIsRequested
            ).run()
        }
    }

    var cell: Cell { job.specification.cell }

    func stepLoss(data: TrialData?, model: any CausalLanguageModel) throws -> StepLoss {
        let noiseSeed = job.specification.noiseSeed
        switch (cell.workload, data) {
        case (.shape(let batchSize, let tokens), _):
            return StepLoss(
                batchSize: batchSize, tokens: tokens, vocabularySize: model.configuration.vocabularySize,
                noiseSeed: noiseSeed)
        case (.task, let data?):
            return StepLoss(
                data: data, batchSize: cell.schedule.batchSize, noiseSeed: noiseSeed,
                objective: cell.objective)
        case (.task(let name, _, _, _), nil):
            throw TrainingError.missingPath(what: "task '\(name)'")
        }
    }

    func makeOptimizer(_ settings: ZerothOrderSettings, bench: Workbench) throws
        -> ZerothOrderOptimizer
    {
        try ZerothOrderOptimizer(
            settings: settings, plan: cell.plan, arena: bench.model.tunedParameters,
            noiseSeed: job.specification.noiseSeed, team: team)
    }

    // MARK: Training

    private mutating func train(
        bench: Workbench, data: TrialData, progress: TrialProgress
    ) throws -> TrialEvent {
        let evaluator = Evaluator(data: data, model: bench.model, stopIsRequested: stopIsRequested)
        if cell.method.takesSteps, data.train.isEmpty || data.dev.isEmpty {
            throw TrainingError.nothingAskedFor(
                task: data.task.name, split: data.train.isEmpty ? "training" : "dev")
        }
        switch cell.method {
        case .zeroShot, .inContext:
            for split in [EvaluationSplit.dev, .test] where split == .test || !data.dev.isEmpty {
                try evaluate(evaluator, step: 0, split: split)
            }
            return .finished(summary(steps: 0, bestStep: 0, bench: bench))
        case .linearProbe: return try probe(bench: bench, data: data, evaluator: evaluator)
        case .zerothOrder(let settings):
            return try optimize(settings, bench: bench, data: data, evaluator: evaluator, progress: progress)
        case .firstOrder(let settings):
            return try fineTune(settings, bench: bench, data: data, evaluator: evaluator)
        }
    }

    private mutating func optimize(
        _ settings: ZerothOrderSettings, bench: Workbench, data: TrialData, evaluator: Evaluator,
        progress: TrialProgress
    ) throws -> TrialEvent {
        let optimizer = try makeOptimizer(settings, bench: bench)
        let losses = try stepLoss(data: data, model: bench.model)
        var records = progress.steps
        var devEvaluations = progress.devEvaluations
        stepsDone = records.count
        try replay(records, with: optimizer)

        // A child may have been stopped between a step and the evaluation due after it.
        for step in records.count...max(records.count, cell.schedule.steps) {
            if step > records.count {
                if stopIsRequested() { return .interrupted(step: records.count) }
                let record = try optimizer.step(
                    number: step, losses: losses.losses(step: step, model: bench.model))
                records.append(record)
                stepsDone = step
                try send(.step(record))
            }
            if isEvaluated(after: step), !devEvaluations.contains(where: { $0.step == step }) {
                optimizer.flush()
                let evaluation = try evaluate(evaluator, step: step, split: .dev)
                devEvaluations.append(
                    .init(step: step, loss: evaluation.loss, value: evaluation.value))
            }
        }
        return try test(
            bench: bench, evaluator: evaluator, optimizer: optimizer, records: records,
            devEvaluations: devEvaluations)
    }

    /// Measures drift, goes back to the checkpoint that is best on dev and tests that one.
    private func test(
        bench: Workbench, evaluator: Evaluator, optimizer: ZerothOrderOptimizer, records: [StepRecord],
        devEvaluations: [TrialProgress.KnownEvaluation]
    ) throws -> TrialEvent {
        optimizer.flush()
        if let last = records.last { try send(.drift(optimizer.restoreDrift(seed: last.seed))) }
        if optimizer.arena.format != .float32 { try send(.updateLoss(optimizer.updateLoss)) }
        let bestStep = bestEvaluation(of: devEvaluations)?.step ?? records.count
        var end = summary(steps: records.count, bestStep: bestStep, bench: bench)
        if bestStep < records.count {
            try bench.reset(team: team)
            try replay(Array(records.prefix(bestStep)), with: optimizer)
        }
        try evaluate(evaluator, step: bestStep, split: .test)
        end.measureMemory()
        return .finished(end)
    }

    /// The evaluation whose parameters are tested: the earliest of equals, as a comparison with "<" in the published
    /// trainer keeps it.
    func bestEvaluation(
        of evaluations: [TrialProgress.KnownEvaluation]
    ) -> TrialProgress.KnownEvaluation? {
        cell.schedule.checkpointRule.indexOfBest(of: evaluations) { ($0.step, $0.loss, $0.value) }
            .map { evaluations[$0] }
    }

    /// Evaluates, reports and returns what was found; a loss that is not finite ends the trial.
    @discardableResult
    func evaluate(
        _ evaluator: Evaluator, step: Int, split: EvaluationSplit
    ) throws -> EvaluationRecord {
        let evaluation = try evaluator.evaluate(step: step, split: split)
        guard evaluation.loss.isFinite else {
            throw NonFiniteEvaluation(step: step, split: split, loss: evaluation.loss)
        }
        try send(.evaluation(evaluation))
        return evaluation
    }

    func isEvaluated(after step: Int) -> Bool {
        step > 0 && (step % cell.schedule.evaluateEvery == 0 || step == cell.schedule.steps)
    }

    private func replay(_ records: [StepRecord], with optimizer: ZerothOrderOptimizer) throws {
        try optimizer.replay(records[...], stopIsRequested: stopIsRequested)
    }

    func summary(steps: Int, bestStep: Int, bench: Workbench) -> TrialSummary {
        TrialSummary(
            steps: steps, bestStep: bestStep, weightsDigest: bench.model.tunedParameters.digest(),
            peakResidentBytes: ResidentMemory.peakBytes(), memory: MemoryLedger.peak)
    }
}

extension TrialSummary {
    /// Takes the peaks anew, after something that came after the summary.
    mutating func measureMemory() {
        peakResidentBytes = ResidentMemory.peakBytes()
        memory = MemoryLedger.peak
    }
}

/// An evaluation's loss is not finite: the last update broke the model.
struct NonFiniteEvaluation: Error, CustomStringConvertible {
    let step: Int
    let split: EvaluationSplit
    let loss: Double

    var description: String {
        "the \(split.rawValue) loss after step \(step) is \(loss): training diverged; use a smaller learning rate"
    }
}

/// The receiver of events is gone.
struct EventsClosed: Error {
    let underlying: any Error
}
