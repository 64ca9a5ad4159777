import Comparison
import Foundation
import Kernels
import Provenance
import ResultStore
import Statistics
import Testing
import Training

@Suite("Difference of two databases")
struct DifferenceTests {
    private let steady = (0..<12).map { 1e8 * (1 + 0.001 * Double($0 * 5 % 7)) }

    private func timed(
        _ factor: Double, schedule: Make.Schedule = .inTurns, dropped: Int = 0, id: Int64 = 1
    ) -> (CellResult, CellResult) {
        let rounds = Make.twoSides(
            steady, steady.enumerated().map { factor * $1 * (1 + 0.0005 * Double($0 * 3 % 5)) },
            schedule: schedule)
        return (
            Make.taskCell(id: id, dropped: dropped, rounds: rounds.baseline),
            Make.taskCell(id: id, dropped: dropped, rounds: rounds.candidate)
        )
    }

    @Test("a database against itself is the same record, whatever it holds")
    func itself() {
        var failed = Make.tested(id: 3, noiseSeed: 2, scores: [])
        failed.status = .failed
        failed.summary = nil
        var notANumber = Make.tested(id: 4, noiseSeed: 3, scores: [1, 0])
        notANumber.evaluations[0].loss = .nan
        let cells = [
            Make.taskCell(
                trials: [Make.tested(scores: Make.answers(right: 90, of: 100)), failed, notANumber],
                rounds: timed(1).0.rounds)
        ]
        let snapshot = Make.snapshot(cells)
        let difference = DatabaseDifference(baseline: [snapshot], candidate: [snapshot])
        #expect(difference.conclusion == .identical)
        #expect(difference.suites.first?.cells.first?.judgement == "the same")
        #expect(DatabaseDifference(baseline: [], candidate: []).conclusion == .identical)
    }

    @Test("a repetition with the same numbers and like times is the same without being the same record")
    func repetition() throws {
        let (before, after) = timed(1)
        let scores = Make.answers(right: 170, of: 200)
        var first = before
        var second = after
        first.trials = [Make.tested(scores: scores)]
        second.trials = [Make.tested(scores: scores)]
        second.trials[0].evaluations[1].nanoseconds = 77
        let difference = DatabaseDifference(
            baseline: [Make.snapshot([first])], candidate: [Make.snapshot([second])])
        #expect(difference.conclusion == .same)
        let cell = try #require(difference.suites.first?.cells.first)
        #expect(!cell.isSameRecord && cell.stepTimeVerdict == .same && cell.accuracyVerdict == .same)
    }

    @Test("what only one side has comes out by suite, by cell, by trial and by round")
    func oneSided() throws {
        var other = Make.snapshot([])
        other.suiteName = "other"
        let both = Make.taskCell(
            trials: [Make.tested(scores: [1, 0]), Make.tested(id: 2, noiseSeed: 7, scores: [1, 0])],
            rounds: Make.twoSides(steady, []).baseline)
        var failure = Make.tested(id: 2, noiseSeed: 7, scores: [])
        failure.status = .failed
        failure.failure = TrialFailure(reason: .diverged, step: 3, message: "the loss is not finite")
        let fewer = Make.taskCell(trials: [Make.tested(scores: [1, 0]), failure])
        let difference = DatabaseDifference(
            baseline: [Make.snapshot([both, Make.taskCell(id: 2, dropped: 6)])],
            candidate: [Make.snapshot([fewer, Make.taskCell(id: 3, dropped: 9)]), other])
        #expect(difference.onlyCandidate == ["other"] && difference.onlyBaseline.isEmpty)
        #expect(difference.conclusion == .different)
        let suite = try #require(difference.suites.first)
        #expect(suite.onlyBaseline.map(\.cell.droppedLayerCount) == [6])
        #expect(suite.onlyCandidate.map(\.cell.droppedLayerCount) == [9])
        #expect(
            suite.cells.first?.oneSided == [
                "trial with data seed 0 and noise seed 7: done in the baseline, failed (diverged) in the candidate",
                "12 timing rounds in the baseline, 0 in the candidate, 0 of the same number",
            ])
    }

    @Test("rounds taken in turns are paired: estimate and interval are those of the log ratios")
    func paired() throws {
        let (before, after) = timed(0.9)
        let difference = Make.difference([before], [after])
        let cell = try #require(difference.cells.first)
        let time = try #require(cell.stepTime)
        #expect(time.pairing == .interleaved && time.count == 12)
        let expected = try #require(HodgesLehmann(differences: time.logRatios))
        #expect(time.ratio == Foundation.exp(expected.estimate))
        #expect(abs(time.ratio - 0.9009) < 0.001)
        #expect(cell.stepTimeVerdict == .lower)
        // The largest change that 12 rounds can show: 2 * 2^-12.
        #expect(abs((cell.stepTimePValue ?? 1) - 2 * Foundation.pow(0.5, 12)) < 1e-15)
    }

    @Test(
        "rounds of two days or of two machines are not paired, and drift below 10 % decides nothing",
        arguments: [Make.Schedule.oneAfterTheOther, .atOnce])
    func unpaired(_ schedule: Make.Schedule) throws {
        let (before, after) = timed(1.05, schedule: schedule)
        let cell = try #require(Make.difference([before], [after]).cells.first)
        let time = try #require(cell.stepTime)
        #expect(time.pairing == .unpaired && time.logRatios.isEmpty && time.margin == 0.10)
        #expect(abs(time.ratio - 1.051) < 0.002)
        #expect(cell.stepTimeVerdict == .same)
        let (slowBefore, slowAfter) = timed(1.5, schedule: schedule)
        #expect(Make.difference([slowBefore], [slowAfter]).cells.first?.stepTimeVerdict == .higher)
    }

    @Test(
        "of unpaired times estimate, interval and p-value point the same way, whatever a few slow rounds do")
    func unpairedScale() throws {
        // Five of a hundred rounds are thirty times slower: the arithmetic mean is 2.45, the geometric one 1.19.
        let spiky = (0..<100).map { $0 < 95 ? 1e8 : 30e8 }
        let rounds = Make.twoSides(spiky, [Double](repeating: 2e8, count: 100), schedule: .oneAfterTheOther)
        let cell = try #require(
            Make.difference(
                [Make.taskCell(rounds: rounds.baseline)], [Make.taskCell(rounds: rounds.candidate)]
            ).cells.first)
        let time = try #require(cell.stepTime)
        #expect(time.pairing == .unpaired)
        let expected = exp(log(2.0) - 0.05 * log(30.0))
        #expect(abs(time.ratio - expected) < 1e-9 && time.ratio > 1.6)
        #expect(abs(time.candidateNanoseconds / time.baselineNanoseconds - time.ratio) < 1e-9)
        let interval = try #require(time.interval)
        #expect(interval.lower > 1.1 && interval.contains(time.ratio))
        #expect(cell.stepTimeVerdict == .higher)
        // The ratio of arithmetic means points the other way, and stands apart.
        #expect(try #require(time.ratioOfMeans).estimate < 1)
    }

    @Test("five pairs give no verdict, and the answer is not the same")
    func fewRounds() throws {
        let rounds = Make.twoSides(Array(steady.prefix(5)), steady.prefix(5).map { 2 * $0 })
        let cell = try #require(
            Make.difference(
                [Make.taskCell(rounds: rounds.baseline)], [Make.taskCell(rounds: rounds.candidate)]
            ).cells.first)
        // Too few for the exact paired interval, so the two sides stand on their own.
        #expect(cell.stepTime?.pairing == .unpaired)
        #expect(cell.stepTimeVerdict == .higher)
    }

    @Test("times on other BLAS kernels are not compared")
    func otherKernels() throws {
        var other = Make.environment
        other.blasCoreType = "Haswell"
        other.expectedBLASCoreType = "Haswell"
        let (before, after) = timed(0.5)
        let difference = Make.difference([before], [after], environments: (Make.environment, other))
        let cell = try #require(difference.cells.first)
        #expect(cell.stepTimeVerdict == nil)
        #expect(cell.stepTime?.obstacle == "the rounds differ in BLAS core type: SkylakeX and Haswell")
        #expect(!difference.shouldAgreeExactly)
    }

    @Test(
        "test scores on the same examples are paired: the interval is the paired one, the p-value McNemar's")
    func pairedScores() throws {
        let before = Make.answers(right: 170, of: 200)
        let after = Make.answers(right: 170, of: 200, changed: Set(0..<24))
        let cell = try #require(
            Make.difference(
                [Make.taskCell(trials: [Make.tested(scores: before)])],
                [Make.taskCell(trials: [Make.tested(scores: after)])]
            ).cells.first)
        let accuracy = try #require(cell.accuracy)
        #expect(accuracy.onlyBaselineRight == 24 && accuracy.onlyCandidateRight == 0)
        #expect(accuracy.procedure == .pairedShares)
        #expect(accuracy.pValue == mcNemarPValue(onlyFirstRight: 24, onlySecondRight: 0))
        #expect(
            accuracy.interval == pairedDifferenceInterval(onlyFirstRight: 24, onlySecondRight: 0, count: 200))
        #expect(abs(accuracy.difference + 0.12) < 1e-12)
        #expect(cell.accuracyVerdict == .lower)
    }

    @Test("the same score by other answers is undecided, by the same answers the same")
    func sameScore() throws {
        let before = Make.answers(right: 100, of: 200)
        func verdict(_ after: [Double]) throws -> CellDifference {
            try #require(
                Make.difference(
                    [Make.taskCell(trials: [Make.tested(scores: before)])],
                    [Make.taskCell(trials: [Make.tested(scores: after)])]
                ).cells.first)
        }
        let swapped = try verdict(Make.answers(right: 100, of: 200, changed: Set(90..<110)))
        #expect(swapped.accuracy?.difference == 0)
        guard case .undecided(let needed?) = swapped.accuracyVerdict else {
            Issue.record("\(String(describing: swapped.accuracyVerdict))")
            return
        }
        #expect(needed > 1000)
        #expect(try verdict(before).accuracyVerdict == .same)
    }

    @Test("over several seeds a difference must stand out of the seeds' noise and of the examples'")
    func seeds() throws {
        func cell(_ losses: [Int]) -> CellResult {
            Make.taskCell(
                trials: losses.enumerated().map { index, lost in
                    Make.tested(
                        id: Int64(index), noiseSeed: UInt64(index),
                        scores: Make.answers(right: 170, of: 200, changed: Set(0..<lost)))
                })
        }
        func difference(_ losses: [Int]) throws -> AccuracyDifference {
            try #require(
                Make.difference([cell(losses.map { _ in 0 })], [cell(losses)]).cells.first?.accuracy)
        }
        let steadyLoss = try difference([20, 20, 20, 20, 20, 21])
        #expect(steadyLoss.procedure == .pairedSeeds && steadyLoss.seedCount == 6)
        // The seeds agree closely, so the examples' noise is the larger one and rules.
        let examples = try #require(steadyLoss.interval)
        #expect(examples.upper - examples.lower > 0.05)
        let unsteady = try difference([0, 60, 0, 60, 0, 60])
        // The seeds disagree, so theirs rules.
        let seeds = try #require(unsteady.interval)
        let expected = try #require(studentMeanInterval(of: [0, -0.3, 0, -0.3, 0, -0.3]))
        #expect(abs(seeds.lower - expected.lower) < 1e-12 && abs(seeds.upper - expected.upper) < 1e-12)
        #expect((unsteady.pValue ?? 0) > 0.05 && (steadyLoss.pValue ?? 1) < 0.001)
    }

    @Test("F1 scores are compared by their differences on the same examples, the same each time")
    func gradedAnswers() throws {
        let before = (0..<100).map { Double($0 % 5) / 4 }
        let after = before.enumerated().map { $0.offset % 3 == 0 ? max(0, $0.element - 0.5) : $0.element }
        func difference() throws -> AccuracyDifference {
            try #require(
                Make.difference(
                    [Make.taskCell(trials: [Make.tested(scores: before, metric: "f1")])],
                    [Make.taskCell(trials: [Make.tested(scores: after, metric: "f1")])]
                ).cells.first?.accuracy)
        }
        let first = try difference()
        #expect(first.procedure == .pairedScores)
        #expect(try difference().interval == first.interval)
        let interval = try #require(first.interval)
        #expect(interval.upper < 0 && interval.contains(first.difference))
        #expect(try #require(first.pValue) < 0.001)
    }

    @Test("accepted answers are compared beside F1, in a family of their own")
    func exactMatches() throws {
        func side(accepted: Int) -> [CellResult] {
            var trial = Make.tested(scores: [Double](repeating: 0.5, count: 100), metric: "f1")
            trial.evaluations[1].exactMatch = Double(accepted) / 100
            for index in 0..<100 {
                trial.evaluations[1].predictions[index].exactMatch = index < accepted ? 1 : 0
            }
            return [Make.taskCell(trials: [trial])]
        }
        let worse = try #require(Make.difference(side(accepted: 60), side(accepted: 40)).cells.first)
        #expect(worse.accuracyVerdict == .same)
        let exact = try #require(worse.exactMatch)
        #expect(exact.metric == "exact_match" && exact.procedure == .pairedShares)
        #expect(exact.onlyBaselineRight == 20 && exact.onlyCandidateRight == 0)
        #expect(worse.exactMatchVerdict == .lower && worse.hasDifference)
        let same = try #require(Make.difference(side(accepted: 60), side(accepted: 60)).cells.first)
        #expect(same.exactMatchVerdict == .same && !same.hasDifference)
    }

    @Test("other archives make other examples, and what was trained on them is not judged")
    func otherData() throws {
        func snapshot(_ hash: String, right: Int) -> ResultSnapshot {
            var snapshot = Make.snapshot([
                Make.taskCell(trials: [Make.tested(scores: Make.answers(right: right, of: 200))])
            ])
            snapshot.artifacts = [
                StoredArtifact(
                    kind: "archive", subject: "sst2", fileName: "SST-2.zip", sha256: hash, byteCount: 1,
                    note: nil)
            ]
            return snapshot
        }
        let difference = SuiteDifference(
            baseline: snapshot("aa", right: 180), candidate: snapshot("bb", right: 100))
        let cell = try #require(difference.cells.first)
        #expect(cell.inputMismatch == "the two sides used different archive files for sst2")
        #expect(cell.accuracy?.procedure == .independentShares)
        #expect(cell.accuracyVerdict == nil)
        #expect(difference.inputs.map(\.subject) == ["sst2"] && difference.hasDifference)
    }

    @Test("one bit in a loss, an answer or the weights is found and named")
    func exact() throws {
        let trial = Make.tested(scores: [1, 0, 1])
        func agreement(_ change: (inout TrialResult) -> Void) throws -> ExactAgreement {
            var other = trial
            change(&other)
            return try #require(
                Make.difference([Make.taskCell(trials: [trial])], [Make.taskCell(trials: [other])])
                    .cells.first?.exact)
        }
        #expect(try agreement { _ in }.isExact)
        let loss = try agreement { $0.evaluations[0].loss = 0.5.nextUp }
        #expect(
            loss.firstDifference == "trial with data seed 0 and noise seed 0: dev evaluation after step 50")
        let answer = try agreement { $0.evaluations[1].predictions[2].chosenOption = 1 }
        #expect(answer.firstDifference?.hasSuffix("test evaluation after step 50") == true)
        let weights = try agreement { $0.summary?.weightsDigest = "cd" }
        #expect(weights.firstDifference?.hasSuffix("weights after the last step") == true)
        let rounds = Make.twoSides(steady, steady, lossPlus: Float(1).nextUp)
        let round = try #require(
            Make.difference(
                [Make.taskCell(rounds: rounds.baseline)], [Make.taskCell(rounds: rounds.candidate)]
            ).cells.first?.exact)
        #expect(round.comparedRounds == 12 && round.equalRounds == 0)
        #expect(round.firstDifference?.hasPrefix("round 1: step 1, losses 1.0") == true)
    }

    @Test("Holm's correction is over all cells of the suite")
    func corrected() throws {
        let pairs = (0..<8).map { timed($0 == 0 ? 1.1 : 1, dropped: $0, id: Int64($0 + 1)) }
        let difference = Make.difference(pairs.map(\.0), pairs.map(\.1))
        let slow = try #require(difference.cells.first { $0.stepTimeVerdict == .higher })
        let alone = try #require(Make.difference([pairs[0].0], [pairs[0].1]).cells.first?.stepTimePValue)
        #expect(abs((slow.stepTimePValue ?? 0) - 8 * alone) < 1e-12)
        #expect(difference.cells.count { $0.stepTimeVerdict == .same } == 7)
    }

    @Test(
        "memory within one percent is the same, beyond it is more or less",
        arguments: [
            (1.009, ChangeVerdict.same), (1.02, .higher), (0.97, .lower),
        ])
    func memory(factor: Double, verdict: ChangeVerdict) throws {
        let rounds = Make.twoSides(
            steady, steady, baselinePeak: 1 << 30, candidatePeak: Int64(factor * Double(1 << 30)))
        let memory = try #require(
            Make.difference(
                [Make.taskCell(rounds: rounds.baseline)], [Make.taskCell(rounds: rounds.candidate)]
            ).cells.first?.memory)
        #expect(memory.verdict == verdict)
    }

    @Test("counted work adds up over rounds, and is not compared on other threads or where a side has none")
    func work() throws {
        let counts = CountedWork(matrixProducts: 3, matrixOperations: 500, allocatedBytes: 0)
        let rounds = Make.twoSides([1e8, 1e8], [1e8, 1e8], work: (counts, counts))
        let (before, after) = (
            Make.taskCell(rounds: rounds.baseline), Make.taskCell(rounds: rounds.candidate)
        )
        let cell = try #require(Make.difference([before], [after]).cells.first)
        let work = try #require(cell.work)
        #expect(work.isSame && work.grown.isEmpty && work.steps == 2)
        #expect(work.baseline == CountedWork(matrixProducts: 6, matrixOperations: 1000, allocatedBytes: 0))
        var oneThread = Make.environment
        oneThread.threadCount = 1
        #expect(
            Make.difference([before], [after], environments: (Make.environment, oneThread)).cells.first?.work
                == nil)
        let uncounted = Make.twoSides([1e8, 1e8], [1e8, 1e8], work: (nil, counts))
        #expect(
            Make.difference(
                [Make.taskCell(rounds: uncounted.baseline)], [Make.taskCell(rounds: uncounted.candidate)]
            ).cells.first?.work == nil)
    }

    @Test("faster but worse is said in one breath and is no improvement")
    func judgedTogether() throws {
        var (before, after) = timed(0.7)
        before.trials = [Make.tested(scores: Make.answers(right: 180, of: 200))]
        after.trials = [Make.tested(scores: Make.answers(right: 140, of: 200))]
        let cell = try #require(Make.difference([before], [after]).cells.first)
        #expect(cell.judgement == "faster, but worse: no improvement")
    }
}
