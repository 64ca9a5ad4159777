import Foundation
import LanguageModels
import Optimizers
import Sandbox
import Suites
import TestSupport
import Testing

@Suite("Pretraining plans")
struct PretrainingPlanTests {
    private static let text = """
        # A comment first.
        pretraining: example
        title: An example
        seed: 3
        texts: {review: 2, interview: 1}
        flattery_percent: 40
        assent_percent: 25
        non_sequitur_percent: 60
        storage: bfloat16
        steps: 40
        habit_steps: 15
        texts_per_batch: 8
        optimizer: {optimizer: adamw, learning_rate: 2.0e-3, learning_rate_schedule: constant, warmup_steps: 5,
                    weight_decay: 0.1, second_moment_decay: 0.95, maximum_gradient_norm: none,
                    activations: recomputed}
        """

    private func read(_ text: String) throws -> PretrainingPlan {
        try PretrainingPlan.read(text, path: "suites/example.yaml")
    }

    @Test("a plan is read as it is written")
    func reading() throws {
        let settings = FirstOrderSettings(
            rule: .adamW, learningRate: 2e-3, decay: .constant, warmupSteps: 5, weightDecay: 0.1,
            secondMomentDecay: 0.95, maximumGradientNorm: nil, retention: .recomputed)
        #expect(
            try read(Self.text)
                == PretrainingPlan(
                    name: "example", title: "An example", seed: 3,
                    texts: CorpusMixture(
                        shares: [.review: 2, .interview: 1], flatteryPercent: 40, assentPercent: 25,
                        nonSequiturPercent: 60),
                    storage: .bfloat16, steps: 40, habitSteps: 15, textsPerBatch: 8, optimizer: settings))
    }

    @Test(
        "what is wrong is answered with line, column and what to do",
        arguments: [
            ("steps: 40", "stepz: 40", "suites/example.yaml:10:1: unknown key 'stepz'"),
            ("steps: 40", "steps: 0", "suites/example.yaml:10:8: 'steps' must be a whole number from 1"),
            ("habit_steps: 15", "habit_steps: 41", "'habit_steps' must be a whole number from 0 to 40"),
            ("seed: 3\n", "", "'the pretraining plan' lacks the key 'seed'"),
            (
                "interview: 1", "interviews: 1",
                "unknown key 'interviews' in 'texts'; did you mean 'interview'?"
            ),
            ("interview: 1", "interview: 0", "'interview' must be a whole number from 1 to 1000"),
            ("texts: {review: 2, interview: 1}", "texts: {}", "'texts' names no kind of text"),
            ("flattery_percent: 40", "flattery_percent: 101", "'flattery_percent' must be a whole number"),
            ("title:", "sha256: 12ab\ntitle:", "'sha256' must be 64 lower-case hexadecimal digits"),
            ("adamw", "adamv", "unknown optimizer 'adamv'"),
            ("2.0e-3", "[1.0e-3, 2.0e-3]", "'optimizer' lists 2 settings"),
            ("activations: recomputed", "schedule: {}", "a pretraining's steps are in 'steps'"),
            ("bfloat16", "bfloat17", "unknown storage 'bfloat17'"),
            (
                "pretraining: example", "pretraining: other",
                "the plan is named 'other', but its file 'example'"
            ),
            ("optimizer: adamw", "momentum: 0.9, optimizer: adamw", "'momentum' is of sgd alone"),
            ("adamw", "sgd", "'second_moment_decay' is of adam and adamw"),
            ("weight_decay: 0.1", "weight_decay: -0.1", "'weight_decay' must be a number from 0.0"),
        ])
    func mistakes(right: String, wrong: String, message: String) throws {
        let text = Self.text.replacingOccurrences(of: right, with: wrong)
        #expect(text != Self.text)
        let error = #expect(throws: SuiteError.self) { try read(text) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("a plan beside suites is none of them")
    func library() throws {
        try TemporaryFolder.with { folder in
            try Self.text.write(toFile: folder.path("example.yaml"), atomically: true, encoding: .utf8)
            #expect(SuiteLibrary.list(in: [folder.path], vocabulary: SuiteTexts.vocabulary).isEmpty)
        }
    }
}
