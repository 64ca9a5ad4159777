import LanguageModels
import ModelFiles
import Optimizers
package import Suites
import Tasks
import Tokenization
package import Training

/// What a suite will cost, predicted from the lengths of its real examples and the rates measured on this machine.
///
/// A forward is counted by its matrix products (2 operations a weight and token) and attention; a pass of noise by the
/// elements it touches. What is left out (norms, activations) is why a run's clock scales these predictions by what it
/// sees.
package struct CostEstimate: Sendable {
    let models: [ModelReference: SuiteInputs.Model]
    private let probe: RuntimeProbe
    private(set) var lengths: [WorkloadKey: WorkloadLengths] = [:]

    /// Passes of noise over the active parameters in a step of the reference plan: three perturb, one updates.
    private static let referencePasses = 4.0
    /// In one of the fused plan: each element's z is drawn for the update of the step before and for the probe.
    private static let fusedPasses = 2.0
    /// Passes over the tuned parameters in a step of fine-tuning: one clears the gradient, one takes its norm, and one
    /// reads and writes parameters, gradient and moments.
    private static let gradientPasses = 4.0
    /// Seconds a parameter for making or reading, hashing and giving back the weights of a process.
    private static let startSeconds = 1e-8

    /// What the lengths of examples depend on.
    struct WorkloadKey: Hashable, Sendable {
        let model: ModelReference
        let workload: Workload
        let context: InContextSettings?
        let objective: TrainingObjective
        let batchSize: Int
    }

    /// Measures lengths by drawing and encoding the examples of every cell once.
    init(suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe) throws {
        models = inputs.models
        self.probe = probe
        let cells = suite.trials.map(\.cell) + suite.timingCells
        for cell in cells where lengths[Self.key(of: cell)] == nil && inputs.unavailability(of: cell) == nil {
            lengths[Self.key(of: cell)] = try Self.measure(
                cell, model: inputs.models[cell.model], dataPath: inputs.dataPath(of: cell.workload),
                dataSeed: suite.trials.first?.dataSeed ?? 0)
        }
    }

    static func key(of cell: Cell) -> WorkloadKey {
        // Storage changes no token, so one storage's examples stand for all.
        var model = cell.model
        model.storage = .float32
        return WorkloadKey(
            model: model, workload: cell.workload, context: cell.method.inContextSettings,
            objective: cell.objective, batchSize: max(1, cell.schedule.batchSize))
    }

    private static func measure(
        _ cell: Cell, model: SuiteInputs.Model?, dataPath: String?, dataSeed: UInt32
    ) throws -> WorkloadLengths {
        if case .shape(let batchSize, let tokens) = cell.workload {
            return WorkloadLengths(batchSize: batchSize, tokens: tokens)
        }
        guard let model else { throw TrainingError.missingPath(what: "model '\(cell.model.name)'") }
        let drawn = try TrialData.draw(
            for: cell.workload, method: cell.method, dataSeed: dataSeed, dataPath: dataPath,
            model: ReadableModel(
                name: cell.model.name, path: model.path, configuration: model.configuration,
                vocabulary: model.vocabulary, firstToken: cell.model.firstToken))
        guard let data = drawn else { throw TrainingError.missingPath(what: "a task to train on") }
        return WorkloadLengths(data: data, batchSize: cell.schedule.batchSize, training: cell.objective)
    }

    /// Seconds of one step.
    package func stepSeconds(of cell: Cell) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)] else { return 0 }
        switch cell.method {
        case .zeroShot, .inContext, .linearProbe: return 0
        case .zerothOrder(let settings): return stepSeconds(settings, plan: cell.plan, model, lengths)
        case .firstOrder(let settings): return stepSeconds(settings, model, lengths)
        }
    }

    /// A backward pass has twice the products of a forward pass, and a recomputed one a forward pass more.
    private func stepSeconds(
        _ settings: FirstOrderSettings, _ model: SuiteInputs.Model, _ lengths: WorkloadLengths
    ) -> Double {
        let forward = forwardSeconds(
            model, tokens: lengths.packedTokensInBatch, rowTokens: lengths.rowTokens, headAtEveryToken: false)
        let passes =
            switch settings.tuned {
            // What is before the head is only read; its own products are for few rows.
            case .head: 1.0
            // Beside adapters, whose own products are small, weights have no gradient.
            case .adapters: settings.retention == .kept ? 2.0 : 3.0
            case .all, .decoderLayers: settings.retention == .kept ? 3.0 : 4.0
            }
        return passes * forward
            + Self.gradientPasses * trainedElements(model, settings) / (probe.perturbedGigaelements * 1e9)
    }

    /// Parameters that have a gradient and an optimizer's state.
    func trainedElements(_ model: SuiteInputs.Model, _ settings: FirstOrderSettings) -> Double {
        let configuration = model.configuration
        let count =
            switch settings.tuned {
            case .head: configuration.vocabularySize * configuration.embeddingSize
            case .adapters(let adapters): adapters.parameterCount(in: configuration)
            case .all, .decoderLayers: model.parameterCounts.total
            }
        return Double(count)
    }

    private func stepSeconds(
        _ settings: ZerothOrderSettings, plan: ExecutionPlan, _ model: SuiteInputs.Model,
        _ lengths: WorkloadLengths
    ) -> Double {
        let noisePass = activeElements(model, settings) / (probe.perturbedGigaelements * 1e9)
        switch plan {
        case .reference:
            let forward = forwardSeconds(
                model, tokens: lengths.paddedTokensInBatch, rowTokens: lengths.rowTokens,
                headAtEveryToken: true)
            return 2 * forward + Self.referencePasses * noisePass
        case .fused:
            let forward = forwardSeconds(
                model, tokens: lengths.packedTokensInBatch, rowTokens: lengths.rowTokens,
                headAtEveryToken: false)
            return 2 * forward + Self.fusedPasses * noisePass
        }
    }

    private func activeElements(_ model: SuiteInputs.Model, _ settings: ZerothOrderSettings) -> Double {
        let counts = model.parameterCounts
        let droppedShare = Double(settings.droppedLayerCount) / Double(max(1, model.configuration.layerCount))
        let countInLayers =
            settings.tuned.adapterSettings?.parameterCount(in: model.configuration) ?? counts.inDecoderLayers
        let inLayers = (1 - droppedShare) * Double(countInLayers)
        return settings.tuned.includesAlwaysTuned
            ? inLayers + Double(counts.total - counts.inDecoderLayers) : inLayers
    }

    /// Seconds of one evaluation; answers are counted as if each had the most tokens that one may have.
    package func evaluationSeconds(of cell: Cell, split: EvaluationSplit) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)] else { return 0 }
        let evaluated = split == .dev ? lengths.dev : lengths.test
        return forwardSeconds(
            model, tokens: evaluated.readTokens, rowTokens: lengths.rowTokens, headAtEveryToken: false)
            + forwardSeconds(
                model, tokens: evaluated.generatedTokens, rowTokens: lengths.rowTokens, headAtEveryToken: true
            )
    }

    /// Seconds that a trial still takes after `stepsDone` of its steps; all of them where steps cannot be replayed.
    package func trialSeconds(of cell: Cell, stepsDone: Int) -> Double {
        let schedule = cell.schedule
        let stepsKept = cell.method.firstOrderSettings == nil ? stepsDone : 0
        let stepsLeft = Double(max(0, schedule.steps - stepsKept))
        let evaluations =
            schedule.steps == 0 ? 1 : (stepsLeft / Double(max(1, schedule.evaluateEvery))).rounded(.up)
        return startSeconds(of: cell) + featureSeconds(of: cell) + stepsLeft * stepSeconds(of: cell)
            + evaluations * evaluationSeconds(of: cell, split: .dev)
            + evaluationSeconds(of: cell, split: .test)
    }

    /// Seconds until a linear probe has what the head reads of its training examples; 0 for other methods.
    private func featureSeconds(of cell: Cell) -> Double {
        guard cell.method == .linearProbe, let model = models[cell.model],
            let lengths = lengths[Self.key(of: cell)]
        else { return 0 }
        return forwardSeconds(
            model, tokens: lengths.trainTokens, rowTokens: lengths.rowTokens, headAtEveryToken: false)
    }

    /// Seconds of one timing round.
    package func roundSeconds(of cell: Cell, timing: TimingProtocol) -> Double {
        startSeconds(of: cell) + Double(timing.warmupSteps + timing.steps) * stepSeconds(of: cell)
    }

    /// Seconds until a process can take its first step, and after its last.
    private func startSeconds(of cell: Cell) -> Double {
        Self.startSeconds * Double(models[cell.model]?.parameterCounts.total ?? 0)
    }

    private func forwardSeconds(
        _ model: SuiteInputs.Model, tokens: Double, rowTokens: Double, headAtEveryToken: Bool
    ) -> Double {
        let configuration = model.configuration
        let layers = 2 * Double(model.parameterCounts.inDecoderLayers) * tokens
        let attention =
            4 * tokens * rowTokens * Double(configuration.hiddenSize) * Double(configuration.layerCount)
        let head =
            headAtEveryToken
            ? 2 * tokens * Double(configuration.vocabularySize) * Double(configuration.embeddingSize) : 0
        return (layers + attention + head) / (probe.gigaflops * 1e9)
    }
}
