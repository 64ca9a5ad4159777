import Comparison
import LanguageModels
import Optimizers
import Provenance
import ResultStore
import Training

extension SampleSuites {
    /// An environment in which BLAS had to be told what to use, with its rates.
    private static var toldEnvironment: Environment {
        var environment = environment
        environment.blasCoreTypeAsInstalled = "Prescott"
        environment.forcedBLASCoreType = "SkylakeX"
        return environment
    }

    /// A suite that took times on both plans at three lengths, as `lezo-phase-share` does.
    static var plans: ResultSnapshot {
        var cells: [CellResult] = []
        for (tokens, forward) in [(15, 80.0), (132, 700.0), (373, 2_300.0)] {
            for plan in [ExecutionPlan.fused, .reference] {
                for dropped in [9, 0] {
                    let kept = 1 - 0.679 * Double(dropped) / 12
                    let times =
                        plan == .reference
                        ? (perturb: 170 * kept, forward: forward, update: 56 * kept)
                        : (perturb: 60 * kept, forward: 0.8 * forward, update: 60 * kept)
                    cells.append(
                        CellResult(
                            id: Int64(cells.count + 1),
                            cell: Cell(
                                model: opt, workload: .shape(batchSize: 16, tokens: tokens),
                                method: method(dropped: dropped, rate: 1e-7), plan: plan,
                                schedule: TrainingSchedule(steps: 0, batchSize: 16, evaluateEvery: 1)),
                            layerCount: 12, layerParameterCount: 85_054_464, parameterCount: 125_239_296,
                            trials: [], rounds: rounds(times, count: 6, salt: cells.count)))
                }
            }
        }
        return ResultSnapshot(
            suiteName: "lezo-phase-share", suiteSHA256: String(repeating: "e5", count: 32),
            title: "Overhead and speedup by length",
            claims: [
                "LEZO-phase", "ADALEZO-T8-Copa_SST2-share", "ADALEZO-T8-BoolQ-share",
                "ADALEZO-T8-Copa_SST2-speed",
            ], environments: [1: toldEnvironment], artifacts: [], cells: cells,
            blasRates: [1: BLASRates(gigaflops: 331.4, gigaflopsAsInstalled: 66.9)])
    }

    /// A suite that trained a model in bfloat16 on the fused plan, its updates rounded in both ways.
    static var stored: ResultSnapshot {
        var cells: [CellResult] = []
        for (rounding, lostShare, error) in [
            (UpdateRounding.nearest, 0.877, 0.93), (.stochastic, 0.929, 7.25),
        ] {
            for dropped in [0, 15] {
                let told = 1000 * (dropped == 0 ? 134_515_008 : 81_413_208)
                var cell = trainedCell(
                    id: Int64(cells.count + 1),
                    model: ModelReference(name: smol.name, weights: .file, storage: .bfloat16),
                    dropped: dropped,
                    rate: 1e-6,
                    trials: [
                        trial(
                            id: Int64(cells.count + 1), losses: [1.19, 1.18], devRight: [252, 255],
                            testRight: 446 + cells.count, milliseconds: (100, 640, 90))
                    ])
                cell.cell.plan = .fused
                cell.cell.method = .zerothOrder(
                    ZerothOrderSettings(
                        learningRate: 1e-6, perturbationScale: 1e-3, droppedLayerCount: dropped,
                        tuned: .decoderLayers, rounding: rounding))
                cell.trials[0].drift = RestoreDrift(maximumAbsolute: 0, rootMeanSquare: 0, changedShare: 0)
                cell.trials[0].updateLoss = UpdateLoss(
                    updateCount: told, lostCount: Int(lostShare * Double(told)),
                    intendedSumOfSquares: 2, errorSumOfSquares: 2 * error * error)
                cells.append(cell)
            }
        }
        return ResultSnapshot(
            suiteName: "stored", suiteSHA256: String(repeating: "f6", count: 32),
            title: "MeZO and LeZO in bfloat16", claims: [], environments: [1: environment], artifacts: [],
            cells: cells.reversed())
    }
}
