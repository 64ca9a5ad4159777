/// Values out of their range, and lists that say a thing twice.
extension WrongSuite {
    static let values = [
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

    static let lists = [
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
}
