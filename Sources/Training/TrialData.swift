import Archives
import LanguageModels
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

    /// Draws and encodes the examples of a task.
    ///
    /// OPT's leading token is id 0, as in the published code; other families keep their tokenizer's default.
    ///
    /// - Throws: `TaskError`, `ArchiveError`, `TokenizerError` or ``TrainingError``.
    package init(
        taskName: String, counts: (train: Int, dev: Int, test: Int), dataSeed: UInt32, dataPath: String,
        vocabulary: TokenizerDefinition, leadingToken: Int32?, maximumTokens: Int
    ) throws {
        guard let task = TaskCatalog.task(named: taskName) else {
            throw TrainingError.unknownTask(name: taskName, known: TaskCatalog.names)
        }
        let drawn = try ProtocolSampling.draw(
            task: task, archive: Archive.open(dataPath), trainExamples: counts.train, devExamples: counts.dev,
            testExamples: counts.test, dataSeed: dataSeed)
        let tokenizer = try Tokenizer(vocabulary)
        let encoder = ExampleEncoder(
            tokenizer: tokenizer, leadingToken: leadingToken, maximumTokens: maximumTokens)
        self.task = task
        self.tokenizer = tokenizer
        objective = Objective(kind: task.kind)
        train = try Self.encode(drawn.train, split: "training", task: task, encoder: encoder)
        dev = try Self.encode(drawn.dev, split: "dev", task: task, encoder: encoder)
        test = try Self.encode(drawn.test, split: "test", task: task, encoder: encoder)
        summary = DataSummary(
            trainExamples: train.count, devExamples: dev.count, testExamples: test.count, notes: drawn.notes)
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
