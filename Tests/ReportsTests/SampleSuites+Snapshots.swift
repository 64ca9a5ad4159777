import Comparison
import Optimizers
import Provenance
import ResultStore
import Training

extension SampleSuites {
    /// A suite that trained: zero-shot, MeZO and LeZO on SST-2, one failed and one interrupted trial, SQuAD unfinished.
    static var trained: ResultSnapshot {
        let mezoTimes = (perturb: 210.0, forward: 640.0, update: 70.0)
        let lezoTimes = (perturb: 130.0, forward: 640.0, update: 44.0)
        let zeroShot = CellResult(
            id: 1,
            cell: Cell(
                model: smol, workload: sst2, method: .zeroShot, plan: .reference,
                schedule: TrainingSchedule(steps: 0, batchSize: 16, evaluateEvery: 0)),
            layerCount: 30, layerParameterCount: 106_203_600, parameterCount: 134_515_008,
            trials: [trial(id: 1, losses: [1.19], devRight: [252], testRight: 444, milliseconds: mezoTimes)],
            rounds: [])
        let mezo = [
            trainedCell(
                id: 2, dropped: 0, rate: 5e-6,
                trials: [
                    trial(
                        id: 2, losses: [1.19, 0.81, 0.62, 0.55, 0.52], devRight: [252, 301, 352, 371, 380],
                        testRight: 661, milliseconds: mezoTimes)
                ], rounds: rounds(mezoTimes, count: 12, salt: 0)),
            trainedCell(
                id: 3, dropped: 0, rate: 2e-5,
                trials: [
                    trial(
                        id: 3, losses: [1.19, 0.55, 0.44, 0.41, 0.43], devRight: [252, 370, 401, 411, 405],
                        testRight: 722, milliseconds: mezoTimes)
                ]),
            trainedCell(
                id: 4, dropped: 0, rate: 1e-4,
                trials: [
                    TrialResult(
                        id: 4, dataSeed: 0, noiseSeed: 0, status: .failed,
                        failure: TrialFailure(
                            reason: .diverged, step: 31,
                            message: "loss of step 31 is not a number | see its seed"),
                        environmentID: 1, data: nil, summary: nil, drift: nil, steps: [], evaluations: [])
                ]),
        ]
        let lezo = [
            trainedCell(
                id: 5, dropped: 15, rate: 2e-5,
                trials: [
                    trial(
                        id: 5, losses: [1.19, 0.62, 0.50, 0.46, 0.44], devRight: [252, 352, 385, 398, 402],
                        testRight: 701, milliseconds: lezoTimes),
                    trial(
                        id: 6, losses: [1.19, 0.60, 0.49, 0.45, 0.45], devRight: [252, 350, 388, 399, 401],
                        testRight: 709, noiseSeed: 1, milliseconds: lezoTimes),
                ], rounds: rounds(lezoTimes, count: 12, salt: 2)),
            trainedCell(
                id: 6, workload: squad, dropped: 15, rate: 2e-5,
                trials: [
                    TrialResult(
                        id: 7, dataSeed: 0, noiseSeed: 0, status: .interrupted, failure: nil,
                        environmentID: 1,
                        data: nil, summary: nil, drift: nil,
                        steps: (1...3).map { step($0, milliseconds: lezoTimes) },
                        evaluations: [])
                ]),
        ]
        let generated = trainedCell(
            id: 7, workload: squad, dropped: 0, rate: 2e-5, trials: [generationTrial(milliseconds: mezoTimes)]
        )
        return ResultSnapshot(
            suiteName: "lezo-sst2", suiteSHA256: String(repeating: "a1", count: 32),
            title: "MeZO and LeZO on SST-2",
            claims: ["LEZO-phase", "LEZO-speed-SST2", "LEZO-perf", "LEZO-unheard"],
            environments: [1: environment],
            artifacts: [
                StoredArtifact(
                    kind: "weights", subject: "smollm2-135m-instruct", fileName: "smollm2.gguf",
                    sha256: String(repeating: "c3", count: 32), byteCount: 98_765_432, note: nil),
                StoredArtifact(
                    kind: "archive", subject: "sst2", fileName: "SST-2.zip",
                    sha256: String(repeating: "b2", count: 32), byteCount: 7_439_277, note: nil),
            ], cells: lezo.reversed() + mezo.reversed() + [generated, zeroShot])
    }

    /// A finished trial of a task that is scored by F1.
    private static func generationTrial(
        milliseconds: (perturb: Double, forward: Double, update: Double)
    ) -> TrialResult {
        func evaluation(_ split: EvaluationSplit, _ step: Int, loss: Double) -> EvaluationRecord {
            let predictions = (0..<100).map {
                Prediction(
                    exampleID: "dev:\($0)", chosenOption: nil, goldOption: nil, optionScores: [],
                    text: "an answer",
                    score: Double($0 % 4) / 4)
            }
            return EvaluationRecord(
                step: step, split: split, loss: loss, metric: "f1", value: 0.375, nanoseconds: 1_000_000,
                predictions: predictions)
        }
        return TrialResult(
            id: 8, dataSeed: 0, noiseSeed: 0, status: .done, failure: nil, environmentID: 1,
            data: DataSummary(trainExamples: 1000, devExamples: 500, testExamples: 100, notes: []),
            summary: TrialSummary(
                steps: 1000, bestStep: 1000, weightsDigest: String(repeating: "f7", count: 32),
                peakResidentBytes: 1400 << 20),
            drift: RestoreDrift(maximumAbsolute: 2.98e-8, rootMeanSquare: 4.1e-10, changedShare: 0.112),
            steps: (1...20).map { step($0, milliseconds: milliseconds) },
            evaluations: [
                evaluation(.dev, 500, loss: 1.4), evaluation(.dev, 1000, loss: 1.2),
                evaluation(.test, 1000, loss: 1.2),
            ])
    }

    /// A suite that took times on random weights: two shapes, one of them with too few rounds.
    static var timed: ResultSnapshot {
        var cells: [CellResult] = []
        for (tokens, forward, count) in [(64, 300.0, 12), (256, 1_150.0, 4)] {
            for dropped in [0, 6, 9, 12] {
                let kept = 1 - 0.68 * Double(dropped) / 12
                cells.append(
                    CellResult(
                        id: Int64(cells.count + 1),
                        cell: Cell(
                            model: opt, workload: .shape(batchSize: 16, tokens: tokens),
                            method: method(dropped: dropped, rate: 1e-6), plan: .reference,
                            schedule: TrainingSchedule(steps: 5, batchSize: 16, evaluateEvery: 5)),
                        layerCount: 12, layerParameterCount: 85_054_464, parameterCount: 125_239_296,
                        trials: [],
                        rounds: rounds((170 * kept, forward, 56 * kept), count: count, salt: dropped)))
            }
        }
        return ResultSnapshot(
            suiteName: "lezo-speed", suiteSHA256: String(repeating: "d4", count: 32),
            title: "Step time by sparsity",
            claims: ["LEZO-phase", "LEZO-speed-max", "LEZO-mem"], environments: [1: environment],
            artifacts: [],
            cells: cells)
    }
}
