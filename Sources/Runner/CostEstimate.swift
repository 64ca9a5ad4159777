import LanguageModels
import ModelFiles
import Optimizers
package import Suites
import Tasks
import Tokenization
package import Training

/// What a suite will cost, predicted from the lengths of its real examples and the rates measured on this machine.
///
/// A forward is counted by its matrix products (2 operations a weight and token) and attention; a perturbation pass
/// by the elements it touches. What is left out (norms, activations, reading files) is why a run's clock scales
/// these predictions by what it sees.
package struct CostEstimate: Sendable {
    private struct Lengths: Sendable {
        /// Padded tokens of an average training batch, rows included.
        var paddedTokensInBatch: Double
        /// Tokens of all option rows of the dev and the test examples.
        var devTokens: Double
        var testTokens: Double
        /// Tokens of an average row, which attention depends on.
        var rowTokens: Double
    }

    private let models: [ModelReference: SuiteInputs.Model]
    private let probe: RuntimeProbe
    private var lengths: [WorkloadKey: Lengths] = [:]

    private struct WorkloadKey: Hashable, Sendable {
        let model: ModelReference
        let workload: Workload
        let context: InContextSettings?
        let batchSize: Int
    }

    /// Measures lengths by drawing and encoding the examples of every cell once.
    init(suite: Suite, inputs: SuiteInputs, probe: RuntimeProbe) throws {
        models = inputs.models
        self.probe = probe
        let cells = suite.trials.map(\.cell) + suite.timingCells
        for cell in cells where lengths[Self.key(of: cell)] == nil {
            lengths[Self.key(of: cell)] = try Self.measure(
                cell, model: inputs.models[cell.model], dataPath: inputs.dataPath(of: cell.workload),
                dataSeed: suite.trials.first?.dataSeed ?? 0)
        }
    }

    private static func key(of cell: Cell) -> WorkloadKey {
        WorkloadKey(
            model: cell.model, workload: cell.workload, context: cell.method.inContextSettings,
            batchSize: max(1, cell.schedule.batchSize))
    }

    private static func measure(
        _ cell: Cell, model: SuiteInputs.Model?, dataPath: String?, dataSeed: UInt32
    ) throws -> Lengths {
        if case .shape(let batchSize, let tokens) = cell.workload {
            return Lengths(
                paddedTokensInBatch: Double(batchSize * tokens), devTokens: 0, testTokens: 0,
                rowTokens: Double(tokens))
        }
        guard let model else { throw TrainingError.missingPath(what: "model '\(cell.model.name)'") }
        let drawn = try TrialData.draw(
            for: cell.workload, context: cell.method.inContextSettings, dataSeed: dataSeed, dataPath: dataPath,
            model: ReadableModel(
                name: cell.model.name, path: model.path, configuration: model.configuration,
                vocabulary: model.vocabulary))
        guard let data = drawn else { throw TrainingError.missingPath(what: "a task to train on") }
        // With demonstrations there is nothing to train on.
        let rowTokens = data.objective.rows(of: data.train.isEmpty ? data.test : data.train).map { Double($0.tokens.count) }
        let meanRowTokens = rowTokens.reduce(0, +) / Double(max(1, rowTokens.count))
        let rowsPerExample = Double(rowTokens.count) / Double(max(1, data.train.count))
        // A batch is as long as its longest row: the mean plus about two deviations.
        let deviation =
            (rowTokens.reduce(0) { $0 + ($1 - meanRowTokens) * ($1 - meanRowTokens) }
            / Double(max(1, rowTokens.count))).squareRoot()
        let batchSize = Double(min(max(1, cell.schedule.batchSize), data.train.count))
        return Lengths(
            paddedTokensInBatch: (meanRowTokens + 2 * deviation) * batchSize * rowsPerExample,
            devTokens: optionTokens(data.dev), testTokens: optionTokens(data.test),
            rowTokens: meanRowTokens)
    }

    private static func optionTokens(_ examples: [EncodedExample]) -> Double {
        examples.reduce(0) { $0 + $1.options.reduce(0) { $0 + Double($1.tokens.count) } }
    }

    /// Seconds of one step.
    package func stepSeconds(of cell: Cell) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)],
            case .zerothOrder(let settings) = cell.method
        else { return 0 }
        let forward = forwardSeconds(
            model, tokens: lengths.paddedTokensInBatch, rowTokens: lengths.rowTokens, headAtEveryToken: true)
        let counts = model.parameterCounts
        let droppedShare = Double(settings.droppedLayerCount) / Double(max(1, model.configuration.layerCount))
        let activeElements = Double(counts.total) - droppedShare * Double(counts.inDecoderLayers)
        return 2 * forward + 4 * activeElements / (probe.perturbedGigaelements * 1e9)
    }

    /// Seconds of one evaluation; for generation a lower bound.
    package func evaluationSeconds(of cell: Cell, split: EvaluationSplit) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)] else { return 0 }
        let tokens = split == .dev ? lengths.devTokens : lengths.testTokens
        return forwardSeconds(model, tokens: tokens, rowTokens: lengths.rowTokens, headAtEveryToken: false)
    }

    /// Seconds that a trial still takes after `stepsDone` of its steps.
    package func trialSeconds(of cell: Cell, stepsDone: Int) -> Double {
        let schedule = cell.schedule
        let stepsLeft = Double(max(0, schedule.steps - stepsDone))
        let evaluations =
            schedule.steps == 0 ? 1 : (stepsLeft / Double(max(1, schedule.evaluateEvery))).rounded(.up)
        return stepsLeft * stepSeconds(of: cell) + evaluations * evaluationSeconds(of: cell, split: .dev)
            + evaluationSeconds(of: cell, split: .test)
    }

    /// Seconds of one timing round.
    package func roundSeconds(of cell: Cell, timing: TimingProtocol) -> Double {
        Double(timing.warmupSteps + timing.steps) * stepSeconds(of: cell)
    }

    /// Bytes that a trial holds: weights, and the activations of one batch.
    package func peakBytes(of cell: Cell) -> Double {
        guard let model = models[cell.model], let lengths = lengths[Self.key(of: cell)] else { return 0 }
        let configuration = model.configuration
        let activations =
            lengths.paddedTokensInBatch
            * Double(6 * configuration.hiddenSize + 2 * configuration.feedForwardSize)
        return 4 * (Double(model.parameterCounts.total) + activations)
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
