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
        } catch let diverged as any Divergence {
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

    func summary(steps: Int, bestStep: Int, bench: Workbench) -> TrialSummary {
        TrialSummary(
            steps: steps, bestStep: bestStep, weightsDigest: bench.model.tunedParameters.digest(),
            peakResidentBytes: ResidentMemory.peakBytes(), memory: MemoryLedger.peak)
    }
}
