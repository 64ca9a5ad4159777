/// Keys and YAML that no suite has.
extension WrongSuite {
    static let keys = [
        WrongSuite(
            old: "sparsity", new: "sparcity",
            message: "suites/example.yaml:11:13: unknown key 'sparcity' in 'lezo'; did you mean 'sparsity'? "
                + "Known: sparsity, dropped_layers, learning_rate, perturbation_scale, noise, tuned, rounding, "
                + "objective"),
        WrongSuite(
            old: "schedule:", new: "shedule:",
            message:
                "suites/example.yaml:12:1: unknown key 'shedule' in 'the suite'; did you mean 'schedule'? "
                + "Known: suite, title, claims, sandbox, models, tasks, shapes, methods, objective, plans, schedule, "
                + "seeds, timing, protocols, default_protocol"),
        WrongSuite(
            old: "eval_every", new: "evaluate_each_so_often",
            message: "suites/example.yaml:12:38: unknown key 'evaluate_each_so_often' in 'schedule'; "
                + "known: steps, batch_size, eval_every, checkpoint"),
        WrongSuite(
            old: "batch_size: 4, ", new: "",
            message: "suites/example.yaml:12:11: 'schedule' lacks the key 'batch_size'"),
        WrongSuite(
            old: "title: An example", new: "title: An example\ntitle: Another",
            message:
                "suites/example.yaml:2:1: the key 'title' is given twice in one mapping; remove one of them"),
        WrongSuite(
            old: "title: An example\n", new: "",
            message: "suites/example.yaml:1:1: 'the suite' lacks the key 'title'"),
    ]

    static let syntax = [
        WrongSuite(
            old: "[LEZO-phase]", new: "[LEZO-phase",
            message: "suites/example.yaml:4:7: this is not YAML: did not find expected ',' or ']' "
                + "(while parsing a flow sequence in line 3); check the indentation, brackets and quotes there"
        ),
        WrongSuite(
            old: SuiteTexts.tasks, new: "",
            message: "suites/example.yaml:1:1: the file is empty"),
        WrongSuite(
            old: SuiteTexts.tasks, new: "[1, 2]",
            message:
                "suites/example.yaml:1:1: 'the suite' must be a mapping with the keys suite, title, claims, "
                + "sandbox, models, tasks, shapes, methods, objective, plans, schedule, seeds, timing, protocols, "
                + "default_protocol, but it is a list"
        ),
    ]
}
