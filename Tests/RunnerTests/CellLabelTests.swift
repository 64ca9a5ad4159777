import LanguageModels
import Optimizers
import Runner
import Testing
import Training

@Suite("Labels of cells")
struct CellLabelTests {
    private let cell = Cell(
        model: ModelReference(name: "opt-125m", weights: .file),
        workload: .task(name: "sst2", trainExamples: 1, devExamples: 1, testExamples: 1),
        method: .zerothOrder(
            ZerothOrderSettings(learningRate: 1e-5, perturbationScale: 1e-3, droppedLayerCount: 6)),
        plan: .reference, schedule: TrainingSchedule(steps: 10, batchSize: 4, evaluateEvery: 5))

    @Test("a label has the workload, the method and the learning rate")
    func usual() {
        #expect(cell.label(layerCount: 12) == "sst2 · LeZO 50% (6 of 12) · η 1e-05")
        var zeroShot = cell
        zeroShot.method = .zeroShot
        #expect(zeroShot.label(layerCount: 12) == "sst2 · zero-shot")
    }

    @Test("plan, storage, tuned parameters and rounding are named when they are not the usual ones")
    func unusual() {
        var other = cell
        other.plan = .fused
        other.model.storage = .bfloat16
        other.method = .zerothOrder(
            ZerothOrderSettings(
                learningRate: 1e-5, perturbationScale: 1e-3, droppedLayerCount: 0, tuned: .decoderLayers,
                rounding: .stochastic))
        #expect(
            other.label(layerCount: 12)
                == "sst2 · MeZO · η 1e-05 · fused · bfloat16 · decoder layers only · stochastic rounding")
    }

    @Test("tuning the head alone is linear probing")
    func head() {
        var other = cell
        other.method = .firstOrder(FirstOrderSettings(rule: .adamW, learningRate: 5e-4, tuned: .head))
        #expect(other.label(layerCount: 12) == "sst2 · linear probing (head) AdamW · η 0.0005")
    }

    @Test("adapters are named with what they are")
    func adapters() {
        func label(_ adapters: AdapterSettings) -> String {
            var other = cell
            other.method = .zerothOrder(
                ZerothOrderSettings(
                    learningRate: 1e-4, perturbationScale: 1e-2, droppedLayerCount: 0,
                    tuned: .adapters(adapters)))
            return other.label(layerCount: 12)
        }
        #expect(label(.usualLowRank) == "sst2 · MeZO · η 0.0001 · LoRA r 8 α 16")
        #expect(
            label(.lowRank(rank: 2, alpha: 0.5, projections: [.key]))
                == "sst2 · MeZO · η 0.0001 · LoRA r 2 α 0.5 on key")
        #expect(label(.prefix(tokens: 1)) == "sst2 · MeZO · η 0.0001 · prefix of 1 token")
    }
}
