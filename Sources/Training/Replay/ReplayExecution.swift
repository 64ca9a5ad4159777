import Kernels
import LanguageModels
import ModelFiles
import Optimizers

/// Rebuilds the parameters of a finished trial from its steps, evaluates them again and writes them.
///
/// Of a trial that tuned adapters they are the adapters' alone. The parameters go on to the last step afterwards, because
/// the digest that was recorded is theirs. Memory stays that of a trial.
struct ReplayExecution {
    let cell: Cell
    let noiseSeed: UInt64
    let request: ReplayRequest
    let bench: Workbench
    /// The trial's examples; nil when nothing is evaluated.
    let data: TrialData?
    let team: ThreadTeam
    let send: (TrialEvent) throws -> Void
    let stopIsRequested: () -> Bool

    /// The last event: `finished`, with the digest after the last step.
    func run() throws -> TrialEvent {
        let steps = request.steps
        let rebuilt = min(max(0, request.rebuiltStep), steps.count)
        let optimizer = try optimizer()
        try optimizer?.replay(steps[..<rebuilt], stopIsRequested: stopIsRequested)
        try send(.rebuilt(RebuiltWeights(step: rebuilt, digest: bench.model.tunedParameters.digest())))
        if let data {
            let evaluator = Evaluator(data: data, model: bench.model, stopIsRequested: stopIsRequested)
            for split in request.splits {
                try send(.evaluation(evaluator.evaluate(step: rebuilt, split: split)))
            }
        }
        if let path = request.weightsPath {
            try SafetensorsWriter.write(
                ArenaWeights(bench.model.tunedParameters), to: path, metadata: request.metadata,
                half: bench.model.tunedParameters.format.half)
        }
        try optimizer?.replay(steps[rebuilt...], stopIsRequested: stopIsRequested)
        return .finished(
            TrialSummary(
                steps: steps.count, bestStep: rebuilt, weightsDigest: bench.model.tunedParameters.digest(),
                peakResidentBytes: ResidentMemory.peakBytes()))
    }

    /// What did the steps; nil for a trial without any.
    private func optimizer() throws -> ZerothOrderOptimizer? {
        guard let settings = cell.method.zerothOrderSettings else {
            guard cell.schedule.steps == 0 else { throw TrainingError.notReplayable }
            return nil
        }
        return try ZerothOrderOptimizer(
            settings: settings, plan: cell.plan, arena: bench.model.tunedParameters, noiseSeed: noiseSeed,
            team: team)
    }
}
