import Archives
package import ModelFiles
package import Tasks
package import Tokenization

/// What must be known of a model to encode examples for it.
package struct ReadableModel: Sendable {
    /// Its name, for messages.
    package let name: String
    /// Where it was found, for messages; nil for random weights.
    package let path: String?
    /// Its sizes.
    package let configuration: ModelConfiguration
    /// Its vocabulary, if it has one.
    package let vocabulary: TokenizerDefinition?

    /// A model from its parts.
    package init(
        name: String, path: String?, configuration: ModelConfiguration, vocabulary: TokenizerDefinition?
    ) {
        self.name = name
        self.path = path
        self.configuration = configuration
        self.vocabulary = vocabulary
    }
}

/// The drawn and encoded examples of one trial.
package struct TrialData: Sendable {
    /// The task that they are of.
    package let task: any TaskDefinition
    /// What its loss is.
    package let objective: Objective
    /// Reads and writes the model's tokens.
    package let tokenizer: Tokenizer
    /// Examples for steps, in the order drawn.
    package let train: [EncodedExample]
    /// Examples that choose the checkpoint.
    package let dev: [EncodedExample]
    /// Examples for the reported figure.
    package let test: [EncodedExample]
    /// Counts and remarks for the report.
    package let summary: DataSummary

    /// Draws and encodes the examples of a task workload for one model.
    ///
    /// OPT's leading token is id 0, as in the published code, where its tokenizer's default is 2; other families keep
    /// their tokenizer's default. Texts are cut to 2,048 tokens, or to the model's positions if it has fewer.
    ///
    /// - Returns: nil for a shape, which has no data.
    /// - Throws: `TaskError`, `ArchiveError`, `TokenizerError` or ``TrainingError``.
    package static func draw(
        for workload: Workload, dataSeed: UInt32, dataPath: String?, model: ReadableModel
    ) throws -> TrialData? {
        guard case .task(let name, let train, let dev, let test) = workload else { return nil }
        guard let task = TaskCatalog.task(named: name) else {
            throw TrainingError.unknownTask(name: name, known: TaskCatalog.names)
        }
        guard let dataPath else { throw TrainingError.missingPath(what: "task '\(name)'") }
        guard let vocabulary = model.vocabulary else {
            throw TrainingError.missingVocabulary(model: model.name, path: model.path ?? "(random weights)")
        }
        let drawn = try ProtocolSampling.draw(
            task: task, archive: Archive.open(dataPath), trainExamples: train, devExamples: dev,
            testExamples: test, dataSeed: dataSeed)
        let tokenizer = try Tokenizer(vocabulary)
        let encoder = ExampleEncoder(
            tokenizer: tokenizer,
            leadingToken: model.configuration.family == .opt ? 0 : vocabulary.leadingToken,
            maximumTokens: min(2048, model.configuration.maximumPositions))
        return TrialData(
            task: task, tokenizer: tokenizer,
            train: try encode(drawn.train, split: "training", task: task, encoder: encoder),
            dev: try encode(drawn.dev, split: "dev", task: task, encoder: encoder),
            test: try encode(drawn.test, split: "test", task: task, encoder: encoder), notes: drawn.notes)
    }

    private init(
        task: any TaskDefinition, tokenizer: Tokenizer, train: [EncodedExample], dev: [EncodedExample],
        test: [EncodedExample], notes: [String]
    ) {
        self.task = task
        self.tokenizer = tokenizer
        self.train = train
        self.dev = dev
        self.test = test
        objective = Objective(kind: task.kind)
        summary = DataSummary(
            trainExamples: train.count, devExamples: dev.count, testExamples: test.count, notes: notes)
    }

    private static func encode(
        _ examples: [Example], split: String, task: any TaskDefinition, encoder: ExampleEncoder
    ) throws -> [EncodedExample] {
        guard !examples.isEmpty else { throw TrainingError.emptySplit(task: task.name, split: split) }
        return try examples.map { example in
            let encoded = encoder.encode(example, task: task)
            for (index, option) in encoded.options.enumerated()
            where option.optionTokenCount < 1 || option.optionTokenCount >= option.tokens.count {
                throw TrainingError.unscorableExample(id: example.id, option: index)
            }
            return encoded
        }
    }
}
