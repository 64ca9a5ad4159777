import Comparison
import Kernels
import Optimizers
import Provenance
import ResultStore
import Training

/// Ways to build two databases' records of one cell.
extension Make {
    /// How the rounds of two sides lie in time.
    enum Schedule {
        /// Both of a round one after the other.
        case inTurns
        /// All of the baseline, then all of the candidate.
        case oneAfterTheOther
        /// Both of a round at the same time, as on two machines.
        case atOnce
    }

    /// Rounds of two sides with the given nanoseconds of their only step; the candidate goes first in every second round.
    static func twoSides(
        _ baseline: [Double], _ candidate: [Double], schedule: Schedule = .inTurns, first: Int = 1,
        baselinePeak: Int64 = 1 << 30, candidatePeak: Int64 = 1 << 30, lossPlus: Float = 1,
        work: (baseline: CountedWork?, candidate: CountedWork?) = (nil, nil)
    ) -> (baseline: [RoundResult], candidate: [RoundResult]) {
        func round(
            _ index: Int, _ nanoseconds: Double, end: Int64, peak: Int64, loss: Float, work: CountedWork?
        ) -> RoundResult {
            var step = Make.step(1, overhead: 0, forward: Int64(nanoseconds))
            step.lossPlus = loss
            return RoundResult(
                round: first + index, position: 0, environmentID: 1, steps: [step], peakResidentBytes: peak,
                recordedNanoseconds: end, work: work)
        }
        let second: Int64 = 1_000_000_000
        func end(_ index: Int, isCandidate: Bool) -> Int64 {
            let number = Int64(first + index)
            let isLater = isCandidate == (index % 2 == 0)
            switch schedule {
            case .inTurns: return second * (100 * number + (isLater ? 40 : 20))
            case .oneAfterTheOther: return second * (100 * number + (isCandidate ? 1_000_000 : 0))
            case .atOnce: return second * 100 * number + (isLater ? 1000 : 0)
            }
        }
        return (
            baseline.enumerated().map {
                round(
                    $0, $1, end: end($0, isCandidate: false), peak: baselinePeak, loss: 1, work: work.baseline
                )
            },
            candidate.enumerated().map {
                round(
                    $0, $1, end: end($0, isCandidate: true), peak: candidatePeak, loss: lossPlus,
                    work: work.candidate)
            }
        )
    }

    /// A finished trial whose test answers are given, at step 50.
    static func tested(
        id: Int64 = 1, noiseSeed: UInt64 = 0, scores: [Double], metric: String = "accuracy",
        digest: String = "ab", dataSeed: UInt32 = 0
    ) -> TrialResult {
        let predictions = scores.enumerated().map { index, score in
            Prediction(
                exampleID: "val:\(index)", chosenOption: 0, goldOption: score == 1 ? 0 : 1, optionScores: [],
                text: nil, score: score)
        }
        let value = scores.reduce(0, +) / Double(max(1, scores.count))
        return TrialResult(
            id: id, dataSeed: dataSeed, noiseSeed: noiseSeed, status: .done, failure: nil, environmentID: 1,
            data: DataSummary(
                trainExamples: 1000, devExamples: 200, testExamples: scores.count, notes: []),
            summary: TrialSummary(
                steps: 100, bestStep: 50, weightsDigest: digest, peakResidentBytes: 1 << 30),
            drift: nil, steps: [],
            evaluations: [
                evaluation(step: 50, split: .dev, loss: 0.5, right: 120),
                EvaluationRecord(
                    step: 50, split: .test, loss: 0.5, metric: metric, value: value, nanoseconds: 1,
                    predictions: predictions),
            ])
    }

    /// Right answers first, then wrong ones, except those named.
    static func answers(right: Int, of count: Int, changed: Set<Int> = []) -> [Double] {
        (0..<count).map { index in (index < right) != changed.contains(index) ? 1 : 0 }
    }

    /// A task's cell with these trials and rounds.
    static func taskCell(
        id: Int64 = 1, dropped: Int? = 0, learningRate: Double = 1e-6, trials: [TrialResult] = [],
        rounds: [RoundResult] = []
    ) -> CellResult {
        cell(
            id: id, model: ModelReference(name: "opt-125m", weights: .file),
            workload: .task(name: "sst2", trainExamples: 1000, devExamples: 200, testExamples: 200),
            dropped: dropped, learningRate: learningRate, trials: trials, rounds: rounds)
    }

    /// The difference of two records that consist of these cells.
    static func difference(
        _ baseline: [CellResult], _ candidate: [CellResult],
        environments: (Environment, Environment) = (environment, environment)
    ) -> SuiteDifference {
        SuiteDifference(
            baseline: snapshot(baseline, environments: [1: environments.0]),
            candidate: snapshot(candidate, environments: [1: environments.1]))
    }
}
