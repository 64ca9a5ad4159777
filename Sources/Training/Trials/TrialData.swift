import Archives
import ModelFiles
package import Tasks
package import Tokenization

/// The drawn and encoded examples of one trial.
package struct TrialData: Sendable {
    /// The task that they are of.
    package let task: any TaskDefinition
    /// Its log-likelihood objective, which every evaluation has the loss of.
    package let objective: Objective
    /// Reads and writes the model's tokens.
    package let tokenizer: Tokenizer
    /// Examples for steps, in the order drawn; none with demonstrations or calibration.
    package let train: [EncodedExample]
    /// Examples that choose the checkpoint; none with demonstrations or calibration.
    package let dev: [EncodedExample]
    /// Examples for the reported figure.
    package let test: [EncodedExample]
    /// Whether generated answers lose the spaces that decoding with Hugging Face's defaults takes out.
    ///
    /// The published code decodes OPT's answers so. SmolLM2's own `tokenizer_config.json` asks for none of it, and so no
    /// other family's answers are changed.
    package let closesGapsInAnswers: Bool
    /// Counts and remarks for the report.
    package let summary: DataSummary

    /// Draws and encodes the examples of a task workload for one model.
    ///
    /// With demonstrations or calibration only test examples are drawn. Zero-shot has no use for training examples, so an
    /// archive without a train split is enough: then there are no dev examples either, and the notes say so.
    ///
    /// - Parameter method: What the examples are for.
    /// - Returns: nil for a shape, which has no data.
    /// - Throws: `TaskError`, `ArchiveError`, `TokenizerError` or ``TrainingError``.
    package static func draw(
        for workload: Workload, method: Method, dataSeed: UInt32, dataPath: String?, model: ReadableModel
    ) throws -> TrialData? {
        guard case .task(let name, let train, let dev, let test) = workload else { return nil }
        guard let task = TaskCatalog.task(named: name) else {
            throw TrainingError.unknownTask(name: name, known: TaskCatalog.names)
        }
        guard let dataPath else { throw TrainingError.missingPath(what: "task '\(name)'") }
        let archive = try Archive.open(dataPath)
        let encoding = TrialEncoding(task: task, encoder: try model.encoder())
        let closesGaps = model.configuration.family == .opt
        if let context = method.inContextSettings {
            let drawn = try ProtocolSampling.drawContexts(
                task: task, archive: archive, testExamples: test,
                demonstrationCount: context.demonstrationCount, draw: context.demonstrationDraw,
                dataSeed: dataSeed)
            return TrialData(
                encoding: encoding, train: [], dev: [],
                test: try encoding.encode(drawn, calibrating: context.calibrates),
                closesGapsInAnswers: closesGaps, notes: drawn.notes,
                demonstrationCount: context.demonstrationCount)
        }
        var asked = (train: train, dev: dev)
        var notes: [String] = []
        if method == .zeroShot, train + dev > 0, try !task.hasTrainSplit(in: archive) {
            asked = (0, 0)
            notes.append(
                "\(task.title): \(archive.fileName) has no train split, so nothing but test examples is evaluated."
            )
        }
        let drawn = try ProtocolSampling.draw(
            task: task, archive: archive, trainExamples: asked.train, devExamples: asked.dev,
            testExamples: test,
            dataSeed: dataSeed)
        try requireExamples(
            [
                ("training", asked.train, drawn.train.count, drawn.train.count + drawn.dev.count),
                ("dev", asked.dev, drawn.dev.count, drawn.train.count + drawn.dev.count),
                ("test", test, drawn.test.count, drawn.test.count),
            ], task: task, archive: archive)
        return TrialData(
            encoding: encoding,
            train: try encoding.encode(drawn.train, split: "training", asked: asked.train),
            dev: try encoding.encode(drawn.dev, split: "dev", asked: asked.dev),
            test: try encoding.encode(drawn.test, split: "test", asked: test),
            closesGapsInAnswers: closesGaps, notes: drawn.notes + notes)
    }

    /// Refuses splits that were asked for examples and gave none.
    ///
    /// - Parameter splits: What each is for, how many examples were asked for and drawn, and how many the archive's split
    ///   has; an empty draw has used up the split, so that is what all draws from it have together.
    private static func requireExamples(
        _ splits: [(name: String, asked: Int, drawn: Int, available: Int)], task: any TaskDefinition,
        archive: Archive
    ) throws(TrainingError) {
        for split in splits where split.asked > 0 && split.drawn == 0 {
            throw .emptySplit(
                task: task.name, split: split.name,
                shortage: SplitShortage(
                    archive: archive.fileName, asked: split.asked, available: split.available))
        }
    }

    private init(
        encoding: TrialEncoding, train: [EncodedExample], dev: [EncodedExample], test: [EncodedExample],
        closesGapsInAnswers: Bool, notes: [String], demonstrationCount: Int = 0
    ) {
        task = encoding.task
        tokenizer = encoding.encoder.tokenizer
        self.train = train
        self.dev = dev
        self.test = test
        objective = Objective(kind: task.kind)
        self.closesGapsInAnswers = closesGapsInAnswers
        summary = DataSummary(
            trainExamples: train.count, devExamples: dev.count, testExamples: test.count,
            notes: notes
                + encoding.notes(
                    onExamplesOf: [("training", train), ("dev", dev), ("test", test)],
                    demonstrationCount: demonstrationCount),
            firstToken: encoding.encoder.leadingToken)
    }
}
