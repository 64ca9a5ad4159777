/// Names that mean nothing.
extension WrongSuite {
    static let names = [
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
                + "Known: all, decoder-layers, head, low-rank, prefix"),
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
}
