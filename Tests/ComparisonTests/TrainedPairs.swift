import Comparison
import Optimizers
import ResultStore
import Training

/// MeZO and LeZO cells that were trained and timed, with development scores as a test wants them.
enum TrainedPairs {
    static let spacing = 50

    /// A finished trial with right answers of 500 development examples every 50 steps, from step 0 on.
    static func trial(
        id: Int64, seed: UInt64, devRight: [Int], testRight: Int = 700, stepNanoseconds: Int64 = 100_000_000
    ) -> TrialResult {
        let dev = devRight.enumerated().map { index, right in
            Make.evaluation(
                step: spacing * index, split: .dev, loss: 1 - Double(right) / 1000, right: right, of: 500)
        }
        let best = dev.min { $0.loss < $1.loss }?.step ?? 0
        let count = spacing * (devRight.count - 1)
        return TrialResult(
            id: id, dataSeed: 0, noiseSeed: seed, status: .done, failure: nil, environmentID: 1,
            data: DataSummary(trainExamples: 1000, devExamples: 500, testExamples: 1000, notes: []),
            summary: TrialSummary(
                steps: count, bestStep: best, weightsDigest: "ab", peakResidentBytes: 1 << 30),
            drift: nil,
            steps: (1...count).map {
                Make.step($0, overhead: stepNanoseconds / 4, forward: stepNanoseconds * 3 / 4)
            },
            evaluations: dev
                + [Make.evaluation(step: best, split: .test, loss: 0.5, right: testRight, of: 1000)])
    }

    /// A MeZO and a LeZO cell on SST-2 with one trial a seed; LeZO's step is shorter by `stepRatio`.
    static func cells(
        mezo: [[Int]], lezo: [[Int]], stepRatio: Double = 1.25, trainingRatio: Double? = nil,
        mezoTestRight: [Int]? = nil, lezoTestRight: [Int]? = nil, budget: Int = 500,
        model: ModelReference = ModelReference(name: "opt-125m", weights: .file)
    ) -> [CellResult] {
        let lezoStep = Int64(100_000_000 / stepRatio)
        let measured = Int64(100_000_000 / (trainingRatio ?? stepRatio))
        func trials(_ courses: [[Int]], first: Int64, step: Int64, testRight: [Int]?) -> [TrialResult] {
            courses.enumerated().map { index, course in
                trial(
                    id: first + Int64(index), seed: UInt64(index), devRight: course,
                    testRight: testRight?[index] ?? 700, stepNanoseconds: step)
            }
        }
        return [
            Make.cell(
                id: 1, model: model, workload: ClaimsTests.sst2, steps: budget,
                trials: trials(mezo, first: 1, step: 100_000_000, testRight: mezoTestRight),
                rounds: ClaimsTests.rounds(25_000_000, 75_000_000)),
            Make.cell(
                id: 2, model: model, workload: ClaimsTests.sst2, dropped: 9, steps: budget,
                trials: trials(lezo, first: 100, step: measured, testRight: lezoTestRight),
                rounds: ClaimsTests.rounds(lezoStep / 4, lezoStep * 3 / 4)),
        ]
    }

    /// Rising scores that first reach 400 of 500 at an evaluation, and stay there to the tenth.
    static func reaching(at index: Int) -> [Int] {
        (0...10).map { $0 < index ? 300 : 400 }
    }

    static func time(_ cells: [CellResult]) -> TimeToTarget? {
        let snapshot = Make.snapshot(cells)
        return TimeToTarget.all(
            in: snapshot, accuracy: AccuracyTable(from: snapshot), speedups: StepSpeedups.all(in: snapshot)
        ).first
    }
}
