package import Foundation
package import ModelFiles
package import Tasks
package import Training

/// A batch of examples with their options, as token ids.
///
/// The file is one JSON object: `{"examples": [{"gold": 0, "options": [{"tokens": [2, 5, 9], "scored": 1}, …]}, …]}`.
/// `gold` is the index of the right option, `scored` how many of an option's last tokens carry the loss. With several
/// options the loss is the cross-entropy over them, as of a classification; where every example has only one it is
/// that of the scored tokens, as of a task that is taught its answers.
package struct OptionBatch: Sendable, Hashable {
    /// The file's name without folders and extension.
    package let name: String
    /// The examples, encoded; at least one, each with at least one option.
    package let examples: [EncodedExample]

    /// What its loss is.
    package var objective: Objective {
        examples.allSatisfy { $0.options.count == 1 } ? .goldTokenCrossEntropy : .optionCrossEntropy
    }

    private struct File: Decodable {
        struct Example: Decodable {
            struct Option: Decodable {
                let tokens: [Int32]
                let scored: Int
            }
            let gold: Int
            let options: [Option]
        }
        let examples: [Example]
    }

    /// Reads a batch for a model of these sizes.
    ///
    /// - Throws: ``BenchmarkError`` naming the file, the place in it, what was found and what was expected.
    package init(path: String, configuration: ModelConfiguration) throws(BenchmarkError) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadableBatch(path: path, reason: error.localizedDescription)
        }
        try self.init(
            json: bytes, path: path,
            name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent,
            configuration: configuration)
    }

    /// Reads a batch from the bytes of its file.
    package init(json: Data, path: String, name: String, configuration: ModelConfiguration)
        throws(BenchmarkError)
    {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: json)
        } catch {
            throw .malformedBatch(path: path, error: error)
        }
        func require(_ holds: Bool, _ place: String, _ found: String, _ expected: String)
            throws(BenchmarkError)
        {
            if !holds { throw .badBatchValue(path: path, place: place, found: found, expected: expected) }
        }
        try require(!file.examples.isEmpty, "examples", "an empty list", "at least one example")
        var examples: [EncodedExample] = []
        for (index, example) in file.examples.enumerated() {
            let place = "examples[\(index)]"
            try require(
                example.options.indices.contains(example.gold), "\(place).gold", "\(example.gold)",
                "the index of one of its \(example.options.count) options")
            for (number, option) in example.options.enumerated() {
                let place = "\(place).options[\(number)]"
                try require(
                    (2...configuration.maximumPositions).contains(option.tokens.count), "\(place).tokens",
                    "\(option.tokens.count) tokens", "2 to \(configuration.maximumPositions)")
                try require(
                    (1..<option.tokens.count).contains(option.scored), "\(place).scored", "\(option.scored)",
                    "1 to \(option.tokens.count - 1)")
                let wrong = option.tokens.first { $0 < 0 || Int($0) >= configuration.vocabularySize }
                try require(
                    wrong == nil, "\(place).tokens", "token \(wrong ?? 0)",
                    "ids from 0 to \(configuration.vocabularySize - 1)")
            }
            examples.append(
                EncodedExample(
                    id: place,
                    options: example.options.map {
                        EncodedOption(tokens: $0.tokens, optionTokenCount: $0.scored)
                    }, goldIndex: example.gold, promptTokens: [], goldAnswers: []))
        }
        self.name = name
        self.examples = examples
    }
}
