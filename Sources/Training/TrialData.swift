import Archives
package import Tasks
package import Tokenization

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
        let encoder = try model.encoder()
        let drawn = try ProtocolSampling.draw(
            task: task, archive: Archive.open(dataPath), trainExamples: train, devExamples: dev,
            testExamples: test, dataSeed: dataSeed)
        return TrialData(
            task: task, tokenizer: encoder.tokenizer,
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
