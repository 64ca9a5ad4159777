import Foundation
import Kernels
import LanguageModels
import ModelFiles
import Optimizers
import Pretraining
import Sandbox
import Suites
import TestSupport
import Testing
import Tokenization

@Suite("Pretraining")
struct PretrainingRunTests {
    private func plan(storage: StorageFormat, steps: Int = 10) -> PretrainingPlan {
        PretrainingPlan(
            name: "small", title: "A few steps", seed: 5, texts: .ofVocabulary, storage: storage,
            steps: steps, habitSteps: 1, textsPerBatch: 3,
            optimizer: FirstOrderSettings(rule: .adamW, learningRate: 3e-3, weightDecay: 0.01))
    }

    private func pretrain(
        _ plan: PretrainingPlan, threadCount: Int, in folder: TemporaryFolder
    ) throws -> (outcome: PretrainingRun.Outcome, reports: [PretrainingRun.Progress]) {
        var reports: [PretrainingRun.Progress] = []
        let outcome = try PretrainingRun(plan: plan, team: ThreadTeam(threadCount: threadCount)).run(
            writingTo: folder.path("weights.safetensors"), workFolder: folder.path("work")
        ) { reports.append($0) }
        return (outcome, reports)
    }

    @Test("the same plan writes the same file with one thread and with three, and the loss falls")
    func sameFile() throws {
        let runs = try [1, 3].map { threadCount in
            try TemporaryFolder.with { folder in
                try pretrain(plan(storage: .bfloat16), threadCount: threadCount, in: folder)
            }
        }
        #expect(runs[0].outcome == runs[1].outcome)
        #expect(runs[0].reports == runs[1].reports)
        let outcome = runs[0].outcome
        // Untrained weights guess uniformly among 512 tokens.
        #expect(abs(outcome.firstLoss - log(512)) < 0.05)
        #expect(outcome.heldOutLoss < outcome.firstLoss - 0.1)
        #expect(runs[0].reports.map(\.step) == [10])
        #expect(runs[0].reports.last?.tokenCount == outcome.tokenCount && outcome.tokenCount > 100)
    }

    @Test(
        "what is written opens as the model's weights, in the plan's storage",
        arguments: [StorageFormat.bfloat16, .float32])
    func opening(storage: StorageFormat) throws {
        try TemporaryFolder.with { folder in
            _ = try pretrain(plan(storage: storage, steps: 1), threadCount: 2, in: folder)
            let model = folder.path("work/models/sandbox-opt")
            let file = folder.path("weights.safetensors")
            let bytes = try folder.contents("weights.safetensors").count
            try FileManager.default.removeItem(atPath: model + "/model.safetensors")
            try FileManager.default.moveItem(atPath: file, toPath: model + "/model.safetensors")
            let source = try ModelCatalog.locate(name: "sandbox-opt", in: [model])
            let opened = try ModelLoading.load(
                configuration: source.configuration, weights: source.weights, team: ThreadTeam(threadCount: 1)
            )
            #expect(bytes > opened.parameters.count * storage.bytesPerElement)
            #expect(bytes < opened.parameters.count * storage.bytesPerElement + 40_000)
        }
    }
}
