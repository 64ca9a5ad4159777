import Foundation
import LanguageModels
import Optimizers
import Suites
import Testing
import Training

@Suite("Tuned parameters of a suite")
struct TunedSuiteTests {
    private func tuned(_ text: String) throws -> [TunedParameters] {
        let suite = try SuiteTexts.read(SuiteTexts.replacing("[0, 0.75],", by: "0.5, tuned: \(text),"))
        return suite.trials.filter { $0.dataSeed == 0 }.compactMap { trial in
            trial.cell.method.zerothOrderSettings.flatMap { $0.droppedLayerCount > 0 ? $0.tuned : nil }
        }
    }

    @Test("adapters are named alone for the papers' settings, or with their own")
    func reading() throws {
        #expect(try tuned("low-rank") == [.adapters(.usualLowRank)])
        #expect(try tuned("prefix") == [.adapters(.prefix(tokens: 5))])
        #expect(try tuned("{low-rank: {rank: 8}}") == [.adapters(.usualLowRank)])
        #expect(
            try tuned(
                "[all, {low-rank: {rank: 4, alpha: 8, projections: [value, key]}}, {prefix: {tokens: 9}}]")
                == [
                    .all, .adapters(.lowRank(rank: 4, alpha: 8, projections: [.key, .value])),
                    .adapters(.prefix(tokens: 9)),
                ])
    }

    @Test(
        "the head alone is tuned by gradients, without a choice of activations, and answers to both of its names"
    )
    func head() throws {
        let suite = try SuiteTexts.read(
            SuiteTexts.replacing(
                "- zero-shot",
                by: "- {fine-tuning: {optimizer: adamw, tuned: [all, head], learning_rate: [1.0e-4, 5.0e-4], "
                    + "activations: [kept, recomputed]}}", in: SuiteTexts.tasks))
        let settings = suite.trials.filter { $0.dataSeed == 0 }.compactMap(\.cell.method.firstOrderSettings)
        #expect(
            settings.filter { $0.tuned == .head }
                == [1e-4, 5e-4].map {
                    FirstOrderSettings(rule: .adamW, learningRate: $0, retention: .kept, tuned: .head)
                })
        #expect(settings.count == 2 * 2 + 2)
        let probing = try suite.filtered(by: [SuiteFilter("method=linear-probing")])
        #expect(!probing.trials.isEmpty && probing.trials.allSatisfy { $0.cell.method.tunesHead })
        #expect(
            try suite.filtered(by: [SuiteFilter("method=fine-tuning"), SuiteFilter("tuned=head")]).trials
                == probing.trials)
        let cell = try #require(probing.trials.first?.cell)
        let json = try TrialIdentity.canonicalJSON(cell)
        #expect(json.contains(#""tuned":"head""#))
        #expect(try JSONDecoder().decode(Cell.self, from: Data(json.utf8)) == cell)
    }

    @Test("the head alone is refused where there is no gradient, and so are activations that nothing reads")
    func refusedHead() throws {
        for method in ["mezo", "lezo"] {
            let sparsity = method == "lezo" ? "sparsity: 0.5, " : ""
            let error = #expect(throws: SuiteError.self) {
                try SuiteTexts.read(
                    SuiteTexts.replacing(
                        "- zero-shot",
                        by: "- {\(method): {\(sparsity)tuned: head, learning_rate: 1.0e-6, "
                            + "perturbation_scale: 1.0e-3}}", in: SuiteTexts.tasks))
            }
            #expect(
                error?.description.contains(
                    "'tuned' is head, but the head alone is tuned by gradients, and '\(method)' has none; write "
                        + "{fine-tuning: {tuned: head, optimizer: adamw, learning_rate: [1.0e-4]}}") == true)
        }
        let error = #expect(throws: SuiteError.self) {
            try SuiteTexts.read(
                SuiteTexts.replacing(
                    "- zero-shot",
                    by: "- {fine-tuning: {optimizer: adamw, tuned: head, learning_rate: 1.0e-4, "
                        + "activations: recomputed}}", in: SuiteTexts.tasks))
        }
        #expect(
            error?.description.contains("'activations' is recomputed, but only the head is tuned") == true)
    }

    @Test("filters choose among adapters by their kind, rank and length")
    func filters() throws {
        let suite = try SuiteTexts.read(
            SuiteTexts.replacing(
                "[0, 0.75],",
                by: "0.5, tuned: [all, low-rank, {low-rank: {rank: 2}}, prefix, {prefix: {tokens: 9}}],"))
        func count(_ filters: String...) throws -> Int {
            try suite.filtered(by: filters.map { try SuiteFilter($0) }).trials.count
        }
        #expect(try count("method=lezo") == 10)
        #expect(try count("tuned=low-rank") == 4)
        #expect(try count("rank=2") == 2)
        #expect(try count("tuned=prefix", "prefix_tokens=9") == 2)
        #expect(try count("method=lezo", "tuned=all") == 2)
    }

    @Test("a cell that tunes adapters has a text of its own, from which it is read again")
    func identity() throws {
        let settings = ZerothOrderSettings(
            learningRate: 1e-4, perturbationScale: 1e-2, droppedLayerCount: 3, tuned: .adapters(.usualLowRank)
        )
        let text = try SuiteTexts.read(
            SuiteTexts.replacing("[0, 0.75],", by: "0.1, tuned: low-rank,")
                .replacingOccurrences(
                    of: "learning_rate: [1.0e-6], perturbation_scale: 1.0e-3",
                    with: "learning_rate: 1.0e-4, perturbation_scale: 1.0e-2")
        )
        .trials.last.map { try TrialIdentity.canonicalJSON($0.cell) }
        let json = try #require(text)
        #expect(
            json.contains(
                #""tuned":{"adapters":{"lowRank":{"alpha":16,"projections":["query","value"],"rank":8}}}"#))
        let cell = try JSONDecoder().decode(Cell.self, from: Data(json.utf8))
        #expect(cell.method == .zerothOrder(settings))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                Cell.self,
                from: Data(
                    json.replacingOccurrences(of: #"{"adapters"#, with: #"{"adaptors"#).utf8))
        }
    }

    @Test("adapters are not rounded to a model's storage")
    func rounding() throws {
        let text = SuiteTexts.replacing("{name: tiny-30}", by: "{name: tiny-30, storage: bfloat16}")
        let suite = try SuiteTexts.read(
            SuiteTexts.replacing(
                "[0, 0.75],", by: "0.5, tuned: [all, prefix], rounding: [nearest, stochastic],", in: text))
        let roundings = suite.trials.filter { $0.dataSeed == 0 }.compactMap { trial in
            trial.cell.method.zerothOrderSettings.flatMap {
                $0.droppedLayerCount > 0 ? "\($0.tuned.name) \($0.rounding.rawValue)" : nil
            }
        }
        #expect(roundings == ["all nearest", "all stochastic", "prefix nearest"])
    }
}
