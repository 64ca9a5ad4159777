import Suites
import Testing
import Training

@Suite("Suite filters")
struct SuiteFilterTests {
    private func filtered(_ filters: String..., text: String = SuiteTexts.tasks) throws -> Suite {
        try SuiteTexts.read(text).filtered(by: filters.map { filter in try SuiteFilter(filter) })
    }

    @Test(
        "filters with one key are alternatives, with different keys they must all hold",
        arguments: [
            (["method=mezo"], 4, 1), (["method=zero-shot"], 2, 0), (["method=lezo"], 4, 2),
            (["method=zero-shot", "method=mezo"], 6, 1), (["sparsity=0.75"], 2, 1), (["sparsity=.750"], 2, 1),
            (["dropped_layers=23", "data_seed=1"], 1, 1), (["learning_rate=0.000002"], 2, 1),
            (["noise_seed=7"], 8, 2), (["model=tiny-30", "task=sst2", "plan=reference"], 8, 2),
        ])
    func selection(_ filters: [String], _ trials: Int, _ timingCells: Int) throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
            .filtered(by: filters.map { filter in try SuiteFilter(filter) })
        #expect(suite.trials.count == trials)
        #expect(suite.timingCells.count == timingCells)
    }

    @Test("no filter keeps everything")
    func none() throws {
        #expect(try filtered().trials == SuiteTexts.read(SuiteTexts.tasks).trials)
    }

    @Test("an optional entry comes in when its axis is filtered, and only then")
    func optional() throws {
        #expect(try filtered("model=tiny-10", text: SuiteTexts.shapes).timingCells.count == 4)
        #expect(
            try filtered("shape=16x64", text: SuiteTexts.shapes).timingCells.map(\.model.name) == [
                "tiny-4", "tiny-4",
            ])
        let both = try filtered("model=tiny-10", "shape=16x64", text: SuiteTexts.shapes)
        #expect(both.timingCells.map(\.model.name) == ["tiny-10", "tiny-10"])
        #expect(both.layerCounts == ["tiny-10": 10])
    }

    @Test("a learning rate that is not the first leaves the timing cell as it is")
    func timingIsStable() throws {
        let cells = try filtered("method=mezo").timingCells
        #expect(try filtered("method=mezo", "learning_rate=2e-6").timingCells == cells)
    }

    @Test(
        "a filter that is wrong or matches nothing names what is valid",
        arguments: [
            (
                "sparsity",
                "a filter has the form key=value, but it is 'sparsity'; known keys are: model, storage, task, shape, "
                    + "method, demonstrations, calibrate, draw, objective, sparsity, dropped_layers, learning_rate, "
                    + "optimizer, activations, tuned, rank, prefix_tokens, rounding, plan, data_seed, noise_seed"
            ),
            (
                "sparcity=1",
                "unknown filter key 'sparcity' in 'sparcity=1'; did you mean 'sparsity'? Known: model, "
                    + "storage, task, shape, method, demonstrations, calibrate, draw, objective, sparsity, "
                    + "dropped_layers, learning_rate, optimizer, activations, tuned, rank, prefix_tokens, rounding, plan, "
                    + "data_seed, noise_seed"
            ),
            ("sparsity=half", "the filter 'sparsity=half' needs a number after 'sparsity='"),
            (
                "sparsity=0.5",
                "the filter 'sparsity=0.5' matches nothing in suite 'example'; its values are: 0.0, 0.75"
            ),
            (
                "shape=1x2",
                "suite 'example' has no shape to filter by; it has: model, storage, task, method, calibrate, "
                    + "objective, sparsity, dropped_layers, learning_rate, tuned, rounding, plan, data_seed, noise_seed"
            ),
        ])
    func wrong(_ filter: String, _ message: String) throws {
        let suite = try SuiteTexts.read(SuiteTexts.tasks)
        let error = #expect(throws: SuiteError.self) {
            let parsed = try SuiteFilter(filter)
            _ = try suite.filtered(by: [parsed])
        }
        #expect(error?.description == message)
    }

    @Test(
        "storage, rounding, tuned parameters and plan can be filtered by",
        arguments: [
            (["storage=float32"], 3), (["storage=bfloat16"], 4), (["rounding=stochastic"], 1),
            (["rounding=nearest"], 4), (["tuned=decoder-layers"], 3),
            (["storage=bfloat16", "plan=fused"], 4),
        ])
    func storage(_ filters: [String], _ cells: Int) throws {
        var text = SuiteTexts.replacing(
            "{name: tiny-30}", by: "{name: tiny-30, storage: [float32, bfloat16]}")
        text = SuiteTexts.replacing(
            "sparsity: [0, 0.75]",
            by: "rounding: [nearest, stochastic], tuned: decoder-layers, sparsity: 0.75",
            in: text)
        text = SuiteTexts.replacing("1.0e-6, 2e-6", by: "1.0e-6", in: text)
        text = SuiteTexts.replacing("seeds: {data: [0, 1]", by: "plans: [fused]\nseeds: {data: [0]", in: text)
        let suite = try SuiteTexts.read(text).filtered(by: filters.map { filter in try SuiteFilter(filter) })
        #expect(suite.trials.count == cells)
    }

    @Test("filters that exclude each other are an error")
    func nothingLeft() throws {
        let error = #expect(throws: SuiteError.self) { try filtered("method=zero-shot", "sparsity=0.75") }
        #expect(
            error?.description
                == "the filters method=zero-shot, sparsity=0.75 together leave nothing of suite 'example'; "
                + "leave one of them out")
    }
}
