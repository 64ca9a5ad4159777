import Suites
import Testing

@Suite("Suites of too many trials", .timeLimit(.minutes(2)))
struct SuiteSizeTests {
    /// A list in brackets.
    private func list(_ range: ClosedRange<Int>, _ element: (Int) -> String) -> String {
        "[" + range.map(element).joined(separator: ", ") + "]"
    }

    @Test("lists that multiply to more trials than a suite may have are refused before they are multiplied")
    func zerothOrder() throws {
        let rates = list(1...1500) { "\($0)e-9" }
        let text = SuiteTexts.replacing(
            "[1.0e-6, 2e-6], perturbation_scale: 1.0e-3", by: "\(rates), perturbation_scale: \(rates)")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        // Two data seeds: zero-shot, 1500 times 1500 of MeZO, two of LeZO.
        #expect(
            error?.description
                == "suites/example.yaml:9:3: the lists of 'methods' multiply to 4500006 trials, but a suite may "
                + "have 1000000; shorten the lists, or make several suites of it")
    }

    @Test("settings of fine-tuning are refused where they stand")
    func firstOrder() throws {
        let rates = list(1...1500) { "\($0)e-9" }
        let tuned = list(1...1500) { "{prefix: {tokens: \($0)}}" }
        let text = SuiteTexts.replacing(
            "- zero-shot",
            by: "- {fine-tuning: {optimizer: adamw, learning_rate: \(rates), tuned: \(tuned)}}")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        #expect(error?.line == 9)
        #expect(error?.problem.contains("'fine-tuning' multiply to 2250000 trials") == true)
    }

    @Test("a list that is too long is refused with its place, before its values are compared")
    func longList() throws {
        let seeds = list(1...10_001) { "\($0)" }
        let text = SuiteTexts.replacing("noise: [7]", by: "noise: \(seeds)")
        let error = #expect(throws: SuiteError.self) { try SuiteTexts.read(text) }
        #expect(
            error?.description
                == "suites/example.yaml:13:30: 'noise' lists 10001 values, but a list may have 10000; shorten the "
                + "list, or make several suites of it")
    }

    @Test("a sweep of 5,000 noise seeds and three settings is read")
    func longSweep() throws {
        let seeds = list(0...4_999) { "\($0)" }
        let text = SuiteTexts.replacing("data: [0, 1], noise: [7]", by: "data: [0], noise: \(seeds)")
        // Zero-shot takes no noise; LeZO's entry that drops nothing is MeZO's.
        #expect(try SuiteTexts.read(text).trials.count == 1 + 3 * 5_000)
    }
}
