import LanguageModels
import Optimizers

/// Fine-tuning by gradients.
extension TrialExecution {
    /// Trains from the first step on, keeps the parameters that are best on dev, and tests those.
    ///
    /// A step cannot be replayed from what is recorded of it, so a trial that was stopped begins again. It repeats itself
    /// bit for bit, and the receiver of its events holds them against those that it has.
    mutating func fineTune(
        _ settings: FirstOrderSettings, bench: Workbench, data: TrialData, evaluator: Evaluator
    ) throws -> TrialEvent {
        let optimizer = try makeOptimizer(settings, bench: bench, totalSteps: cell.schedule.steps)
        let losses = try stepLoss(data: data, model: bench.model)
        let best = WeightSnapshot(of: bench.model.tunedParameters, range: optimizer.gradient.range)
        var devEvaluations: [TrialProgress.KnownEvaluation] = []
        for step in 1...max(1, cell.schedule.steps) {
            if stopIsRequested() { return .interrupted(step: step - 1) }
            try send(.firstOrderStep(optimizer.step(step, losses: losses, model: bench.model)))
            stepsDone = step
            guard isEvaluated(after: step) else { continue }
            let evaluation = try evaluate(evaluator, step: step, split: .dev)
            devEvaluations.append(.init(step: step, loss: evaluation.loss, value: evaluation.value))
            // What the last step leaves is there to be tested without a copy.
            if step < cell.schedule.steps, bestEvaluation(of: devEvaluations)?.step == step {
                try best.keep()
            }
        }
        let bestStep = bestEvaluation(of: devEvaluations)?.step ?? stepsDone
        var end = summary(steps: stepsDone, bestStep: bestStep, bench: bench)
        if bestStep < stepsDone { best.restore() }
        try evaluate(evaluator, step: bestStep, split: .test)
        end.measureMemory()
        return .finished(end)
    }

    /// What takes a step by gradients, for a timing round.
    func gradientStep(
        _ settings: FirstOrderSettings, bench: Workbench, losses: StepLoss, totalSteps: Int
    ) throws -> (Int) throws -> TrialEvent {
        let optimizer = try makeOptimizer(settings, bench: bench, totalSteps: totalSteps)
        return { .firstOrderStep(try optimizer.step($0, losses: losses, model: bench.model)) }
    }

    private func makeOptimizer(
        _ settings: FirstOrderSettings, bench: Workbench, totalSteps: Int
    ) throws -> FirstOrderOptimizer {
        // Said before the first step, not in it.
        if cell.objective == .metric { throw TrainingError.objectiveWithoutGradient }
        return try FirstOrderOptimizer(
            settings: settings, totalSteps: totalSteps, arena: bench.model.tunedParameters,
            head: bench.model.headWeight, team: team)
    }
}

extension FirstOrderOptimizer {
    /// One step on its batch.
    fileprivate func step(
        _ number: Int, losses: StepLoss, model: any CausalLanguageModel
    ) throws -> FirstOrderStepRecord {
        try step(number: number) { gradient in
            try losses.lossGradient(
                step: number, model: model, retention: settings.retention, into: gradient)
        }
    }
}
