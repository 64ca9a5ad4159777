import Foundation
import LanguageModels
import Optimizers
import Suites
import Testing
import Training

/// The files under `suites/`, read with the names and layer counts that they rely on.
@Suite("Shipped suites")
struct ShippedSuitesTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("suites").path
    private static let layerCounts = [
        "sandbox-opt": 12, "opt-125m": 12, "opt-350m": 24, "opt-1.3b": 24, "opt-2.7b": 32, "opt-6.7b": 32,
        "opt-13b": 40,
        "smollm2-135m-instruct": 30,
    ]
    private static let vocabulary = SuiteVocabulary(
        modelNames: layerCounts.keys.sorted(), layerCount: { layerCounts[$0] },
        taskNames: [
            "sst2", "rte", "cb", "boolq", "wsc", "wic", "multirc", "copa", "record", "squad", "drop",
        ], generationTasks: ["squad", "drop"],
        classificationTasks: ["sst2", "rte", "cb", "boolq", "wsc", "wic", "multirc"],
        claimNames: ledgerNames())

    /// The first column of every file of the claims ledger.
    private static func ledgerNames() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/claims")) ?? []
        return files.sorted().flatMap { file in
            let text = (try? String(contentsOfFile: folder + "/claims/" + file, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap { $0.split(separator: ",").first.map(String.init) }
        }
    }

    @Test("every file reads without an error")
    func all() throws {
        let suites = try SuiteLibrary.list(in: [Self.folder], vocabulary: Self.vocabulary).map {
            try $0.get()
        }
        #expect(
            suites.map(\.name) == [
                "lezo-baselines", "lezo-baselines", "lezo-boolq", "lezo-copa", "lezo-drop-number",
                "lezo-drop-number", "lezo-lora-ranks", "lezo-lora-ranks", "lezo-memory", "lezo-phase-share",
                "lezo-speed", "lezo-sst2", "lezo-tasks", "lezo-tasks", "smoke", "zero-shot", "zero-shot",
            ])
    }

    @Test("the SST-2 suite has zero-shot and the same learning rates for MeZO and both LeZO sparsities")
    func sst2() throws {
        let suite = try SuiteLibrary.find("lezo-sst2", in: [Self.folder], vocabulary: Self.vocabulary)
        var rates: [Int: Set<Double>] = [:]
        for trial in suite.trials {
            guard case .zerothOrder(let settings) = trial.cell.method else { continue }
            rates[settings.droppedLayerCount, default: []].insert(settings.learningRate)
        }
        #expect(rates.keys.sorted() == [0, 15, 23])
        #expect(Set(rates.values).count == 1)
        #expect(suite.trials.contains { $0.cell.method == .zeroShot })
        #expect(suite.timingCells.count == 3)
    }

    @Test(
        "the speed suite times two models on both plans at three shapes and five sparsities, larger ones on request"
    )
    func speed() throws {
        let suite = try SuiteLibrary.find("lezo-speed", in: [Self.folder], vocabulary: Self.vocabulary)
        #expect(suite.trials.isEmpty)
        #expect(suite.timingCells.count == 2 * 2 * 3 * 5)
        let larger = try suite.filtered(by: [try SuiteFilter("model=opt-6.7b")])
        #expect(larger.timingCells.count == 2 * 3 * 5)
    }

    @Test(
        "the phase share suite times both plans at six lengths, and at the ten of the published table on request"
    )
    func phaseShare() throws {
        let suite = try SuiteLibrary.find("lezo-phase-share", in: [Self.folder], vocabulary: Self.vocabulary)
        #expect(suite.timingCells.count == 2 * 2 * 6)
        let lengths = suite.timingCells.compactMap { cell in
            if case .shape(16, let tokens) = cell.workload { tokens } else { nil }
        }
        #expect(Set(lengths) == [15, 42, 84, 132, 247, 373])
        let between = try suite.filtered(by: [51, 91, 188, 307].map { try SuiteFilter("shape=16x\($0)") })
        #expect(between.timingCells.count == 2 * 2 * 4)
        let largest = try suite.filtered(by: [try SuiteFilter("model=opt-6.7b")])
        #expect(largest.timingCells.allSatisfy { $0.model.storage == .bfloat16 })
    }

    @Test(
        "the tasks suite has eleven tasks in four ways under both protocols, the published one with the papers' counts"
    )
    func tasks() throws {
        for name in ["quick", "published"] {
            let suite = try SuiteLibrary.find(
                "lezo-tasks", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: name)
            #expect(Set(suite.trials.map(\.cell.workload)).count == 11)
            let dropped = suite.trials.map { trial in
                if case .zerothOrder(let settings) = trial.cell.method {
                    settings.droppedLayerCount
                } else {
                    -1
                }
            }
            #expect(dropped.contains(0) && dropped.contains { $0 > 0 })
            #expect(suite.trials.contains { $0.cell.method == .zeroShot })
        }
        let published = try SuiteLibrary.find(
            "lezo-tasks", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: "published")
        for trial in published.trials {
            guard case .task(let name, let train, let development, let test) = trial.cell.workload else {
                continue
            }
            #expect(train == 1000 && test == 1000)
            #expect(development == (["cb", "copa"].contains(name) ? 100 : 500))
        }
    }

    @Test(
        "the suite of LoRA ranks has all parameters beside them, and prefixes where it is published, each with MeZO and LeZO"
    )
    func ranks() throws {
        func lowRank(_ rank: Int, alpha: Int, _ projections: [AttentionProjection]) -> TunedParameters {
            .adapters(.lowRank(rank: rank, alpha: Double(alpha), projections: projections))
        }
        let published = [2, 4, 8, 16, 32].map { lowRank($0, alpha: 2 * $0, [.query, .value]) }
        // Ranks at the papers' alpha / r, two at the papers' alpha, and one on all three projections.
        let quick =
            [2, 8, 32].map { lowRank($0, alpha: 2 * $0, [.query, .value]) }
            + [2, 32].map { lowRank($0, alpha: 16, [.query, .value]) }
            + [lowRank(8, alpha: 16, [.query, .key, .value])]
        let expected = [
            ("quick", quick + [.all]), ("published", published + [.adapters(.usualPrefix), .all]),
        ]
        for (name, tuned) in expected {
            let suite = try SuiteLibrary.find(
                "lezo-lora-ranks", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: name)
            var dropped: [TunedParameters: Set<Int>] = [:]
            for settings in suite.trials.compactMap(\.cell.method.zerothOrderSettings) {
                dropped[settings.tuned, default: []].insert(settings.droppedLayerCount)
            }
            #expect(Set(dropped.keys) == Set(tuned))
            #expect(dropped.values.allSatisfy { $0.count == 2 && $0.contains(0) })
        }
    }

    @Test(
        "the baselines suite has every baseline beside MeZO and LeZO, by the papers' settings where it is published"
    )
    func baselines() throws {
        for name in ["quick", "published"] {
            let suite = try SuiteLibrary.find(
                "lezo-baselines", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: name)
            let methods = suite.trials.filter { $0.cell.workload.taskName == "sst2" }.map(\.cell.method)
            #expect(methods.contains(.zeroShot) && methods.contains(.linearProbe))
            #expect(methods.contains { $0.inContextSettings != nil })
            #expect(Set(methods.compactMap { $0.zerothOrderSettings?.droppedLayerCount == 0 }).count == 2)
            let tuned = suite.trials.filter { $0.cell.method.firstOrderSettings?.tuned == .all }
            #expect(tuned.allSatisfy { $0.cell.method.firstOrderSettings?.rule == .adamW })
            if name == "published" {
                #expect(Set(tuned.map(\.cell.method.learningRate)) == [1e-5, 5e-5, 8e-5])
                #expect(
                    Set(tuned.map(\.cell.schedule))
                        == [TrainingSchedule(steps: 625, batchSize: 8, evaluateEvery: 125)])
            }
        }
    }

    @Test("published tasks without classes have linear probing by the head alone, all others by regression")
    func probing() throws {
        let suite = try SuiteLibrary.find(
            "lezo-baselines", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: "published")
        for (task, trials) in Dictionary(grouping: suite.trials, by: \.cell.workload.taskName) {
            let heads = trials.map(\.cell).filter(\.method.tunesHead)
            let hasClasses = !["copa", "record", "squad", "drop"].contains(task)
            #expect(trials.contains { $0.cell.method == .linearProbe } == hasClasses)
            #expect(heads.map(\.method.learningRate) == (hasClasses ? [] : [1e-4, 5e-4]))
            #expect(
                heads.allSatisfy {
                    $0.schedule == TrainingSchedule(steps: 625, batchSize: 8, evaluateEvery: 125)
                })
        }
    }

    @Test(
        "published baselines have table 16's learning rates, for generated answers those that it has for them"
    )
    func publishedRates() throws {
        let suite = try SuiteLibrary.find(
            "lezo-baselines", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: "published")
        let expected: [(TunedParameters, other: Set<Double>, generated: Set<Double>)] = [
            (.all, [1e-6, 1e-7], [1e-6, 5e-7, 1e-7]),
            (.adapters(.usualLowRank), [1e-4, 5e-5], [1e-4, 5e-5, 1e-5]),
            (.adapters(.usualPrefix), [1e-2, 1e-3], [5e-2, 1e-2, 5e-3]),
        ]
        for task in Set(suite.trials.compactMap(\.cell.workload.taskName)) {
            for (tuned, other, generated) in expected {
                var rates: [Int: Set<Double>] = [:]
                for trial in suite.trials where trial.cell.workload.taskName == task {
                    guard let settings = trial.cell.method.zerothOrderSettings, settings.tuned == tuned else {
                        continue
                    }
                    rates[settings.droppedLayerCount, default: []].insert(settings.learningRate)
                }
                #expect(rates.keys.sorted() == [0, 20, 30], "\(task)")
                let wanted = ["squad", "drop"].contains(task) ? generated : other
                #expect(rates.values.allSatisfy { $0 == wanted }, "\(task)")
            }
        }
    }

    @Test(
        "the memory suite times MeZO and LeZO on both plans beside fine-tuning that keeps activations and does not"
    )
    func memory() throws {
        let suite = try SuiteLibrary.find("lezo-memory", in: [Self.folder], vocabulary: Self.vocabulary)
        #expect(suite.trials.isEmpty && Set(suite.timingCells.map(\.model.name)) == ["opt-125m"])
        let zerothOrder = suite.timingCells.filter { $0.method.zerothOrderSettings != nil }
        for plan in ExecutionPlan.allCases {
            #expect(
                zerothOrder.filter { $0.plan == plan }.compactMap(
                    \.method.zerothOrderSettings?.droppedLayerCount
                ).sorted() == [0, 0, 9])
        }
        let fineTuned = suite.timingCells.compactMap(\.method.firstOrderSettings)
        for tuned in [TunedParameters.all, .adapters(.usualLowRank)] {
            let retentions = fineTuned.filter { $0.tuned == tuned && $0.rule == .adamW }.map(\.retention)
            #expect(retentions.count == 2 && Set(retentions) == [.kept, .recomputed])
        }
        let smol = try suite.filtered(by: [try SuiteFilter("model=smollm2-135m-instruct")])
        #expect(smol.timingCells.count == suite.timingCells.count)
    }

    @Test("the suite of drop numbers goes from none to all in eighths")
    func dropNumbers() throws {
        let dropped = { (name: String) throws -> [Int] in
            let suite = try SuiteLibrary.find(
                "lezo-drop-number", in: [Self.folder], vocabulary: Self.vocabulary, protocolName: name)
            let counts = suite.timingCells.compactMap { cell in
                if case .zerothOrder(let settings) = cell.method { settings.droppedLayerCount } else { nil }
            }
            return Set(counts).sorted()
        }
        #expect(try dropped("quick") == [0, 4, 8, 11, 15, 19, 23, 26, 30])
        #expect(try dropped("published") == Array(stride(from: 0, through: 40, by: 5)))
    }

    @Test("the smoke suite runs on the sandbox alone")
    func smoke() throws {
        let suite = try SuiteLibrary.find("smoke", in: [Self.folder], vocabulary: Self.vocabulary)
        #expect(suite.usesSandbox)
        #expect(suite.archives.keys.sorted() == ["boolq", "copa", "squad", "sst2"])
        #expect(suite.layerCounts == ["sandbox-opt": 12])
        #expect(Set(suite.trials.map(\.cell.plan)) == [.reference, .fused])
        #expect(Set(suite.timingCells.map(\.plan)) == [.reference, .fused])
    }

    @Test("the README explains every key")
    func keysAreExplained() throws {
        let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
        let keys = [
            "suite", "title", "claims", "sandbox", "models", "tasks", "shapes", "methods", "plans",
            "schedule", "seeds",
            "timing", "name", "weights", "optional", "archives", "train_examples", "dev_examples",
            "test_examples",
            "batch", "tokens", "learning_rate", "perturbation_scale", "noise", "sparsity", "dropped_layers",
            "schedule.steps", "schedule.batch_size", "schedule.eval_every", "seeds.data", "seeds.noise",
            "timing.rounds", "timing.warmup_steps", "timing.steps", "storage", "tuned", "rounding",
            "first_token", "title", "protocols", "default_protocol", "objective", "schedule.checkpoint",
            "demonstrations", "draw", "calibrate",
        ]
        for key in keys { #expect(text.contains("| `\(key)` |"), "\(key)") }
    }
}
