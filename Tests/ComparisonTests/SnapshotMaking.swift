import Comparison
import Optimizers
import Provenance
import ResultStore
import Training

/// Short ways to build the parts of a snapshot, with sensible values for what a test is not about.
enum Make {
    static let environment = Environment(
        processor: "Test Processor", processorCount: 2, memoryBytes: 8 << 30, kernelInstructionSet: "avx512",
        blasVersion: "OpenBLAS 0.3.21", blasCoreType: "SkylakeX", expectedBLASCoreType: "SkylakeX",
        threadCount: 2,
        operatingSystem: "Linux", compiler: "Swift 6.3", buildConfiguration: "release", gitCommit: "0123abc",
        gitIsDirty: false)

    static func cell(
        id: Int64, model: ModelReference = ModelReference(name: "opt-125m", weights: .random(seed: 1)),
        workload: Workload = .shape(batchSize: 16, tokens: 64), dropped: Int? = 0,
        learningRate: Double = 1e-6, plan: ExecutionPlan = .reference,
        tuned: TunedParameters = .all, steps: Int = 100, trials: [TrialResult] = [],
        rounds: [RoundResult] = []
    ) -> CellResult {
        let method: Training.Method =
            dropped.map {
                .zerothOrder(
                    ZerothOrderSettings(
                        learningRate: learningRate, perturbationScale: 1e-3, droppedLayerCount: $0,
                        tuned: tuned))
            } ?? .zeroShot
        return CellResult(
            id: id,
            cell: Cell(
                model: model, workload: workload, method: method, plan: plan,
                schedule: TrainingSchedule(
                    steps: dropped == nil ? 0 : steps, batchSize: 16, evaluateEvery: 50)),
            layerCount: 12, layerParameterCount: 85_000_000, parameterCount: 125_000_000, trials: trials,
            rounds: rounds)
    }

    static func step(_ number: Int = 1, overhead: Int64, forward: Int64) -> StepRecord {
        StepRecord(
            step: number, seed: UInt64(number), lossPlus: 1, lossMinus: 1, projectedGradient: 0,
            droppedLayers: [],
            times: PhaseTimes(
                selectNanoseconds: 0, perturbNanoseconds: overhead * 3 / 4, forwardNanoseconds: forward,
                updateNanoseconds: overhead - overhead * 3 / 4))
    }

    /// Rounds of three steps whose median has the given overhead and forward times.
    static func rounds(
        overheads: [Int64], forwards: [Int64], environment: Int64? = 1, peak: Int64 = 1 << 30, first: Int = 1
    ) -> [RoundResult] {
        zip(overheads, forwards).enumerated().map { index, times in
            RoundResult(
                round: first + index, position: 0, environmentID: environment,
                steps: [
                    step(1, overhead: times.0, forward: times.1),
                    step(2, overhead: times.0 + 2_000, forward: times.1 + 2_000),
                    step(3, overhead: times.0 - 2_000, forward: times.1 - 2_000),
                ], peakResidentBytes: peak)
        }
    }

    static func predictions(right: Int, of count: Int) -> [Prediction] {
        (0..<count).map { index in
            Prediction(
                exampleID: "val:\(index)", chosenOption: 0, goldOption: index < right ? 0 : 1,
                optionScores: [],
                text: nil, score: index < right ? 1 : 0)
        }
    }

    static func evaluation(
        step: Int, split: EvaluationSplit, loss: Double, right: Int, of count: Int = 200
    ) -> EvaluationRecord {
        EvaluationRecord(
            step: step, split: split, loss: loss, metric: "accuracy", value: Double(right) / Double(count),
            nanoseconds: 1, predictions: predictions(right: right, of: count))
    }

    /// A finished trial: development losses by step, and right answers on 200 test examples at the best of them.
    static func trial(
        id: Int64, noiseSeed: UInt64 = 0, devLosses: [(step: Int, loss: Double)], testRight: Int,
        status: TrialStatus = .done, failure: TrialFailure? = nil
    ) -> TrialResult {
        let best = devLosses.min { $0.loss < $1.loss }?.step ?? 0
        return TrialResult(
            id: id, dataSeed: 0, noiseSeed: noiseSeed, status: status, failure: failure, environmentID: 1,
            data: DataSummary(trainExamples: 1000, devExamples: 200, testExamples: 200, notes: []),
            summary: status == .done
                ? TrialSummary(steps: 100, bestStep: best, weightsDigest: "ab", peakResidentBytes: 1 << 30)
                : nil,
            drift: nil, steps: [],
            evaluations: devLosses.map { evaluation(step: $0.step, split: .dev, loss: $0.loss, right: 120) }
                + [evaluation(step: best, split: .test, loss: 0.5, right: testRight)])
    }

    static func snapshot(
        _ cells: [CellResult], environments: [Int64: Environment] = [1: environment], claims: [String] = []
    ) -> ResultSnapshot {
        ResultSnapshot(
            suiteName: "test", suiteSHA256: "00", title: "A test", claims: claims, environments: environments,
            artifacts: [], cells: cells)
    }
}
