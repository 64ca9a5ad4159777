import Foundation
import Suites

/// Suite texts and a vocabulary of three models for tests.
enum SuiteTexts {
    static let vocabulary = SuiteVocabulary(
        modelNames: ["tiny-4", "tiny-10", "tiny-30"],
        layerCount: { ["tiny-4": 4, "tiny-10": 10, "tiny-30": 30][$0] },
        taskNames: ["sst2", "boolq", "copa", "squad"], generationTasks: ["squad"],
        classificationTasks: ["sst2", "boolq"],
        titledTasks: ["boolq": "boolq-with-titles"], claimNames: ["LEZO-speed", "LEZO-phase"])

    /// A small suite of tasks that is right; tests change lines of it.
    static let tasks = """
        suite: example
        title: An example
        claims: [LEZO-phase]
        models:
          - {name: tiny-30}
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 4, test_examples: 6}
        methods:
          - zero-shot
          - {mezo: {learning_rate: [1.0e-6, 2e-6], perturbation_scale: 1.0e-3}}
          - {lezo: {sparsity: [0, 0.75], learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}}
        schedule: {steps: 30, batch_size: 4, eval_every: 10}
        seeds: {data: [0, 1], noise: [7]}
        timing: {rounds: 6, warmup_steps: 1, steps: 3}
        """

    /// A small suite of shapes that is right.
    static let shapes = """
        suite: example
        title: An example
        models:
          - {name: tiny-4, weights: random(1)}
          - {name: tiny-10, weights: random(1), optional: true}
        shapes:
          - {batch: 1, tokens: 32}
          - {batch: 16, tokens: 64}
        methods:
          - {lezo: {dropped_layers: [0, 2], learning_rate: 1.0e-7, perturbation_scale: 1.0e-3}}
        timing: {rounds: 6, warmup_steps: 1, steps: 3}
        """

    static func read(_ text: String) throws(SuiteError) -> Suite {
        try Suite.read(text, path: "suites/example.yaml", vocabulary: vocabulary)
    }

    /// `text` with its only occurrence of `old` replaced.
    static func replacing(_ old: String, by new: String, in text: String = tasks) -> String {
        text.replacingOccurrences(of: old, with: new)
    }
}
