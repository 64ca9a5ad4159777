import Comparison
import Foundation
import Optimizers
import Provenance
import ResultStore
import Training

/// Two snapshots such as real suites leave: one that trained on SST-2 and SQuAD, one that only took times.
///
/// Their figures are made up and serve only to fix how reports look.
enum SampleSuites {
    static let environment = Environment(
        processor: "Example Processor 3.0", processorCount: 2, memoryBytes: 8 << 30,
        kernelInstructionSet: "avx512",
        blasVersion: "OpenBLAS 0.3.21", blasCoreType: "SkylakeX", expectedBLASCoreType: "SkylakeX",
        threadCount: 2,
        operatingSystem: "Debian 12, Linux 6.1", compiler: "Swift 6.3.1", buildConfiguration: "release",
        gitCommit: "f03d8c9", gitIsDirty: false)
    static let smol = ModelReference(name: "smollm2-135m-instruct", weights: .file)
    static let opt = ModelReference(name: "opt-125m", weights: .random(seed: 1))
    static let sst2 = Workload.task(name: "sst2", trainExamples: 1000, devExamples: 500, testExamples: 872)
    static let squad = Workload.task(name: "squad", trainExamples: 1000, devExamples: 500, testExamples: 100)

    static var ledger: ClaimsLedger {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try ClaimsLedger(folder: root.appending(path: "suites/claims"))
        }
    }

    static func method(dropped: Int, rate: Double) -> Training.Method {
        .zerothOrder(
            ZerothOrderSettings(learningRate: rate, perturbationScale: 1e-3, droppedLayerCount: dropped))
    }

    static func step(_ number: Int, milliseconds: (perturb: Double, forward: Double, update: Double))
        -> StepRecord
    {
        StepRecord(
            // Seeds use all 64 bits.
            step: number, seed: .max - UInt64(number), lossPlus: 0.7, lossMinus: 0.69, projectedGradient: 5,
            droppedLayers: [],
            times: PhaseTimes(
                selectNanoseconds: 4_000, perturbNanoseconds: Int64(milliseconds.perturb * 1e6),
                forwardNanoseconds: Int64(milliseconds.forward * 1e6),
                updateNanoseconds: Int64(milliseconds.update * 1e6)))
    }

    /// Rounds whose times wander by up to 2 %, the same for all cells of a round and a little for each alone.
    static func rounds(
        _ milliseconds: (perturb: Double, forward: Double, update: Double), count: Int, salt: Int,
        environment: Int64 = 1
    ) -> [RoundResult] {
        (1...count).map { round in
            let shared = 1 + 0.002 * Double(round * 7 % 10)
            let own = 1 + 0.001 * Double((round * 5 + salt * 3) % 7)
            let steps = (1...5).map { number in
                let factor = shared * own * (1 + 0.0005 * Double(number))
                return step(
                    number,
                    milliseconds: (
                        milliseconds.perturb * factor,
                        milliseconds.forward * factor * (1 + 0.004 * Double((round * 3 + salt) % 5)),
                        milliseconds.update * factor
                    ))
            }
            return RoundResult(
                round: round, position: salt % 3, environmentID: environment, steps: steps,
                peakResidentBytes: 820 << 20, load: MachineLoad(before: 0.4, after: 1.1))
        }
    }

    static func evaluation(_ step: Int, _ split: EvaluationSplit, loss: Double, right: Int, of count: Int)
        -> EvaluationRecord
    {
        EvaluationRecord(
            step: step, split: split, loss: loss, metric: "accuracy", value: Double(right) / Double(count),
            nanoseconds: 1_000_000,
            predictions: (0..<count).map { index in
                // The right answers are the same for all methods: 51 of each 100 are option 1.
                let gold = index * 37 % 100 < 49 ? 0 : 1
                return Prediction(
                    exampleID: "dev:\(index)", chosenOption: index < right ? gold : 1 - gold,
                    goldOption: gold, optionScores: [-1, -2], text: nil, score: index < right ? 1 : 0)
            })
    }

    /// A finished trial with development losses every 250 steps.
    static func trial(
        id: Int64, losses: [Double], devRight: [Int], testRight: Int, noiseSeed: UInt64 = 0,
        milliseconds: (perturb: Double, forward: Double, update: Double)
    ) -> TrialResult {
        let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        let dev = losses.indices.map {
            evaluation(250 * $0, .dev, loss: losses[$0], right: devRight[$0], of: 500)
        }
        return TrialResult(
            id: id, dataSeed: 0, noiseSeed: noiseSeed, status: .done, failure: nil, environmentID: 1,
            data: DataSummary(
                trainExamples: 1000, devExamples: 500, testExamples: 872,
                notes: ["872 test examples were drawn where 1000 were asked for: the archive has no more"]),
            summary: TrialSummary(
                steps: 250 * (losses.count - 1), bestStep: 250 * best,
                weightsDigest: String(repeating: "5e", count: 32),
                peakResidentBytes: 910 << 20),
            drift: losses.count > 1
                ? RestoreDrift(maximumAbsolute: 2.98e-8, rootMeanSquare: 4.1e-10, changedShare: 0.112) : nil,
            steps: losses.count > 1 ? (1...20).map { step($0, milliseconds: milliseconds) } : [],
            evaluations: dev + [evaluation(250 * best, .test, loss: losses[best], right: testRight, of: 872)],
            load: MachineLoad(before: 0.2, after: 1.9))
    }

    static func trainedCell(
        id: Int64, model: ModelReference = smol, workload: Workload = sst2, dropped: Int, rate: Double,
        trials: [TrialResult], rounds: [RoundResult] = []
    ) -> CellResult {
        CellResult(
            id: id,
            cell: Cell(
                model: model, workload: workload, method: method(dropped: dropped, rate: rate),
                plan: .reference,
                schedule: TrainingSchedule(steps: 1000, batchSize: 16, evaluateEvery: 250)),
            layerCount: 30, layerParameterCount: 106_203_600, parameterCount: 134_515_008, trials: trials,
            rounds: rounds)
    }
}
