import Optimizers
import RandomStreams
import Suites
import Testing
import Training

@Suite("Suite expansion")
struct SuiteExpansionTests {
    private func dropped(_ cell: Cell) -> Int? {
        guard case .zerothOrder(let settings) = cell.method else { return nil }
        return settings.droppedLayerCount
    }

    private func learningRate(_ cell: Cell) -> Double? {
        guard case .zerothOrder(let settings) = cell.method else { return nil }
        return settings.learningRate
    }

    @Test("trials are all combinations once, in the order of the file")
    func trials() throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
        let found = suite.trials.map { trial in
            "\(dropped(trial.cell).map(String.init) ?? "-") \(learningRate(trial.cell) ?? 0) "
                + "\(trial.dataSeed) \(trial.noiseSeed)"
        }
        #expect(
            found == [
                "- 0.0 0 0", "- 0.0 1 0", "0 1e-06 0 7", "0 1e-06 1 7", "0 2e-06 0 7", "0 2e-06 1 7",
                "23 1e-06 0 7",
                "23 1e-06 1 7",
            ])
    }

    @Test("a LeZO entry that drops nothing is the MeZO trial, not another one")
    func sparsityZeroIsMeZO() throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
        #expect(suite.trials.filter { dropped($0.cell) == 0 && learningRate($0.cell) == 1e-6 }.count == 2)
    }

    @Test(
        "a sparsity is rounded to layers, halves up",
        arguments: [
            ("0.75", 30, 23), ("0.5", 30, 15), ("0.25", 30, 8), ("0.25", 10, 3), ("0.35", 10, 4),
            ("0.34", 10, 3),
            ("1.0", 4, 4), ("0.1", 4, 0), ("0.95", 30, 29), ("0.15", 10, 2),
        ])
    func rounding(_ sparsity: String, _ layers: Int, _ expected: Int) throws {
        var text = SuiteTexts.replacing("[0, 0.75]", by: "[\(sparsity)]")
        text = SuiteTexts.replacing("tiny-30", by: "tiny-\(layers)", in: text)
        let last = try #require(try SuiteTexts.read(text).trials.last)
        #expect(dropped(last.cell) == expected)
    }

    @Test("zero-shot has no steps and one trial a data seed")
    func zeroShot() throws {
        let suite = try SuiteTexts.read(SuiteTexts.replacing("noise: [7]", by: "noise: [7, 8]"))
        let trials = suite.trials.filter { $0.cell.method == .zeroShot }
        #expect(trials.map(\.dataSeed) == [0, 1])
        #expect(trials.allSatisfy { $0.cell.schedule.steps == 0 && $0.noiseSeed == 0 })
    }

    @Test("each way of stepping is timed once, with its first learning rate, and zero-shot never")
    func timingCells() throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
        #expect(suite.timingCells.map(dropped) == [0, 23])
        #expect(suite.timingCells.map(learningRate) == [1e-6, 1e-6])
        #expect(suite.timingCells.allSatisfy { cell in suite.trials.contains { $0.cell == cell } })
        #expect(suite.timing == TimingProtocol(rounds: 6, warmupSteps: 1, steps: 3))
    }

    @Test("without a timing protocol nothing is timed")
    func untimed() throws {
        let text = SuiteTexts.replacing("\ntiming: {rounds: 6, warmup_steps: 1, steps: 3}", by: "")
        #expect(try SuiteTexts.read(text).timingCells.isEmpty)
    }

    @Test("a suite of shapes has timing cells alone; optional models stay out")
    func shapes() throws {
        let suite = try SuiteTexts.read(SuiteTexts.shapes)
        #expect(suite.trials.isEmpty)
        #expect(suite.timingCells.map(dropped) == [0, 2, 0, 2])
        #expect(suite.timingCells.map(\.model.name) == Array(repeating: "tiny-4", count: 4))
        #expect(suite.timingCells.map(\.schedule.batchSize) == [1, 1, 16, 16])
        #expect(suite.timingCells.last?.workload == .shape(batchSize: 16, tokens: 64))
        #expect(suite.timingCells.first?.model.weights == .random(seed: 1))
        #expect(suite.layerCounts == ["tiny-4": 4])
    }

    @Test("inner axes multiply: noise, perturbation scale, layers, learning rate")
    func innerAxes() throws {
        let text = SuiteTexts.replacing(
            "sparsity: [0, 0.75], learning_rate: [1.0e-6], perturbation_scale: 1.0e-3",
            by: "dropped_layers: [1, 2], learning_rate: [1e-6, 2e-6], perturbation_scale: [1e-3, 1e-2], "
                + "noise: [gaussian, rademacher]")
        let suite = try SuiteTexts.read(text)
        let settings = suite.trials.compactMap { trial -> ZerothOrderSettings? in
            guard case .zerothOrder(let settings) = trial.cell.method, settings.droppedLayerCount > 0 else {
                return nil
            }
            return settings
        }
        #expect(settings.count == 2 * 2 * 2 * 2 * 2)
        #expect(Set(settings).count == 16)
        #expect(settings.first?.noise == .gaussian)
        #expect(settings.last?.noise == .rademacher)
        #expect(suite.timingCells.count == 1 + 2 * 2 * 2)
    }

    @Test("storages multiply models, and stochastic rounding means nothing in float32")
    func storages() throws {
        var text = SuiteTexts.replacing(
            "{name: tiny-30}", by: "{name: tiny-30, storage: [float32, float16]}")
        text = SuiteTexts.replacing(
            "sparsity: [0, 0.75]",
            by: "rounding: [nearest, stochastic], tuned: [all, decoder-layers], sparsity: 0.75",
            in: text)
        let suite = try SuiteTexts.read(text)
        let found = suite.timingCells.compactMap { cell -> String? in
            guard case .zerothOrder(let settings) = cell.method else { return nil }
            return
                "\(cell.model.storage) \(settings.droppedLayerCount) \(settings.tuned.name) \(settings.rounding)"
        }
        #expect(
            found == [
                "float32 0 all nearest", "float32 23 all nearest", "float32 23 decoder-layers nearest",
                "float16 0 all nearest", "float16 23 all nearest", "float16 23 all stochastic",
                "float16 23 decoder-layers nearest", "float16 23 decoder-layers stochastic",
            ])
        #expect(suite.layerCounts == ["tiny-30": 30])
    }

    @Test("stochastic rounding alone leaves float32 models rounded to nearest")
    func mixedStorages() throws {
        var text = SuiteTexts.replacing(
            "{name: tiny-30}", by: "{name: tiny-30, storage: [float32, bfloat16]}")
        text = SuiteTexts.replacing(
            "sparsity: [0, 0.75]", by: "rounding: stochastic, sparsity: 0.75", in: text)
        let roundings = try SuiteTexts.read(text).timingCells.filter { dropped($0) == 23 }.map { cell in
            guard case .zerothOrder(let settings) = cell.method else { return "none" }
            return "\(cell.model.storage) \(settings.rounding)"
        }
        #expect(roundings == ["float32 nearest", "bfloat16 stochastic"])
    }

    @Test("plans multiply what takes steps; zero-shot is one trial that answers to all of them")
    func plans() throws {
        let text = SuiteTexts.replacing("seeds:", by: "plans: [reference, fused]\nseeds:")
        let suite = try SuiteTexts.read(text)
        #expect(suite.trials.count == 2 + 2 * 6)
        #expect(suite.timingCells.map(\.plan) == [.reference, .fused, .reference, .fused])
        let fused = try suite.filtered(by: [try SuiteFilter("plan=fused")])
        #expect(fused.trials.count == 2 + 6)
        #expect(fused.trials.filter { $0.cell.method == .zeroShot }.allSatisfy { $0.cell.plan == .reference })
    }

    @Test("a task or shape can have plans of its own")
    func ownPlans() throws {
        let text = SuiteTexts.replacing(
            "{batch: 1, tokens: 32}", by: "{batch: 1, tokens: 32, plans: [reference, fused]}",
            in: SuiteTexts.shapes)
        let suite = try SuiteTexts.read(text)
        let found = suite.timingCells.map { "\($0.workload) \(dropped($0) ?? -1) \($0.plan)" }
        #expect(found.count == 6)
        #expect(found.filter { $0.contains("tokens: 32") && $0.hasSuffix("fused") }.count == 2)
        #expect(found.allSatisfy { !$0.contains("tokens: 64") || $0.hasSuffix("reference") })
        let tasks = try SuiteTexts.read(
            SuiteTexts.replacing("test_examples: 6}", by: "test_examples: 6, plans: [fused]}"))
        #expect(tasks.timingCells.allSatisfy { $0.plan == .fused })
        #expect(try tasks.filtered(by: [try SuiteFilter("plan=fused")]).trials.count == tasks.trials.count)
    }

    @Test("what identifies a file is its bytes")
    func digest() throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
        let commented = try SuiteTexts.read(SuiteTexts.tasks + "\n# a remark")
        #expect(suite.fileSHA256 != commented.fileSHA256)
        #expect(suite.trials == commented.trials)
        #expect(suite.fileName == "example.yaml")
        #expect(suite.text == SuiteTexts.tasks)
        #expect(suite.archives == ["sst2": ["SST-2.zip"]])
        #expect(suite.claims == ["LEZO-phase"])
        #expect(!suite.usesSandbox)
    }
}
