import Optimizers
import Provenance
import ResultStore
import Training

extension SuiteRunner {
    /// Runs the open trials one after the other.
    func runTrials(_ trials: [PlannedTrial], environmentID: Int64, outcome: inout RunOutcome) throws {
        for (index, trial) in trials.enumerated() {
            if !trial.isOpen {
                if trial.status == .done {
                    outcome.doneTrials += 1
                } else if trial.isUnavailable {
                    outcome.unavailableTrials += 1
                } else {
                    outcome.failedTrials += 1
                }
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
        // What cannot be replayed is repeated, and held against what is stored, on the same kernels.
        let repeatedSteps = trial.completedSteps - progress.steps.count
        try checkKernels(ofTrial: trial.id, completedSteps: trial.completedSteps)
        observer.noticed(
            .trialStarted(
                number: number, of: total, label: label, completedSteps: progress.steps.count,
                repeatedSteps: repeatedSteps, totalSteps: cell.schedule.steps),
            secondsLeft: clock.secondsLeft)
        try store.begin(trial: trial.id, environmentID: environmentID, load: LoadSample.take())
        let ending = try follow(trial, progress: progress)
        try store.end(trial: trial.id, load: LoadSample.take())
        var failure: TrialFailure?
        if case .failed(let reason) = ending {
            failure = reason
            clock.drop(
                predictedSeconds: plan.cost.trialSeconds(
                    of: cell, stepsDone: reason.step ?? progress.steps.count))
        }
        observer.noticed(
            .trialEnded(number: number, of: total, label: label, failure: failure),
            secondsLeft: clock.secondsLeft)
        return ending
    }

    /// Starts a trial's child and commits what it reports, down to its last event.
    private func follow(_ trial: PlannedTrial, progress: TrialProgress) throws -> TrialEvent {
        let process = try start(specification: trial.specification, purpose: .train(progress: progress))
        defer { release(process) }
        var batch = EventBatch { [store] events in try store.append(events, toTrial: trial.id) }
        while true {
            if !process.hasEvent(withinMilliseconds: 500) { try batch.flush() }
            let event: TrialEvent
            do {
                guard let next = try process.nextEvent() else {
                    return .interrupted(step: progress.steps.count)
                }
                event = next
            } catch let error as RunnerError {
                // What was understood counts, and one child that ends with a line that cannot be read does not stop the suite.
                event = .failed(
                    TrialFailure(reason: .crashed, step: nil, message: String(describing: error)))
            }
            try greet(event)
            let kept = withoutFailureByRequest(event, step: progress.steps.count)
            try batch.add(kept)
            report(kept, of: trial.specification.cell)
            if kept.isLast { return kept }
        }
    }

    /// A child that died while a stop was asked for did not fail: the same signal may have reached it too.
    func withoutFailureByRequest(_ event: TrialEvent, step: Int) -> TrialEvent {
        guard stop.isMade, case .failed(let failure) = event, [.killed, .crashed].contains(failure.reason)
        else {
            return event
        }
        return .interrupted(step: failure.step ?? step)
    }

    private func committedProgress(of trial: PlannedTrial) throws -> TrialProgress {
        TrialProgress(
            steps: try store.steps(ofTrial: trial.id),
            devEvaluations: try store.evaluations(ofTrial: trial.id)
                .filter { $0.split == .dev }
                .map { .init(step: $0.step, loss: $0.loss, value: $0.value) })
    }

    private func report(_ event: TrialEvent, of cell: Cell) {
        switch event {
        case .step(let record):
            report(
                step: record.step, loss: (record.lossPlus + record.lossMinus) / 2,
                nanoseconds: record.times.totalNanoseconds, of: cell)
        case .firstOrderStep(let record):
            report(step: record.step, loss: record.loss, nanoseconds: record.totalNanoseconds, of: cell)
        case .evaluation(let record):
            clock.complete(predictedSeconds: plan.cost.evaluationSeconds(of: cell, split: record.split))
            observer.noticed(.evaluation(record), secondsLeft: clock.secondsLeft)
        default: break
        }
    }
}

extension SuiteRunner {
    private func report(step: Int, loss: Float, nanoseconds: Int64, of cell: Cell) {
        clock.complete(predictedSeconds: plan.cost.stepSeconds(of: cell))
        observer.noticed(
            .step(
                number: step, of: cell.schedule.steps, loss: loss, secondsPerStep: Double(nanoseconds) / 1e9),
            secondsLeft: clock.secondsLeft)
    }
}

extension TrialEvent {
    /// Whether nothing follows this event.
    var isLast: Bool {
        switch self {
        case .finished, .interrupted, .failed: true
        case .started, .ready, .step, .firstOrderStep, .evaluation, .drift, .updateLoss, .rebuilt: false
        }
    }
}
