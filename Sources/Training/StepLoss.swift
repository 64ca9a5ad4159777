package import LanguageModels
package import Optimizers
import RandomStreams
package import Tasks

/// The batch of each step and the loss on it, for tasks, for bare shapes and for one batch again and again.
///
/// A loss is what a step makes smaller: from log-probabilities, or minus the task's metric. For the F1 of generated
/// answers both probes generate, which takes parameters that hold the perturbation: the reference plan alone has them.
package struct StepLoss {
    private enum Source {
        case task(TrialData, BatchOrder, TrainingObjective)
        case shape(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64)
        case fixed([EncodedExample], Objective)
    }

    private let source: Source

    /// Batches of a task's training examples, shuffled by the noise seed.
    package init(
        data: TrialData, batchSize: Int, noiseSeed: UInt64, objective: TrainingObjective = .logLikelihood
    ) {
        source = .task(
            data, BatchOrder(exampleCount: data.train.count, batchSize: batchSize, noiseSeed: noiseSeed),
            objective)
    }

    /// Batches of uniformly random token ids, new in each step.
    package init(batchSize: Int, tokens: Int, vocabularySize: Int, noiseSeed: UInt64) {
        source = .shape(
            batchSize: batchSize, tokens: tokens, vocabularySize: vocabularySize, noiseSeed: noiseSeed)
    }

    /// The same batch in every step; at least one example.
    package init(batch: [EncodedExample], objective: Objective) {
        source = .fixed(batch, objective)
    }

    /// The losses of step `step` on a model.
    ///
    /// The batch is drawn once, however often the step asks.
    package func losses(step: Int, model: any CausalLanguageModel) -> StepLosses {
        let (rows, loss): ([ScoredSequence], ([[Float]]) -> Float)
        switch batch(ofStep: step) {
        case .generated(let examples, let data):
            return Self.generatedLosses(examples, data: data, model: model)
        case .scored(let examples, let objective):
            rows = objective.rows(of: examples)
            loss = { objective.loss(of: examples, rowLogProbabilities: $0) }
        case .tokens(let sequences):
            rows = sequences
            loss = { Float(-$0.reduce(0.0) { $0 + mean($1) } / Double(sequences.count)) }
        }
        return StepLosses(
            present: { loss(try model.scoredLogProbabilities(rows, layout: .reference)) },
            probed: { probe, pending in
                let scores = try model.probedLogProbabilities(rows, probe: probe, after: pending)
                return ProbedLosses(
                    plus: loss(scores.plus), minus: loss(scores.minus),
                    perturbNanoseconds: scores.perturbNanoseconds,
                    updateNanoseconds: scores.updateNanoseconds, updateTally: scores.updateTally)
            })
    }

    /// The loss of step `step` on a model, with its gradient added to `gradient`.
    ///
    /// The loss is that of ``losses(step:model:)`` up to the rounding of another execution order.
    ///
    /// - Throws: ``TrainingError/objectiveWithoutGradient`` when steps make the metric larger.
    package func lossGradient(
        step: Int, model: any CausalLanguageModel, retention: ActivationRetention,
        into gradient: GradientArena
    ) throws -> LossGradient {
        switch batch(ofStep: step) {
        case .generated: throw TrainingError.objectiveWithoutGradient
        case .scored(_, .negativeAccuracy): throw TrainingError.objectiveWithoutGradient
        case .scored(let examples, let objective):
            return try model.lossGradient(
                objective.rows(of: examples), retention: retention, into: gradient
            ) { objective.scoredLoss(of: examples, rowLogProbabilities: $0) }
        case .tokens(let sequences):
            return try model.lossGradient(
                sequences, retention: retention, into: gradient,
                loss: ScoredLoss.meanNegativeLogLikelihood)
        }
    }

    /// What a step's loss is computed on.
    private enum Batch {
        /// Examples whose options are scored.
        case scored([EncodedExample], Objective)
        /// Examples whose answers are generated.
        case generated([EncodedExample], TrialData)
        /// Rows of random tokens, the last one scored.
        case tokens([ScoredSequence])
    }

    /// The same batch however often a step asks.
    private func batch(ofStep step: Int) -> Batch {
        switch source {
        case .task(let data, let order, let training):
            let examples = order.indices(ofStep: step).map { data.train[$0] }
            guard let objective = Objective(kind: data.task.kind, training: training) else {
                return .generated(examples, data)
            }
            return .scored(examples, objective)
        case .fixed(let examples, let objective):
            return .scored(examples, objective)
        case .shape(let batchSize, let tokens, let vocabularySize, let noiseSeed):
            var integers = UniformIntegers(
                seed: SeedDerivation.seed(
                    .syntheticTokens, index: UInt64(bitPattern: Int64(step)), parent: noiseSeed),
                purpose: .syntheticTokens)
            return .tokens(
                (0..<batchSize).map { _ in
                    ScoredSequence(
                        tokens: (0..<tokens).map { _ in Int32(integers.next(below: vocabularySize)) },
                        scoredCount: 1)
                })
        }
    }

    /// Minus the mean F1 of the answers that a model generates.
    ///
    /// What is generated from is the training text without its answer's tokens, as in the published code.
    /// Source: `_convert` in `run.py` and `zo_forward_nondiff` in `trainer.py` of MeZO's large-model code.
    private static func generatedLosses(
        _ examples: [EncodedExample], data: TrialData, model: any CausalLanguageModel
    ) -> StepLosses {
        let generation = AnswerGeneration(data)
        let prompts = examples.map { example in
            let text = example.options[example.goldIndex]
            return Array(text.tokens.dropLast(text.optionTokenCount))
        }
        return StepLosses(
            present: {
                let answers = try generation.answers(to: prompts, by: model)
                let scores = zip(examples, answers).map { example, answer in
                    AnswerScore.f1(prediction: answer, goldAnswers: example.goldAnswers)
                }
                return Float(-scores.reduce(0, +) / Double(examples.count))
            },
            probed: { _, _ in throw TrainingError.generationOnFusedPlan(task: data.task.name) })
    }
}
