import Archives
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Sandbox
import Tasks
import TestSupport
import Testing
import Training

/// The reference and the fused plan do the same mathematics, on every task of the sandbox.
@Suite("Agreement of the two plans")
struct PlanAgreementSlowTests {
    /// The largest relative difference of a loss between the plans, while the parameters are the same.
    private static let sameParameters = 1e-4
    /// The same over 200 steps, in which differences of rounding pass through 200 projected gradients: a loss that is
    /// off by one unit in its last place moves g by 1e-4 of itself or less, and an update by as much.
    private static let sameCurve = 1e-4

    private static let team = ThreadTeam(threadCount: 2)
    private static let modelName = "sandbox-opt"

    /// The mean losses of some steps of one plan, from the same start.
    private func curve(
        of plan: ExecutionPlan, data: TrialData, bench: Workbench, steps: Int, learningRate: Double
    ) throws -> [Double] {
        try bench.reset(team: Self.team)
        let optimizer = try ZerothOrderOptimizer(
            settings: ZerothOrderSettings(
                learningRate: learningRate, perturbationScale: 1e-3,
                droppedLayerCount: bench.model.configuration.layerCount / 2),
            plan: plan, arena: bench.model.parameters, noiseSeed: 3, team: Self.team)
        let losses = StepLoss(data: data, batchSize: 8, noiseSeed: 3)
        return try (1...steps).flatMap { step in
            let record = try optimizer.step(
                number: step, losses: losses.losses(step: step, model: bench.model))
            return [Double(record.lossPlus), Double(record.lossMinus)]
        }
    }

    private func largestDifference(
        data: TrialData, bench: Workbench, steps: Int, learningRate: Double
    ) throws -> Double {
        let curves = try ExecutionPlan.allCases.map {
            try curve(of: $0, data: data, bench: bench, steps: steps, learningRate: learningRate)
        }
        return zip(curves[0], curves[1]).map { abs($0 - $1) / max(abs($0), 1e-3) }.max() ?? .infinity
    }

    @Test(
        "every task has the same losses on both plans, and sst2 the same curve over 200 steps",
        arguments: SandboxWeights.allCases)
    func agreement(weights: SandboxWeights) throws {
        try TemporaryFolder.with { folder in
            try check(Sandbox.make(in: folder.path("sandbox"), seed: 1, weights: weights))
        }
    }

    private func check(_ sandbox: SandboxContents) throws {
        let bench = try Workbench(
            reference: ModelReference(name: Self.modelName, weights: .file),
            modelPath: sandbox.modelFolder, team: Self.team)
        for name in ["sst2", "boolq", "copa", "squad"] {
            let task = try #require(TaskCatalog.task(named: name))
            let archive = try ArchiveSearch.find(
                fileNames: task.acceptedArchives.map(\.fileName), in: [sandbox.dataFolder])
            let data = try #require(
                try TrialData.draw(
                    for: .task(name: name, trainExamples: 64, devExamples: 16, testExamples: 16),
                    method: .zeroShot, dataSeed: 0, dataPath: archive,
                    model: ReadableModel(
                        name: Self.modelName, path: sandbox.modelFolder,
                        configuration: bench.model.configuration, vocabulary: bench.vocabulary)))
            let same = try largestDifference(data: data, bench: bench, steps: 10, learningRate: 0)
            #expect(same <= Self.sameParameters, "\(name)")
            if name == "sst2" {
                let trained = try largestDifference(data: data, bench: bench, steps: 200, learningRate: 1e-4)
                #expect(trained <= Self.sameCurve)
                print("largest relative difference: \(same) at first, \(trained) over 200 steps")
            }
        }
    }
}
