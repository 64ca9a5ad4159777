import Foundation
import LanguageModels
import Optimizers
import RandomStreams
import Suites
import Testing
import Training

@Suite("Trial identity")
struct TrialIdentityTests {
    private let trial = TrialSpecification(
        cell: Cell(
            model: ModelReference(name: "tiny-30", weights: .file),
            workload: .task(name: "sst2", trainExamples: 8, devExamples: 4, testExamples: 6),
            method: .zerothOrder(
                ZerothOrderSettings(
                    learningRate: 2e-5, perturbationScale: 1e-3, droppedLayerCount: 23, noise: .gaussian)),
            plan: .reference, schedule: TrainingSchedule(steps: 30, batchSize: 4, evaluateEvery: 10)),
        dataSeed: 1, noiseSeed: UInt64.max)

    @Test("is the SHA-256 of a text with sorted keys, pinned so that stored trials are found again")
    func pinned() throws {
        // From sha256sum of {"inputs":["aa","bb"],"numericsVersion":3,"specification":{"cell":CELL,"dataSeed":1,
        // "noiseSeed":18446744073709551615}} on one line, with CELL as in the next test.
        #expect(try TrialIdentity.hash(specification: trial, inputs: ["bb", "aa"]) == Self.pinnedHash)
    }

    @Test("a cell's canonical text is pinned")
    func canonicalText() throws {
        #expect(
            try TrialIdentity.canonicalJSON(trial.cell)
                == #"{"method":{"zerothOrder":{"_0":{"droppedLayerCount":23,"learningRate":2e-05,"noise":"gaussian","#
                + #""perturbationScale":0.001,"rounding":"nearest","tuned":"all"}}},"model":{"name":"tiny-30","#
                + #""storage":"float32","weights":{"file":{}}},"plan":"reference","#
                + #""schedule":{"batchSize":4,"evaluateEvery":10,"steps":30},"workload":{"task":{"devExamples":4,"#
                + #""name":"sst2","testExamples":6,"trainExamples":8}}}"#)
    }

    @Test("the order of the inputs does not matter, everything else does")
    func sensitivity() throws {
        let hash = try TrialIdentity.hash(specification: trial, inputs: ["aa", "bb"])
        #expect(try hash == TrialIdentity.hash(specification: trial, inputs: ["bb", "aa"]))
        var others = Set([try TrialIdentity.hash(specification: trial, inputs: ["aa"])])
        var changed = trial
        changed.noiseSeed = 0
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        changed = trial
        changed.dataSeed = 0
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        changed = trial
        changed.cell.schedule.evaluateEvery = 11
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        changed = trial
        changed.cell.model.weights = .random(seed: 1)
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        changed = trial
        changed.cell.model.storage = .bfloat16
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        changed = trial
        changed.cell.plan = .fused
        others.insert(try TrialIdentity.hash(specification: changed, inputs: ["aa", "bb"]))
        #expect(others.count == 7)
        #expect(!others.contains(hash))
    }

    private static let pinnedHash = "e7e89d9a91eee85868ec1d58eadfa43b87a7c6403ee9d469957456392c236d0d"
}
