package import Archives
import RandomStreams

/// The examples of one trial, in the order in which they were drawn.
package struct DrawnExamples: Sendable {
    /// To train on.
    package let train: [Example]
    /// To choose the checkpoint by.
    package let dev: [Example]
    /// For the reported figure.
    package let test: [Example]
    /// Sentences for the report: subsets, and where fewer examples exist than were asked for.
    package let notes: [String]
}

/// Draws the very examples that the published code draws for a data seed.
///
/// With NumPy's legacy generator under the data seed, the train split is permuted; of its first `train + dev` the
/// last `dev` are the dev set. With a generator newly seeded the same, the validation split is permuted; its first
/// `test` are the test set. When the train split is too small, dev is filled first and train gets what is left.
/// Source: `tasks.py` and `run.py` of MeZO's large-model code.
package enum ProtocolSampling {
    /// Draws the examples of one trial.
    ///
    /// - Throws: ``TaskError`` when the archive or a record is bad, or a count is negative.
    package static func draw(
        task: any TaskDefinition, archive: Archive, trainExamples: Int, devExamples: Int, testExamples: Int,
        dataSeed: UInt32
    ) throws(TaskError) -> DrawnExamples {
        for (what, count) in [("training", trainExamples), ("dev", devExamples), ("test", testExamples)]
        where count < 0 {
            throw .negativeCount(what: what, count: count)
        }
        let trainSplit = try task.examples(of: .train, in: archive)
        let validationSplit = try task.examples(of: .validation, in: archive)
        let drawn = permutation(of: trainSplit.count, seed: dataSeed).prefix(trainExamples + devExamples)
        let test = permutation(of: validationSplit.count, seed: dataSeed).prefix(testExamples)
        let dev = drawn.suffix(devExamples)
        let train = drawn.dropLast(devExamples)
        return DrawnExamples(
            train: train.map { trainSplit[$0] }, dev: dev.map { trainSplit[$0] },
            test: test.map { validationSplit[$0] },
            notes: try task.notes(on: archive)
                + shortages(
                    task: task,
                    counts: [
                        ("training", trainExamples, train.count), ("dev", devExamples, dev.count),
                        ("test", testExamples, test.count),
                    ], available: (trainSplit.count, validationSplit.count)))
    }

    private static func permutation(of count: Int, seed: UInt32) -> [Int] {
        var generator = NumPyLegacyGenerator(seed: seed)
        return generator.permutation(count)
    }

    private static func shortages(
        task: any TaskDefinition, counts: [(what: String, asked: Int, got: Int)],
        available: (train: Int, validation: Int)
    ) -> [String] {
        counts.filter { $0.got < $0.asked }.map { count in
            let split = count.what == "test" ? "validation" : "train"
            let size = count.what == "test" ? available.validation : available.train
            return
                "\(task.title): \(count.asked) \(count.what) examples were asked for and \(count.got) drawn, "
                + "for the archive's \(split) split has \(size)"
                + (count.what == "training" ? " and dev is filled first." : ".")
        }
    }
}
