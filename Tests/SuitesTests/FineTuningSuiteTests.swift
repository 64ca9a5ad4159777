import Foundation
import LanguageModels
import Optimizers
import Suites
import Testing
import Training

/// Fine-tuning by gradients in suites.
@Suite("Suites that fine-tune")
struct FineTuningSuiteTests {
    private static let text = """
        suite: example
        title: An example
        models: [{name: tiny-30}]
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
        methods:
          - {mezo: {learning_rate: 1.0e-6, perturbation_scale: 1.0e-3}}
          - {fine-tuning: {optimizer: [sgd, adamw], learning_rate: [1.0e-5, 5.0e-5], warmup_steps: 3,
              weight_decay: 0.01, momentum: 0.9, maximum_gradient_norm: none,
              activations: [kept, recomputed], schedule: {steps: 9, batch_size: 2, eval_every: 3}}}
        plans: [reference, fused]
        schedule: {steps: 30, batch_size: 4, eval_every: 10}
        seeds: {noise: [0, 1]}
        timing: {rounds: 2, warmup_steps: 1, steps: 2}
        """

    private func settings(_ suite: Suite) -> [FirstOrderSettings] {
        suite.trials.compactMap(\.cell.method.firstOrderSettings)
    }

    @Test(
        "every optimizer, treatment of activations, learning rate and noise seed is one trial for all plans")
    func expansion() throws {
        let suite = try SuiteTexts.read(Self.text)
        #expect(suite.trials.count == 2 * 2 + 2 * 2 * 2 * 2)
        let cells = suite.trials.map(\.cell).filter { $0.method.firstOrderSettings != nil }
        #expect(
            cells.allSatisfy {
                $0.plan == .reference
                    && $0.schedule == TrainingSchedule(steps: 9, batchSize: 2, evaluateEvery: 3)
            })
        func settings(_ rule: UpdateRule, _ retention: ActivationRetention, _ rate: Double)
            -> FirstOrderSettings
        {
            FirstOrderSettings(
                rule: rule, learningRate: rate, warmupSteps: 3, weightDecay: 0.01,
                momentum: rule == .sgd ? 0.9 : 0, maximumGradientNorm: nil, retention: retention)
        }
        #expect(
            self.settings(suite)
                == [
                    settings(.sgd, .kept, 1e-5), settings(.sgd, .kept, 5e-5),
                    settings(.sgd, .recomputed, 1e-5),
                    settings(.sgd, .recomputed, 5e-5), settings(.adamW, .kept, 1e-5),
                    settings(.adamW, .kept, 5e-5), settings(.adamW, .recomputed, 1e-5),
                    settings(.adamW, .recomputed, 5e-5),
                ].flatMap { [$0, $0] })
        // Two plans of MeZO, and one cell for each optimizer and treatment of activations.
        #expect(suite.timingCells.count == 2 + 4)
    }

    @Test("what is left out is as usual trainers have it: linear, no warm-up, no decay, clipped to 1, kept")
    func defaults() throws {
        let text = SuiteTexts.replacing(
            "- zero-shot", by: "- {fine-tuning: {optimizer: adamw, learning_rate: 8.0e-5}}",
            in: SuiteTexts.tasks)
        let cell = try #require(try SuiteTexts.read(text).trials.first?.cell)
        #expect(cell.method == .firstOrder(FirstOrderSettings(rule: .adamW, learningRate: 8e-5)))
        #expect(cell.schedule == TrainingSchedule(steps: 30, batchSize: 4, evaluateEvery: 10))
    }

    @Test("a trial comes back from its JSON, and every setting is part of its identity")
    func identity() throws {
        let suite = try SuiteTexts.read(Self.text)
        let identities = try suite.trials.map { try TrialIdentity.hash(specification: $0, inputs: []) }
        #expect(Set(identities).count == suite.trials.count)
        for trial in suite.trials {
            let data = Data(try TrialIdentity.canonicalJSON(trial.cell).utf8)
            #expect(try JSONDecoder().decode(Cell.self, from: data) == trial.cell)
        }
    }

    @Test("a suite whose methods all have their own schedule needs none")
    func ownSchedules() throws {
        let text = SuiteTexts.replacing(
            "  - {mezo: {learning_rate: 1.0e-6, perturbation_scale: 1.0e-3}}\n", by: "",
            in: SuiteTexts.replacing(
                "schedule: {steps: 30, batch_size: 4, eval_every: 10}\n", by: "", in: Self.text))
        #expect(try SuiteTexts.read(text).trials.count == 16)
    }

    @Test(
        "it can be filtered by",
        arguments: [
            (["method=fine-tuning"], 16), (["optimizer=adamw"], 8), (["activations=recomputed"], 8),
            (["learning_rate=5e-5"], 8), (["optimizer=sgd", "activations=kept", "noise_seed=1"], 2),
        ])
    func filters(_ filters: [String], _ trials: Int) throws {
        let suite = try SuiteTexts.read(Self.text)
        #expect(try suite.filtered(by: filters.map { text in try SuiteFilter(text) }).trials.count == trials)
    }

    @Test("a suite of shapes times it, once for all learning rates")
    func shapes() throws {
        let text = SuiteTexts.replacing(
            "- {lezo: {dropped_layers: [0, 2], learning_rate: 1.0e-7, perturbation_scale: 1.0e-3}}",
            by: "- {fine-tuning: {optimizer: adamw, learning_rate: [1.0e-5, 1.0e-4]}}", in: SuiteTexts.shapes)
        let suite = try SuiteTexts.read(text)
        #expect(suite.trials.isEmpty)
        #expect(suite.timingCells.map(\.method.learningRate) == [1e-5, 1e-5])
    }

    static let mistakes = [
        WrongSuite(
            old: "{optimizer: [sgd, adamw]", new: "{optimizer: lion",
            message: "suites/example.yaml:8:31: unknown optimizer 'lion'; known: sgd, adam, adamw",
            text: text),
        WrongSuite(
            old: "[sgd, adamw]", new: "adamw",
            message: "suites/example.yaml:9:37: 'momentum' is of sgd alone, but the optimizer is adamw",
            text: text),
        WrongSuite(
            old: "[1.0e-5, 5.0e-5]", new: "11",
            message:
                "suites/example.yaml:8:60: 'learning_rate' must be a number above 0.0 up to 10.0, but it is '11'",
            text: text),
        WrongSuite(
            old: "warmup_steps: 3,", new: "warm_up_steps: 3,",
            message:
                "suites/example.yaml:8:78: unknown key 'warm_up_steps' in 'fine-tuning'; did you mean 'warmup_steps'? "
                + "Known: optimizer, learning_rate, learning_rate_schedule, warmup_steps, weight_decay, momentum, "
                + "first_moment_decay, second_moment_decay, maximum_gradient_norm, activations, tuned, objective, "
                + "schedule", text: text),
        WrongSuite(
            old: "title: An example", new: "title: An example\nobjective: metric",
            message:
                "suites/example.yaml:9:19: the metric jumps where an answer changes and is flat elsewhere, so "
                + "'fine-tuning' has no gradient to follow; give it 'objective: log-likelihood'", text: text),
        WrongSuite(
            old: "{name: tiny-30}", new: "{name: tiny-30, storage: [float32, bfloat16]}",
            message:
                "suites/example.yaml:8:19: 'fine-tuning' updates parameters in float32, but a model holds them in "
                + "bfloat16; leave 'storage' out for suites that fine-tune, or make two suites of it",
            text: text),
        WrongSuite(
            old: "- {mezo: {learning_rate: 1.0e-6, perturbation_scale: 1.0e-3}}", new: "- fine-tuning",
            message:
                "suites/example.yaml:7:5: 'fine-tuning' needs settings; write {fine-tuning: {optimizer: adamw, "
                + "learning_rate: [1.0e-5]}}", text: text),
    ]

    private static let probing = SuiteTexts.replacing(
        "- zero-shot", by: "- linear-probing",
        in: SuiteTexts.replacing(
            "methods:",
            by:
                "  - {name: copa, archives: [COPA.zip], train_examples: 8, dev_examples: 4, test_examples: 6}\nmethods:",
            in: SuiteTexts.tasks))

    @Test("a linear probe has one trial for each data seed of each task with classes")
    func linearProbing() throws {
        let suite = try SuiteTexts.read(Self.probing)
        let probes = suite.trials.filter { $0.cell.method == .linearProbe }
        #expect(probes.map(\.cell.workload.taskName) == ["sst2", "sst2"])
        #expect(probes.map(\.dataSeed) == [0, 1] && probes.map(\.noiseSeed) == [0, 0])
        #expect(probes.allSatisfy { $0.cell.schedule.steps == 0 })
        #expect(try suite.filtered(by: [SuiteFilter("method=linear-probing")]).trials == probes)
    }

    static let probeMistakes = [
        WrongSuite(
            old: "- linear-probing", new: "- linear-probing\n  - linear-probing",
            message: "suites/example.yaml:11:5: 'methods' lists 'linear-probing' twice; remove one of them",
            text: probing),
        WrongSuite(
            old: "- linear-probing", new: "- {linear-probing: {folds: 5}}",
            message: "suites/example.yaml:10:22: 'linear-probing' has no settings; write '- linear-probing'",
            text: probing),
        WrongSuite(
            old: "name: sst2, archives: [SST-2.zip], train_examples: 8",
            new:
                "name: squad, archives: [squad], train_examples: 8",
            message:
                "suites/example.yaml:10:3: 'linear-probing' tells the classes of a task apart, and no task that lists it "
                + "has classes; remove it, or add a task with a fixed set of answers such as sst2",
            text: probing),
    ]

    @Test("every mistake is met with file, line, column and what to do", arguments: mistakes + probeMistakes)
    func mistake(_ wrong: WrongSuite) throws {
        let text = SuiteTexts.replacing(wrong.old, by: wrong.new, in: wrong.text)
        try #require(text != wrong.text, "the change must apply")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        #expect(error?.description == wrong.message)
    }
}
