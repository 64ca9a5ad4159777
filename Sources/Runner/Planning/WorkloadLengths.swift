import LanguageModels
import Tasks
import Training

/// How many tokens the batches and evaluations of a workload have, which decides what they cost.
struct WorkloadLengths: Sendable {
    /// Tokens of an average training batch where every sequence is a full row, padding included.
    let paddedTokensInBatch: Double
    /// Tokens of an average training batch without padding, prompts that options share counted once.
    let packedTokensInBatch: Double
    /// Tokens of the training examples, packed.
    let trainTokens: Double
    /// What an evaluation of the dev and of the test examples computes.
    let dev: Evaluated
    let test: Evaluated
    /// Tokens of an average row, which attention depends on.
    let rowTokens: Double

    /// Tokens that one evaluation computes.
    struct Evaluated: Sendable {
        /// Tokens of prompts and options, packed; prompts twice where answers are scored and generated.
        var readTokens = 0.0
        /// Tokens that answers have at most.
        var generatedTokens = 0.0
    }

    /// The published code pads rows to a multiple of this.
    private static let paddingMultiple = 8.0

    /// The lengths of a bare shape.
    init(batchSize: Int, tokens: Int) {
        let rows = Double(batchSize)
        paddedTokensInBatch =
            rows * Self.paddingMultiple * (Double(tokens) / Self.paddingMultiple).rounded(.up)
        packedTokensInBatch = rows * Double(tokens)
        trainTokens = 0
        dev = Evaluated()
        test = Evaluated()
        rowTokens = Double(tokens)
    }

    /// The lengths of a task's examples as they were drawn.
    ///
    /// Where nothing is trained on, rows are those of the test examples. Where steps generate answers, lengths are those
    /// of the training texts, which is less than a step computes.
    init(data: TrialData, batchSize: Int, training: TrainingObjective) {
        let objective = Objective(kind: data.task.kind, training: training) ?? data.objective
        let rows = objective.rows(of: data.train.isEmpty ? data.test : data.train).map {
            Double($0.tokens.count)
        }
        let mean = rows.reduce(0, +) / Double(max(1, rows.count))
        let rowsPerExample = Double(rows.count) / Double(max(1, data.train.count))
        // A batch is as long as its longest row: the mean plus about two deviations.
        let variance = rows.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, rows.count))
        let examples = Double(min(max(1, batchSize), data.train.count))
        paddedTokensInBatch = (mean + 2 * variance.squareRoot()) * examples * rowsPerExample
        trainTokens = Self.packedTokens(data.train, objective: objective)
        packedTokensInBatch = examples * trainTokens / Double(max(1, data.train.count))
        let generates = data.task.kind == .generation
        dev = Self.evaluated(data.dev, generates: generates)
        test = Self.evaluated(data.test, generates: generates)
        rowTokens = mean
    }

    private static func evaluated(_ examples: [EncodedExample], generates: Bool) -> Evaluated {
        var evaluated = Evaluated(readTokens: packedTokens(examples, objective: nil))
        if generates {
            evaluated.readTokens += examples.reduce(0) { $0 + Double($1.promptTokens.count) }
            evaluated.generatedTokens = Double(examples.count * AnswerGeneration.maximumNewTokens)
        }
        return evaluated
    }

    /// Tokens that must be computed: each example's longest prompt once, and the scored tokens of each of its rows.
    ///
    /// - Parameter objective: Which options are computed; all of them when nil.
    private static func packedTokens(_ examples: [EncodedExample], objective: Objective?) -> Double {
        examples.reduce(0) { total, example in
            let rows =
                objective?.rows(of: [example])
                ?? example.options.map { ScoredSequence(tokens: $0.tokens, scoredCount: $0.optionTokenCount) }
            let prompt = rows.map { $0.tokens.count - $0.scoredCount }.max() ?? 0
            return total + Double(prompt + rows.reduce(0) { $0 + $1.scoredCount })
        }
    }
}
