import Suites
import Testing

/// A change to a suite that is right, and the message that it must give.
struct WrongSuite: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var message: String
    var text = SuiteTexts.tasks
    var testDescription: String { message }
}

@Suite("Suite errors")
struct SuiteErrorTests {
    @Test("every mistake is met with file, line, column and what to do", arguments: mistakes)
    func mistake(_ wrong: WrongSuite) throws {
        let text = SuiteTexts.replacing(wrong.old, by: wrong.new, in: wrong.text)
        try #require(text != wrong.text, "the change must apply")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        #expect(error?.description == wrong.message)
    }

    @Test("the unchanged texts are right")
    func unchanged() throws {
        _ = try SuiteTexts.read(SuiteTexts.tasks)
        _ = try SuiteTexts.read(SuiteTexts.shapes)
    }

    @Test("every beginning of a file is read or refused with its place, and nothing else happens")
    func prefixes() {
        for text in [SuiteTexts.tasks, SuiteTexts.shapes] {
            for end in text.indices {
                do {
                    _ = try SuiteTexts.read(String(text[..<end]))
                } catch {
                    #expect(error.line != nil && error.column != nil, "\(error)")
                }
            }
        }
    }

    static let mistakes = keys + values + names + lists + protocols + contexts + syntax

    private static let keys = [
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

    private static let values = [
        WrongSuite(
            old: "steps: 30", new: "steps: thirty",
            message: "suites/example.yaml:12:19: 'steps' must be a whole number from 1 to 10000000, "
                + "but it is 'thirty'"),
        WrongSuite(
            old: "steps: 30", new: "steps: \"30\"",
            message: "suites/example.yaml:12:19: 'steps' must be a whole number from 1 to 10000000, "
                + "but it is the quoted text '30'; remove the quotes"),
        WrongSuite(
            old: "steps: 30", new: "steps: 030",
            message:
                "suites/example.yaml:12:19: 'steps' must be a whole number from 1 to 10000000, but it is '030'"
        ),
        WrongSuite(
            old: "steps: 30", new: "steps: ~",
            message:
                "suites/example.yaml:12:19: 'steps' must be a whole number from 1 to 10000000, but it is '~'"
        ),
        WrongSuite(
            old: "batch_size: 4", new: "batch_size: 4097",
            message: "suites/example.yaml:12:35: 'batch_size' must be a whole number from 1 to 4096, "
                + "but it is '4097'"),
        WrongSuite(
            old: "[0, 0.75]", new: "[0, 1.25]",
            message:
                "suites/example.yaml:11:27: 'sparsity' must be a number from 0.0 to 1.0, but it is '1.25'"),
        WrongSuite(
            old: "[0, 0.75]", new: "[0, nan]",
            message: "suites/example.yaml:11:27: 'sparsity' must be a number from 0.0 to 1.0, but it is 'nan'"
        ),
        WrongSuite(
            old: "1.0e-6, 2e-6", new: "0, 2e-6",
            message:
                "suites/example.yaml:10:29: 'learning_rate' must be a number above 0.0 up to 1.0, but it is '0'"
        ),
        WrongSuite(
            old: "noise: [7]", new: "noise: [-7]",
            message:
                "suites/example.yaml:13:31: 'noise' must be a whole number from 0 to 18446744073709551615, "
                + "but it is '-7'"),
        WrongSuite(
            old: "data: [0, 1]", new: "data: [0, 4294967296]",
            message: "suites/example.yaml:13:19: 'data' must be a whole number from 0 to 4294967295, "
                + "but it is '4294967296'"),
        WrongSuite(
            old: "seeds:", new: "sandbox: yes\nseeds:",
            message: "suites/example.yaml:13:10: 'sandbox' must be true or false, but it is 'yes'"),
        WrongSuite(
            old: "title: An example", new: "title: ~",
            message: "suites/example.yaml:2:8: 'title' must be a text, but it is '~'"),
    ]

    private static let names = [
        WrongSuite(
            old: "tiny-30", new: "tiny-31",
            message: "suites/example.yaml:5:12: unknown model 'tiny-31'; did you mean 'tiny-30'? "
                + "Known: tiny-4, tiny-10, tiny-30"),
        WrongSuite(
            old: "name: sst2", new: "name: SST-2",
            message: "suites/example.yaml:7:12: unknown task 'SST-2'; did you mean 'sst2'? "
                + "Known: sst2, boolq, copa, squad"),
        WrongSuite(
            old: "LEZO-phase", new: "LEZO-phrase",
            message: "suites/example.yaml:3:10: unknown claim 'LEZO-phrase'; did you mean 'LEZO-phase'?"),
        WrongSuite(
            old: "- {mezo", new: "- {mozo",
            message: "suites/example.yaml:10:6: unknown key 'mozo' in 'method'; did you mean 'mezo'? "
                + "Known: zero-shot, in-context, linear-probing, mezo, lezo, fine-tuning"),
        WrongSuite(
            old: "- zero-shot", new: "- mezo",
            message: "suites/example.yaml:9:5: 'mezo' needs settings; "
                + "write {mezo: {learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}"),
        WrongSuite(
            old: "seeds:", new: "plans: [fast]\nseeds:",
            message: "suites/example.yaml:13:9: unknown plan 'fast'; known: reference, fused"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], noise: gausian,",
            message: "suites/example.yaml:11:41: unknown noise 'gausian'; did you mean 'gaussian'? "
                + "Known: gaussian, rademacher"),
        WrongSuite(
            old: "{name: tiny-30}", new: "{name: tiny-30, storage: bf16}",
            message: "suites/example.yaml:5:30: unknown storage 'bf16'; known: float32, bfloat16, float16"
        ),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: decoder-layer,",
            message:
                "suites/example.yaml:11:41: unknown tuned 'decoder-layer'; did you mean 'decoder-layers'? "
                + "Known: all, decoder-layers, low-rank, prefix"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: {low-rank: {ranks: 8}},",
            message: "suites/example.yaml:11:53: unknown key 'ranks' in 'low-rank'; did you mean 'rank'? "
                + "Known: rank, alpha, projections"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: {low-rank: {alpha: 8}},",
            message: "suites/example.yaml:11:52: 'low-rank' lacks the key 'rank'"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: {low-rank: {rank: 8, projections: [query, values]}},",
            message: "suites/example.yaml:11:83: unknown projection 'values'; did you mean 'value'? "
                + "Known: query, key, value"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: {prefix: {tokens: 0}},",
            message:
                "suites/example.yaml:11:59: 'tokens' must be a whole number from 1 to 4096, but it is '0'"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: {prefix: {tokens: 5}, low-rank: {rank: 8}},",
            message: "suites/example.yaml:11:41: 'tuned' must be one kind of adapters with its settings; "
                + "start a new '-' for each kind"),
        WrongSuite(
            old: "[0, 0.75],", new: "[0, 0.75], tuned: [prefix, {prefix: {tokens: 5}}],",
            message: "suites/example.yaml:11:50: 'tuned' lists a mapping twice; remove one of them"),
        WrongSuite(
            old: "suite: example", new: "suite: sample",
            message: "suites/example.yaml:1:8: the suite is named 'sample', but its file 'example.yaml'; "
                + "give both the same name, by which 'lezobench run' finds it"),
        WrongSuite(
            old: "[SST-2.zip]", new: "[glue/SST-2.zip]",
            message: "suites/example.yaml:7:29: 'archives' holds file names without a folder, "
                + "but this is 'glue/SST-2.zip'; write the name alone and give the folder with --data"),
    ]

    private static let lists = [
        WrongSuite(
            old: "data: [0, 1]", new: "data: []",
            message: "suites/example.yaml:13:15: 'data' is an empty list; list at least one value"),
        WrongSuite(
            old: "data: [0, 1]", new: "data: [1, 1]",
            message: "suites/example.yaml:13:19: 'data' lists '1' twice; remove one of them"),
        WrongSuite(
            old: "1.0e-6, 2e-6", new: "1.0e-6, 0.000001",
            message: "suites/example.yaml:10:37: 'learning_rate' lists '0.000001' twice; remove one of them"),
        WrongSuite(
            old: "  - {name: tiny-30}", new: "  - {name: tiny-30}\n  - {name: tiny-30}",
            message: "suites/example.yaml:6:5: 'models' lists 'tiny-30' twice; remove one of them"),
        WrongSuite(
            old: "  - {name: tiny-30}",
            new: "  - {name: tiny-30, storage: [float32, bfloat16]}\n  - {name: tiny-30, storage: bfloat16}",
            message: "suites/example.yaml:6:5: 'models' lists 'tiny-30' in bfloat16 twice; remove one of them"
        ),
        WrongSuite(
            old: "{batch: 16, tokens: 64}", new: "{batch: 1, tokens: 32}",
            message: "suites/example.yaml:8:5: 'shapes' lists 1x32 twice; remove one of them",
            text: SuiteTexts.shapes),
        WrongSuite(
            old: "models:\n  - {name: tiny-30}", new: "models: tiny-30",
            message: "suites/example.yaml:4:9: 'models' must be a list, but it is 'tiny-30'"),
        WrongSuite(
            old: "- {name: tiny-30}", new: "- tiny-30",
            message:
                "suites/example.yaml:5:5: 'model' must be a mapping with the keys name, weights, storage, first_token, optional, "
                + "but it is 'tiny-30'"),
    ]

    private static let protocols = [
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

    private static let contexts = [
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

    private static let syntax = [
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

    @Test("aliases of aliases, which stand for a value of any size, are refused by line")
    func aliases() throws {
        let chain = (1...12).map { level in
            let former = [String](repeating: level == 1 ? "x" : "*a\(level - 1)", count: 9).joined(
                separator: ", ")
            return "k\(level): &a\(level) [\(former)]"
        }
        let error = #expect(throws: SuiteError.self) {
            try Suite.read(
                chain.joined(separator: "\n") + "\n? *a12\n: 1\n", path: "example.yaml",
                vocabulary: SuiteTexts.vocabulary)
        }
        #expect(error?.line == 4)
        #expect(error?.problem.contains("more than 24 aliases") == true)
    }

    @Test("lists that nest without end are refused with their place", arguments: ["[", "{a: ", "- ", "? "])
    func nesting(opening: String) throws {
        let error = #expect(throws: SuiteError.self) {
            try Suite.read(
                "suite: " + (opening == "- " || opening == "? " ? "\n" : "")
                    + String(repeating: opening, count: 20_000),
                path: "example.yaml", vocabulary: SuiteTexts.vocabulary)
        }
        #expect(error?.problem.isEmpty == false && error?.file == "example.yaml")
    }
}
