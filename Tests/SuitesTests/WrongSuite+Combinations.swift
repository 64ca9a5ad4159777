/// Settings that do not go together.
extension WrongSuite {
    static let protocols = [
        WrongSuite(
            old: "{name: tiny-30}", new: "{name: tiny-30, weights: random(1)}",
            message: "suites/example.yaml:5:30: random weights have no vocabulary and learn nothing, "
                + "so 'tiny-30' cannot run tasks; use 'weights: file', or time it on 'shapes' instead of 'tasks'"
        ),
        WrongSuite(
            old: "weights: random(1)}\n  - {name: tiny-10", new: "weights: random}\n  - {name: tiny-10",
            message:
                "suites/example.yaml:4:29: 'weights' must be 'file' or 'random(SEED)' such as random(1), "
                + "but it is 'random'", text: SuiteTexts.shapes),
        WrongSuite(
            old: "dropped_layers: [0, 2]", new: "dropped_layers: [0, 5]",
            message:
                "suites/example.yaml:10:33: 'dropped_layers' is 5, but 'tiny-4' has only 4 decoder layers",
            text: SuiteTexts.shapes),
        WrongSuite(
            old: "dropped_layers: [0, 2]", new: "dropped_layers: [0, 2], sparsity: 0.5",
            message:
                "suites/example.yaml:10:29: 'lezo' needs either 'sparsity' or 'dropped_layers', and has both",
            text: SuiteTexts.shapes),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], rounding: [nearest, stochastic],",
            message:
                "suites/example.yaml:11:44: 'rounding' is stochastic, but all models hold their parameters in "
                + "float32, which is always rounded to nearest; give a model 'storage: bfloat16' or "
                + "'storage: float16', or leave 'rounding' out"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.99], tuned: [all, decoder-layers],",
            message:
                "suites/example.yaml:11:41: 'tuned' is decoder-layers, but 'lezo' also leaves out all 30 "
                + "decoder layers of 'tiny-30', so that nothing is left to tune; lower the sparsity, or write "
                + "'tuned: all'"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.99], tuned: [all, prefix],",
            message:
                "suites/example.yaml:11:41: 'tuned' is prefix, but 'lezo' also leaves out all 30 "
                + "decoder layers of 'tiny-30', so that nothing is left to tune; lower the sparsity, or write "
                + "'tuned: all'"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: prefix, rounding: stochastic,",
            message:
                "suites/example.yaml:11:59: 'rounding' is stochastic, but only adapters are tuned, whose parameters "
                + "are float32 whatever the model's storage, and are always rounded to nearest; leave 'rounding' out"
        ),
        WrongSuite(
            old: "sparsity: [0, 0.75], ", new: "",
            message: "suites/example.yaml:11:12: 'lezo' needs either 'sparsity' or 'dropped_layers', "
                + "and has neither"),
        WrongSuite(
            old: "methods:\n", new: "methods:\n  - zero-shot\n",
            message:
                "suites/example.yaml:10:5: 'zero-shot' takes no steps, so a suite of shapes cannot time it",
            text: SuiteTexts.shapes),
        WrongSuite(
            old: "methods:\n", new: "schedule: {steps: 1, batch_size: 1, eval_every: 1}\nmethods:\n",
            message:
                "suites/example.yaml:9:11: 'schedule' means nothing in a suite of shapes, which is only timed; "
                + "remove it", text: SuiteTexts.shapes),
        WrongSuite(
            old: "schedule: {steps: 30, batch_size: 4, eval_every: 10}\n", new: "",
            message: "suites/example.yaml:1:1: a suite that trains needs the key 'schedule'"),
        WrongSuite(
            old: "methods:\n  - zero", new: "shapes: [{batch: 1, tokens: 2}]\nmethods:\n  - zero",
            message:
                "suites/example.yaml:8:10: a suite has either 'tasks' or 'shapes', but this one has both; "
                + "make two suites of it"),
    ]

    static let contexts = [
        WrongSuite(
            old: "- zero-shot", new: "- in-context",
            message:
                "suites/example.yaml:9:5: 'in-context' needs settings; write {in-context: {demonstrations: 32}}"
        ),
        WrongSuite(
            old: "- zero-shot", new: "- {in-context: {calibrate: true}}",
            message: "suites/example.yaml:9:18: 'in-context' lacks the key 'demonstrations'"),
        WrongSuite(
            old: "- zero-shot", new: "- {in-context: {demonstrations: 0}}",
            message:
                "suites/example.yaml:9:35: 'demonstrations' must be a whole number from 1 to 10000, but it is '0'"
        ),
        WrongSuite(
            old: "- zero-shot", new: "- {in-context: {demonstrations: 4, draw: per-exmaple}}",
            message:
                "suites/example.yaml:9:44: unknown draw 'per-exmaple'; did you mean 'per-example'? "
                + "Known: per-example, fixed-set"),
        WrongSuite(
            old: "- zero-shot", new: "- {in-context: {demonstrations: 4, calibrate: yes}}",
            message: "suites/example.yaml:9:49: 'calibrate' must be true or false, but it is 'yes'"),
        WrongSuite(
            old: "- zero-shot", new: "- {in-context: {demonstrations: [4, 4]}}",
            message: "suites/example.yaml:9:39: 'demonstrations' lists '4' twice; remove one of them"),
        WrongSuite(
            old: "- zero-shot", new: "- zero-shot\n  - {zero-shot: {calibrate: [true, false]}}",
            message:
                "suites/example.yaml:10:5: 'methods' lists one setting of 'zero-shot' twice; remove one of them"
        ),
        WrongSuite(
            old: "- zero-shot", new: "- {zero-shot: {demonstrations: 4}}",
            message:
                "suites/example.yaml:9:18: unknown key 'demonstrations' in 'zero-shot'; known: calibrate"),
        WrongSuite(
            old: "seeds:", new: "objective: accuracy\nseeds:",
            message:
                "suites/example.yaml:13:12: unknown objective 'accuracy'; known: log-likelihood, metric"),
        WrongSuite(
            old: "eval_every: 10}", new: "eval_every: 10, checkpoint: dev-los}",
            message:
                "suites/example.yaml:12:66: unknown checkpoint rule 'dev-los'; did you mean 'dev-loss'? "
                + "Known: dev-loss, dev-metric"),
        WrongSuite(
            old: "dev_examples: 4", new: "dev_examples: 0",
            message:
                "suites/example.yaml:7:3: 'sst2' asks for no example to train on or none to choose by, but the suite "
                + "trains; ask for at least one of each, or leave only methods that take no steps"),
        WrongSuite(
            old: "{name: sst2,", new: "{name: squad, plans: [fused],",
            message:
                "suites/example.yaml:7:3: 'squad' is scored by generated answers, so its metric can be optimised on "
                + "the reference plan only, but 'plans' lists fused; give the task 'plans: [reference]', or write "
                + "'objective: log-likelihood'", text: SuiteTexts.tasks + "\nobjective: metric\n"),
        WrongSuite(
            old: "dropped_layers: [0, 2]", new: "dropped_layers: [0, 2], objective: metric",
            message:
                "suites/example.yaml:10:5: random tokens have no metric, so a suite of shapes cannot optimise it; "
                + "leave 'objective' out", text: SuiteTexts.shapes),
        WrongSuite(
            old: """
                - zero-shot
                  - {mezo: {learning_rate: [1.0e-6, 2e-6], perturbation_scale: 1.0e-3}}
                  - {lezo: {sparsity: [0, 0.75], learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
                """,
            new: "- {zero-shot: {calibrate: true}}",
            message:
                "suites/example.yaml:9:3: all tasks are scored by generated answers, which have no options to "
                + "calibrate; leave 'calibrate' out, or add a task with options",
            text: SuiteTexts.replacing("name: sst2", by: "name: squad")),
    ]
}
