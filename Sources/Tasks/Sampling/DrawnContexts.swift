package import Archives
import RandomStreams

/// Test examples, each with the demonstrations that it is shown after.
package struct DrawnContexts {
    /// For the reported figure, in the order in which they were drawn.
    package let test: [Example]
    /// Sentences for the report: subsets, and where fewer examples exist than were asked for.
    package let notes: [String]
    private let trainExamples: ExampleList?
    /// Positions in the train split: one list for each test example, or one for all.
    private let positions: [[Int]]

    init(test: [Example], trainExamples: ExampleList?, positions: [[Int]], notes: [String]) {
        self.test = test
        self.trainExamples = trainExamples
        self.positions = positions
        self.notes = notes
    }

    /// The demonstrations of one test example, in the order in which they are shown.
    package func demonstrations(ofTestExample index: Int) -> [Example] {
        guard let trainExamples, let last = positions.last else { return [] }
        return (index < positions.count ? positions[index] : last).map { trainExamples[$0] }
    }
}

extension ProtocolSampling {
    /// Seeds of demonstrations are drawn below this.
    private static let demonstrationSeedBound = 10_000

    /// Draws the very test examples and demonstrations that the published code draws for a data seed.
    ///
    /// Test examples are those of a trial with that data seed. A fixed set is the beginning of the train split as
    /// permuted under the data seed. Otherwise a generator under the data seed draws one integer below 10,000 for
    /// each test example, and the train split is permuted anew under each of these as a seed; the published script
    /// does this under seed 0. The train split is not read when there are no demonstrations.
    /// Source: `sample_train_sets` in `tasks.py` and `main` in `run.py` of MeZO's large-model code.
    /// - Throws: ``TaskError`` when the archive or a record is bad, or a count is negative.
    package static func drawContexts(
        task: any TaskDefinition, archive: Archive, testExamples: Int, demonstrationCount: Int,
        draw: DemonstrationDraw, dataSeed: UInt32
    ) throws(TaskError) -> DrawnContexts {
        if demonstrationCount < 0 {
            throw .negativeCount(what: "demonstration", count: demonstrationCount)
        }
        let drawn = try Self.draw(
            task: task, archive: archive, trainExamples: 0, devExamples: 0, testExamples: testExamples,
            dataSeed: dataSeed)
        guard demonstrationCount > 0 else {
            return DrawnContexts(test: drawn.test, trainExamples: nil, positions: [], notes: drawn.notes)
        }
        let list = try task.examples(of: .train, in: archive)
        var notes = drawn.notes + list.notes.filter { !drawn.notes.contains($0) }
        if list.count < demonstrationCount {
            notes.append(
                "\(task.title): \(demonstrationCount) demonstrations were asked for and \(list.count) drawn, for the "
                    + "archive's train split has no more.")
        }
        return DrawnContexts(
            test: drawn.test, trainExamples: list,
            positions: seeds(draw, count: drawn.test.count, dataSeed: dataSeed).map { seed in
                var generator = NumPyLegacyGenerator(seed: seed)
                return Array(generator.permutation(list.count).prefix(demonstrationCount))
            }, notes: notes)
    }

    /// The seeds of the sets of demonstrations: one for each test example, or one.
    private static func seeds(_ draw: DemonstrationDraw, count: Int, dataSeed: UInt32) -> [UInt32] {
        switch draw {
        case .fixedSet: return [dataSeed]
        case .perExample:
            var generator = NumPyLegacyGenerator(seed: dataSeed)
            return (0..<count).map { _ in UInt32(generator.integer(in: 0..<demonstrationSeedBound)) }
        }
    }
}
