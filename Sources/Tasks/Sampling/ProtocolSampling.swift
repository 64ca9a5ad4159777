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
/// A split that nothing is asked of is not read, so an archive need not have it.
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
        let drawn = try draw(
            trainExamples + devExamples, of: .train, task: task, archive: archive, dataSeed: dataSeed)
        let test = try draw(
            testExamples, of: .validation, task: task, archive: archive, dataSeed: dataSeed)
        let dev = drawn.examples.suffix(devExamples)
        let train = drawn.examples.dropLast(devExamples)
        return DrawnExamples(
            train: Array(train), dev: Array(dev), test: test.examples,
            notes: try task.notes(on: archive) + drawn.notes + test.notes
                + shortages(
                    task: task,
                    counts: [
                        ("training", trainExamples, train.count), ("dev", devExamples, dev.count),
                        ("test", testExamples, test.examples.count),
                    ], available: (drawn.splitCount, test.splitCount)))
    }

    private static func draw(
        _ count: Int, of split: ArchiveSplit, task: any TaskDefinition, archive: Archive, dataSeed: UInt32
    ) throws(TaskError) -> (examples: [Example], splitCount: Int, notes: [String]) {
        guard count > 0 else { return ([], 0, []) }
        let list = try task.examples(of: split, in: archive)
        var generator = NumPyLegacyGenerator(seed: dataSeed)
        return (generator.permutation(list.count).prefix(count).map { list[$0] }, list.count, list.notes)
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
