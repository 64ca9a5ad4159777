import Kernels
import LanguageModels
import Optimizers

/// The steps of a timing round.
extension TrialExecution {
    /// Takes untimed and timed steps and counts what the timed ones did.
    ///
    /// The times are in the events of the steps; the parent leaves out those of the warm-up.
    func time(bench: Workbench, data: TrialData?, warmupSteps: Int, steps: Int) throws -> TrialEvent {
        let stepCount = max(1, warmupSteps + steps)
        let losses = try stepLoss(data: data, model: bench.model)
        let (takeStep, flush) = try timedSteps(bench: bench, losses: losses, stepCount: stepCount)
        var workBefore = CountedWork.untilNow
        for step in 1...stepCount {
            if stopIsRequested() { return .interrupted(step: step - 1) }
            try send(takeStep(step))
            if step == warmupSteps { workBefore = CountedWork.untilNow }
        }
        let timedWork = CountedWork.untilNow.since(workBefore)
        flush()
        var end = summary(steps: stepCount, bestStep: stepCount, bench: bench)
        end.timedWork = timedWork
        return .finished(end)
    }

    /// What takes a step of the cell's method, and what brings all parameters up to date after the last one.
    private func timedSteps(
        bench: Workbench, losses: StepLoss, stepCount: Int
    ) throws -> (takeStep: (Int) throws -> TrialEvent, flush: () -> Void) {
        switch cell.method {
        case .zerothOrder(let settings):
            let optimizer = try makeOptimizer(settings, bench: bench)
            let takeStep = { (number: Int) throws -> TrialEvent in
                .step(
                    try optimizer.step(
                        number: number, losses: losses.losses(step: number, model: bench.model)))
            }
            return (takeStep, { optimizer.flush() })
        case .firstOrder(let settings):
            return (
                try gradientStep(settings, bench: bench, losses: losses, totalSteps: stepCount), {}
            )
        case .zeroShot, .inContext, .linearProbe: throw TrainingError.nothingToTime
        }
    }
}
