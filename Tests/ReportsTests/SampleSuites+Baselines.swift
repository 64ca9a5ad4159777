import Comparison
import Kernels
import LanguageModels
import Optimizers
import ResultStore
import Training

extension SampleSuites {
    /// A suite that fine-tuned: zero-shot, a linear probe, MeZO, and AdamW with activations kept and recomputed, all of
    /// them with the parts of their memory; AdamW was timed in rounds too.
    static var baselines: ResultSnapshot {
        let times = (perturb: 210.0, forward: 640.0, update: 70.0)
        let untouched = TrainingSchedule(steps: 0, batchSize: 1, evaluateEvery: 1)
        func cell(
            _ id: Int64, _ method: Training.Method, schedule: TrainingSchedule, trials: [TrialResult],
            rounds: [RoundResult] = []
        ) -> CellResult {
            CellResult(
                id: id,
                cell: Cell(model: smol, workload: sst2, method: method, plan: .reference, schedule: schedule),
                layerCount: 30, layerParameterCount: 106_203_600, parameterCount: 134_515_008, trials: trials,
                rounds: rounds)
        }
        func evaluated(_ id: Int64, loss: Double, devRight: Int, testRight: Int) -> TrialResult {
            var trial = trial(
                id: id, losses: [loss], devRight: [devRight], testRight: testRight, milliseconds: times)
            trial.summary?.memory = memory()
            return trial
        }
        var mezo = trial(
            id: 3, losses: [1.19, 0.55, 0.44, 0.41, 0.43], devRight: [252, 370, 401, 411, 405],
            testRight: 722, milliseconds: times)
        mezo.summary?.memory = memory()
        let fineTuned = ActivationRetention.allCases.enumerated().flatMap { index, retention in
            [1e-5, 5e-5].enumerated().map { place, rate in
                let id = Int64(4 + 2 * index + place)
                return cell(
                    id,
                    .firstOrder(
                        FirstOrderSettings(
                            rule: .adamW, learningRate: rate, warmupSteps: 25, retention: retention)),
                    schedule: TrainingSchedule(steps: 250, batchSize: 8, evaluateEvery: 125),
                    trials: [fineTunedTrial(id: id, rate: rate, retention: retention)],
                    rounds: place == 0 ? fineTunedRounds(retention: retention) : [])
            }
        }
        return ResultSnapshot(
            suiteName: "lezo-baselines", suiteSHA256: String(repeating: "d4", count: 32),
            title: "MeZO beside fine-tuning",
            claims: ["MEZO-T22-OPT-1.3B-fullFT", "MEZO-T1-OPT-13B-FT-Adam-full-SST2"],
            environments: [1: environment], artifacts: [],
            cells: fineTuned.reversed() + [
                cell(
                    1, .zeroShot, schedule: untouched,
                    trials: [evaluated(1, loss: 1.19, devRight: 252, testRight: 444)]),
                cell(
                    2, .linearProbe, schedule: untouched,
                    trials: [evaluated(2, loss: 0.61, devRight: 390, testRight: 690)]),
                cell(
                    3, method(dropped: 0, rate: 2e-5),
                    schedule: TrainingSchedule(steps: 1000, batchSize: 16, evaluateEvery: 250),
                    trials: [mezo], rounds: rounds(times, count: 6, salt: 1)),
            ])
    }

    private static func memory(
        activations: Int64 = 70, gradients: Int64 = 0, state: Int64 = 0
    ) -> MemoryUse {
        MemoryUse(
            weightBytes: 513 << 20, activationBytes: activations << 20, gradientBytes: gradients << 20,
            optimizerStateBytes: state << 20, workspaceBytes: 3 << 20)
    }

    private static func fineTunedTrial(
        id: Int64, rate: Double, retention: ActivationRetention
    ) -> TrialResult {
        var trial = trial(
            id: id, losses: [1.19, rate == 1e-5 ? 0.31 : 0.29, 0.33], devRight: [252, 441, 438],
            testRight: rate == 1e-5 ? 771 : 775, milliseconds: (0, 0, 0))
        trial.steps = []
        trial.drift = nil
        trial.firstOrderSteps = steps(retention)
        // Dev is evaluated after steps 125 and 250 alone.
        trial.evaluations = [
            evaluation(125, .dev, loss: rate == 1e-5 ? 0.31 : 0.29, right: 441, of: 500),
            evaluation(250, .dev, loss: 0.33, right: 438, of: 500),
            evaluation(
                125, .test, loss: rate == 1e-5 ? 0.31 : 0.29, right: rate == 1e-5 ? 771 : 775, of: 872),
        ]
        let isKept = retention == .kept
        trial.summary = TrialSummary(
            steps: 250, bestStep: 125, weightsDigest: String(repeating: "9c", count: 32),
            peakResidentBytes: (isKept ? 2650 : 2260) << 20,
            memory: memory(activations: isKept ? 520 : 130, gradients: 513, state: 1026))
        return trial
    }

    private static func fineTunedRounds(retention: ActivationRetention) -> [RoundResult] {
        (1...6).map { round in
            RoundResult(
                round: round, position: 0, environmentID: 1, steps: [], peakResidentBytes: 2600 << 20,
                load: MachineLoad(before: 0.4, after: 1.1), firstOrderSteps: steps(retention, factor: round),
                memory: memory(activations: 480, gradients: 513, state: 1026))
        }
    }

    private static func steps(
        _ retention: ActivationRetention, factor: Int = 0
    ) -> [FirstOrderStepRecord] {
        (1...20).map { step in
            FirstOrderStepRecord(
                step: step, loss: 1.2 / Float(step + 1), gradientNorm: 4 / Double(step),
                learningRate: 1e-5 * Double(step - 1) / 25,
                forwardNanoseconds: 310_000_000 + 1_000_000 * Int64(factor),
                backwardNanoseconds: (retention == .kept ? 620_000_000 : 910_000_000)
                    + 100_000 * Int64(step),
                updateNanoseconds: 95_000_000)
        }
    }
}
