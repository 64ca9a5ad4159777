import Optimizers
import Provenance
package import ResultStore
import Suites
import Training

/// How a run ended.
package struct RunOutcome: Sendable, Hashable {
    /// Trials that are done, now or before.
    package var doneTrials = 0
    /// Trials that failed, now or before.
    package var failedTrials = 0
    /// Trials that are not done, because somebody asked to stop.
    package var openTrials = 0
    /// Timing rounds recorded, now or before.
    package var doneRounds = 0
    /// Timing rounds that failed in this run.
    package var failedRounds = 0
    /// Whether somebody asked to stop before all was done.
    package var isInterrupted = false
}

/// Makes a database hold what a suite asks for: trains what is missing, then times what is missing.
///
/// Trials and rounds run one after the other, each in a child process. Whatever a child reports is committed in
/// small batches, so a kill at any moment loses at most the batch under way, and the next run goes on from there.
package final class SuiteRunner {
    private let plan: SuitePlan
    private let store: ResultStore
    private let childEnvironment: ChildEnvironment
    private let probe: RuntimeProbe
    private let threadCount: Int
    private let stop: StopRequest
    private let observer: any RunObserver
    private var clock: RunClock

    /// A runner for a plan whose inputs are all there.
    package init(
        plan: SuitePlan, store: ResultStore, childEnvironment: ChildEnvironment, probe: RuntimeProbe,
        threadCount: Int, stop: StopRequest, observer: any RunObserver
    ) {
        self.plan = plan
        self.store = store
        self.childEnvironment = childEnvironment
        self.probe = probe
        self.threadCount = threadCount
        self.stop = stop
        self.observer = observer
        clock = RunClock(predictedSeconds: 0)
    }

    /// Runs everything that the database does not hold yet.
    ///
    /// - Throws: ``RunnerError``, `ResultStoreError`; a trial's own trouble is recorded and does not stop the suite.
    package func run() throws -> RunOutcome {
        let suiteID = try store.register(suite: plan.suite)
        let environmentID = try store.record(environment: probe.environment)
        for artifact in plan.inputs.artifacts { _ = try store.record(artifact: artifact, suiteID: suiteID) }
        let trials = try store.plan(suiteID: suiteID, trials: plan.trials, timingCells: plan.timingCells)
        let rounds = try openRounds(suiteID: suiteID)
        clock = RunClock(predictedSeconds: predictedSeconds(trials: trials, rounds: rounds))

        var outcome = RunOutcome()
        try runTrials(trials, environmentID: environmentID, outcome: &outcome)
        try runRounds(rounds, suiteID: suiteID, environmentID: environmentID, outcome: &outcome)
        outcome.isInterrupted = stop.isMade
        return outcome
    }

    private func predictedSeconds(trials: [PlannedTrial], rounds: [OpenRound]) -> Double {
        let training = trials.filter(\.isOpen).reduce(0.0) { total, trial in
            total + plan.cost.trialSeconds(of: trial.specification.cell, stepsDone: trial.completedSteps)
        }
        return training + rounds.reduce(0.0) { $0 + plan.cost.roundSeconds(of: $1.cell, timing: $1.timing) }
    }

    // MARK: Trials

    private func runTrials(_ trials: [PlannedTrial], environmentID: Int64, outcome: inout RunOutcome) throws {
        for (index, trial) in trials.enumerated() {
            if !trial.isOpen {
                if trial.status == .done { outcome.doneTrials += 1 } else { outcome.failedTrials += 1 }
                continue
            }
            if stop.isMade {
                outcome.openTrials += 1
                continue
            }
            let ending = try run(trial, number: index + 1, of: trials.count, environmentID: environmentID)
            switch ending {
            case .finished: outcome.doneTrials += 1
            case .failed: outcome.failedTrials += 1
            default: outcome.openTrials += 1
            }
        }
    }

    /// Runs one trial to its end and returns its last event.
    private func run(
        _ trial: PlannedTrial, number: Int, of total: Int, environmentID: Int64
    ) throws -> TrialEvent {
        let cell = trial.specification.cell
        let label = cell.label(layerCount: plan.inputs.layerCount(of: cell.model))
        let progress = try committedProgress(of: trial)
        observer.noticed(
            .trialStarted(
                number: number, of: total, label: label, completedSteps: progress.steps.count,
                totalSteps: cell.schedule.steps),
            secondsLeft: clock.secondsLeft)
        try store.begin(trial: trial.id, environmentID: environmentID, load: LoadSample.take())

        let process = try start(
            specification: trial.specification, purpose: .train(progress: progress))
        defer { release(process) }
        var batch = EventBatch { [store] events in try store.append(events, toTrial: trial.id) }
        while true {
            if !process.hasEvent(withinMilliseconds: 500) { try batch.flush() }
            guard let event = try process.nextEvent() else { break }
            try greet(event, from: process)
            try batch.add(event)
            report(event, of: cell)
            if let ended = event.ending {
                try store.end(trial: trial.id, load: LoadSample.take())
                observer.noticed(
                    .trialEnded(number: number, of: total, label: label, failure: ended.failure),
                    secondsLeft: clock.secondsLeft)
                return event
            }
        }
        return .interrupted(step: progress.steps.count)
    }

    private func committedProgress(of trial: PlannedTrial) throws -> TrialProgress {
        TrialProgress(
            steps: try store.steps(ofTrial: trial.id),
            devEvaluations: try store.evaluations(ofTrial: trial.id)
                .filter { $0.split == .dev }
                .map { .init(step: $0.step, loss: $0.loss) })
    }

    private func report(_ event: TrialEvent, of cell: Cell) {
        switch event {
        case .step(let record):
            clock.complete(predictedSeconds: plan.cost.stepSeconds(of: cell))
            observer.noticed(
                .step(
                    number: record.step, of: cell.schedule.steps,
                    loss: (record.lossPlus + record.lossMinus) / 2,
                    secondsPerStep: Double(record.times.totalNanoseconds) / 1e9),
                secondsLeft: clock.secondsLeft)
        case .evaluation(let record):
            clock.complete(predictedSeconds: plan.cost.evaluationSeconds(of: cell, split: record.split))
            observer.noticed(.evaluation(record), secondsLeft: clock.secondsLeft)
        default: break
        }
    }

    // MARK: Rounds

    private func openRounds(suiteID: Int64) throws -> [OpenRound] {
        guard let timing = plan.suite.timing else { return [] }
        return RoundOrder.openRounds(
            of: try store.timingCells(suiteID: suiteID), timing: timing,
            finished: try store.finishedRounds(suiteID: suiteID))
    }

    private func runRounds(
        _ rounds: [OpenRound], suiteID: Int64, environmentID: Int64, outcome: inout RunOutcome
    ) throws {
        for (index, round) in rounds.enumerated() where !stop.isMade {
            let label =
                "\(round.cell.label(layerCount: plan.inputs.layerCount(of: round.cell.model))) · round \(round.round)"
            let loadBefore = LoadSample.take()
            let measured = try measure(round)
            switch measured {
            case .success(let timed):
                try store.appendRound(
                    suiteID: suiteID, cellID: round.cellID, round: round.round, position: round.position,
                    environmentID: environmentID, loadBefore: loadBefore, loadAfter: LoadSample.take(),
                    warmupSteps: round.timing.warmupSteps, steps: timed.steps,
                    peakResidentBytes: timed.peakResidentBytes)
                outcome.doneRounds += 1
                clock.complete(predictedSeconds: plan.cost.roundSeconds(of: round.cell, timing: round.timing))
                observer.noticed(
                    .round(
                        number: index + 1, of: rounds.count, label: label,
                        secondsPerStep: timed.medianStepSeconds),
                    secondsLeft: clock.secondsLeft)
            case .failure(let failure):
                outcome.failedRounds += 1
                observer.noticed(
                    .roundFailed(number: index + 1, of: rounds.count, label: label, failure: failure),
                    secondsLeft: clock.secondsLeft)
            case .interrupted: return
            }
        }
    }

    private enum Measurement {
        case success(TimedSteps)
        case failure(TrialFailure)
        case interrupted
    }

    private struct TimedSteps {
        var steps: [StepRecord]
        var peakResidentBytes: Int64

        var medianStepSeconds: Double {
            let sorted = steps.map(\.times.totalNanoseconds).sorted()
            return sorted.isEmpty ? 0 : Double(sorted[sorted.count / 2]) / 1e9
        }
    }

    private func measure(_ round: OpenRound) throws -> Measurement {
        let specification = TrialSpecification(
            cell: round.cell, dataSeed: plan.firstDataSeed, noiseSeed: UInt64(round.round))
        let process = try start(
            specification: specification,
            purpose: .time(warmupSteps: round.timing.warmupSteps, steps: round.timing.steps))
        defer { release(process) }
        var timed = TimedSteps(steps: [], peakResidentBytes: 0)
        while let event = try process.nextEvent() {
            try greet(event, from: process)
            switch event {
            case .step(let record) where record.step > round.timing.warmupSteps: timed.steps.append(record)
            case .finished(let summary):
                timed.peakResidentBytes = summary.peakResidentBytes
                return .success(timed)
            case .failed(let failure): return .failure(failure)
            case .interrupted: return .interrupted
            default: break
            }
        }
        return .interrupted
    }

    // MARK: Children

    private func start(
        specification: TrialSpecification, purpose: TrialJob.Purpose
    ) throws -> TrialProcess {
        let job = TrialJob(
            specification: specification, purpose: purpose,
            modelPath: plan.inputs.modelPath(of: specification.cell.model),
            dataPath: plan.inputs.dataPath(of: specification.cell.workload), threadCount: threadCount)
        let process = try TrialProcess(job: job, environment: childEnvironment)
        stop.watch(child: process.processID)
        return process
    }

    private func release(_ process: TrialProcess) {
        stop.watch(child: nil)
        process.end()
    }

    /// Checks a child's first word and passes on a request to stop that came before the child could listen.
    ///
    /// A child on other kernels than recorded would poison every comparison.
    private func greet(_ event: TrialEvent, from process: TrialProcess) throws {
        guard case .started(let facts) = event else { return }
        stop.watch(child: process.processID)
        let expected = "\(probe.environment.blasCoreType), \(probe.environment.kernelInstructionSet)"
        let found = "\(facts.blasCoreType), \(facts.kernelInstructionSet)"
        guard expected == found else { throw RunnerError.environmentChanged(expected: expected, found: found) }
    }
}
