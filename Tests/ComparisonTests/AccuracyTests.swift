import Comparison
import ResultStore
import Statistics
import Testing
import Training

@Suite("Accuracy at the settings that dev chose")
struct AccuracyTests {
    let sst2 = Workload.task(name: "sst2", trainExamples: 1000, devExamples: 500, testExamples: 872)

    func mezo(_ id: Int64, rate: Double, trials: [TrialResult]) -> CellResult {
        Make.cell(id: id, workload: sst2, learningRate: rate, trials: trials)
    }

    @Test("the learning rate with the lowest dev loss is chosen even when another does better on test")
    func choiceIgnoresTest() throws {
        let good = Make.trial(id: 1, devLosses: [(50, 0.70), (100, 0.60)], testRight: 130)
        let lucky = Make.trial(id: 2, devLosses: [(50, 0.90), (100, 0.80)], testRight: 190)
        let table = AccuracyTable(
            from: Make.snapshot([mezo(1, rate: 1e-6, trials: [lucky]), mezo(2, rate: 5e-6, trials: [good])]))
        let row = try #require(table.rows.first)
        #expect(table.rows.count == 1)
        #expect(row.choice?.chosen.learningRate == 5e-6)
        let score = try #require(row.scores.first)
        #expect(score.value == 0.65 && score.step == 100 && score.exampleCount == 200)
        #expect(score.interval == BinomialProportion(successes: 130, trials: 200)?.exactInterval())
    }

    @Test("a learning rate at which a seed diverged is not chosen, and of equals the smaller one is")
    func divergenceAndTies() throws {
        let fine = Make.trial(id: 1, devLosses: [(100, 0.7)], testRight: 100)
        let better = Make.trial(id: 2, devLosses: [(100, 0.5)], testRight: 100)
        let diverged = Make.trial(
            id: 3, noiseSeed: 1, devLosses: [], testRight: 0, status: .failed,
            failure: TrialFailure(reason: .diverged, step: 7, message: "the loss is not finite"))
        let tie = Make.trial(id: 4, devLosses: [(100, 0.7)], testRight: 100)
        let table = AccuracyTable(
            from: Make.snapshot([
                mezo(1, rate: 2e-5, trials: [better, diverged]), mezo(2, rate: 5e-6, trials: [tie]),
                mezo(3, rate: 1e-6, trials: [fine]),
            ]))
        #expect(table.rows.first?.choice?.chosen.learningRate == 1e-6)
        #expect(table.rows.first?.choice?.candidates.map(\.hasDiverged) == [false, false, true])
    }

    @Test("dev losses are averaged over seeds, and every seed of the choice is tested")
    func severalSeeds() throws {
        let steady = (0..<3).map {
            Make.trial(id: Int64($0), noiseSeed: UInt64($0), devLosses: [(100, 0.60)], testRight: 120 + $0)
        }
        let unsteady = (0..<3).map {
            Make.trial(
                id: Int64(10 + $0), noiseSeed: UInt64($0), devLosses: [(100, [0.5, 0.5, 0.9][$0])],
                testRight: 150)
        }
        let table = AccuracyTable(
            from: Make.snapshot([mezo(1, rate: 1e-6, trials: steady), mezo(2, rate: 5e-6, trials: unsteady)]))
        let row = try #require(table.rows.first)
        #expect(row.choice?.chosen.learningRate == 1e-6)
        #expect(row.scores.map(\.value) == [0.6, 0.605, 0.61])
        #expect(abs((row.meanValue ?? 0) - 0.605) < 1e-12)
    }

    @Test("an unfinished learning rate is reported as such, and zero-shot needs no dev evaluation")
    func unfinishedAndZeroShot() throws {
        let done = Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 120)
        let open = Make.trial(id: 2, devLosses: [(50, 0.4)], testRight: 0, status: .interrupted)
        let zeroShot = Make.trial(id: 3, devLosses: [], testRight: 98)
        let table = AccuracyTable(
            from: Make.snapshot([
                mezo(1, rate: 1e-6, trials: [done]), mezo(2, rate: 5e-6, trials: [open]),
                Make.cell(id: 3, workload: sst2, dropped: nil, trials: [zeroShot]),
            ]))
        #expect(table.rows.map { $0.scores.first?.value } == [0.49, 0.6])
        #expect(table.rows[1].choice?.unfinishedCandidateCount == 1)
    }

    @Test("paired rows count the examples on which the two methods differ")
    func pairs() throws {
        let mezoTrial = Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 120)
        let lezoTrial = Make.trial(id: 2, devLosses: [(100, 0.6)], testRight: 108)
        let table = AccuracyTable(
            from: Make.snapshot([
                mezo(1, rate: 1e-6, trials: [mezoTrial]),
                Make.cell(id: 2, workload: sst2, dropped: 6, learningRate: 5e-6, trials: [lezoTrial]),
            ]))
        #expect(table.pairedRows.count == 1)
        let pair = try #require(table.pairedRows.first?.pairs.first)
        #expect(pair.interval.contains(pair.difference) && pair.interval.upper < 0)
        #expect(pair.onlyBaselineRight == 12 && pair.onlyCandidateRight == 0 && pair.exampleCount == 200)
        #expect(abs(pair.difference + 0.06) < 1e-12)
        #expect(pair.pValue == mcNemarPValue(onlyFirstRight: 12, onlySecondRight: 0))
    }

    @Test("MeZO is held against zero-shot on the same data, whatever the noise seed")
    func againstZeroShot() throws {
        let zeroShot = Make.trial(id: 1, devLosses: [], testRight: 98)
        let mezoTrial = Make.trial(id: 2, noiseSeed: 3, devLosses: [(100, 0.6)], testRight: 120)
        let table = AccuracyTable(
            from: Make.snapshot([
                Make.cell(id: 1, workload: sst2, dropped: nil, trials: [zeroShot]),
                mezo(2, rate: 1e-6, trials: [mezoTrial]),
            ]))
        let paired = try #require(table.pairedRows.first)
        #expect(paired.baseline.representative.cell.method == .zeroShot)
        #expect(
            paired.pairs.map(\.onlyCandidateRight) == [22] && paired.pairs.map(\.onlyBaselineRight) == [0])
    }

    @Test(
        "what constant answers score is told from the right options, the model's habit from the chosen ones")
    func constantAnswers() throws {
        let table = AccuracyTable(
            from: Make.snapshot([
                mezo(
                    1, rate: 1e-6, trials: [Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 70)])
            ]))
        let score = try #require(table.rows.first?.scores.first)
        #expect(score.majorityShare == 0.65 && score.favouriteShare == 1)
    }

    @Test("a choice at the edge of the grid and a loss that still falls are known")
    func edges() throws {
        let falling = Make.trial(id: 1, devLosses: [(50, 0.7), (100, 0.6)], testRight: 120)
        let risen = Make.trial(id: 2, devLosses: [(50, 0.8), (100, 0.9)], testRight: 120)
        let row = try #require(
            AccuracyTable(
                from: Make.snapshot([
                    mezo(1, rate: 1e-6, trials: [risen]), mezo(2, rate: 5e-6, trials: [falling]),
                ])
            ).rows.first)
        let choice = try #require(row.choice)
        #expect(choice.isLargestOfGrid && !choice.isSmallestOfGrid)
        #expect(choice.candidates.map { $0.scores.map(\.isStillImproving) } == [[false], [true]])
    }

    @Test("missing trials, failures and shortages of data are counted and named")
    func progress() {
        let done = Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 120)
        let open = Make.trial(id: 2, noiseSeed: 1, devLosses: [], testRight: 0, status: .planned)
        let snapshot = Make.snapshot([mezo(1, rate: 1e-6, trials: [open, done])])
        let progress = SuiteProgress(of: snapshot)
        #expect(progress.counts == [.done: 1, .planned: 1] && progress.trialCount == 2)
        #expect(progress.unfinished.map(\.trial.id) == [2] && progress.untimedCells.isEmpty)
        #expect(
            DataRemarks.all(in: snapshot) == [
                "SST-2: 200 development examples were used where 500 were asked for",
                "SST-2: 200 test examples were used where 872 were asked for",
            ])
    }

    @Test("where checkpoints are chosen by the metric, so is the learning rate")
    func chosenByMetric() throws {
        func cell(_ id: Int64, rate: Double, rights: [Int]) -> CellResult {
            // The loss rises with the metric, so that the two rules disagree.
            let evaluations = rights.enumerated().map { index, right in
                Make.evaluation(
                    step: 50 * (index + 1), split: .dev, loss: Double(right) / 100, right: right)
            }
            let best = CheckpointRule.devMetric.indexOfBest(of: evaluations) { ($0.step, $0.loss, $0.value) }
            var trial = Make.trial(id: id, devLosses: [], testRight: 0)
            trial.evaluations =
                evaluations + [
                    Make.evaluation(
                        step: best.map { evaluations[$0].step } ?? 0, split: .test, loss: 1, right: 150)
                ]
            trial.summary?.bestStep = best.map { evaluations[$0].step } ?? 0
            var cell = mezo(id, rate: rate, trials: [trial])
            cell.cell.schedule.checkpointRule = .devMetric
            return cell
        }
        let row = try #require(
            AccuracyTable(
                from: Make.snapshot([
                    cell(1, rate: 1e-6, rights: [120, 140, 140]),
                    cell(2, rate: 5e-6, rights: [100, 100, 130]),
                ])
            ).rows.first)
        let choice = try #require(row.choice)
        #expect(choice.chosen.learningRate == 1e-6)
        // The earliest of equals.
        #expect(row.scores.first?.step == 100)
        #expect(choice.candidates.map { $0.scores.map(\.isStillImproving) } == [[false], [true]])
        #expect(choice.chosen.meanBestValue == 0.7)
    }

    @Test("exact match has its own interval")
    func exactMatch() throws {
        var trial = Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 120)
        var test = try #require(trial.evaluations.last)
        test.metric = "f1"
        test.exactMatch = 0.25
        for index in test.predictions.indices {
            test.predictions[index].exactMatch = index < 50 ? 1 : 0
        }
        trial.evaluations[trial.evaluations.count - 1] = test
        let score = try #require(
            AccuracyTable(from: Make.snapshot([mezo(1, rate: 1e-6, trials: [trial])])).rows.first?.scores
                .first)
        #expect(score.exactMatch == 0.25)
        #expect(
            score.exactMatchInterval == BinomialProportion(successes: 50, trials: 200)?.exactInterval())
    }

    @Test("a constant answer is scored only where all examples have the same options")
    func majority() throws {
        func score(_ task: String) throws -> TestScore {
            let cell = Make.cell(
                id: 1, workload: .task(name: task, trainExamples: 8, devExamples: 4, testExamples: 200),
                trials: [Make.trial(id: 1, devLosses: [(100, 0.6)], testRight: 120)])
            return try #require(
                AccuracyTable(from: Make.snapshot([cell])).rows.first?.scores.first)
        }
        for task in ["sst2", "cb", "boolq-with-titles"] { #expect(try score(task).majorityShare == 0.6) }
        for task in ["copa", "record", "squad"] {
            #expect(try score(task).majorityShare == nil && score(task).favouriteShare == nil)
        }
    }

    @Test("what is evaluated in context has no training data to miss")
    func inContextShortage() {
        var trial = Make.trial(id: 1, devLosses: [], testRight: 120)
        trial.data = DataSummary(trainExamples: 0, devExamples: 0, testExamples: 872, notes: [])
        var cell = Make.cell(id: 1, workload: sst2, dropped: nil, trials: [trial])
        cell.cell.method = .inContext(InContextSettings(demonstrationCount: 32, calibrates: true))
        #expect(DataRemarks.all(in: Make.snapshot([cell])) == [])
        #expect(cell.cell.method.words == "in-context (32), calibrated")
    }
}
