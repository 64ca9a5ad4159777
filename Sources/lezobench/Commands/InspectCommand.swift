import ArgumentParser
import Kernels
import LanguageModels
import ModelFiles
import Provenance
import Runner
import Tokenization

/// Shows what a model makes of a text, as JSON, to check against other implementations.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Print what a model makes of a text or a task's example, or what it is made of, as one JSON object.",
        discussion: """
            EXAMPLES
              lezobench inspect model opt-125m --models MODELS
              lezobench inspect tokens --model opt-125m --models MODELS --text "A photo of a cat"
              lezobench inspect logprobs --model opt-125m --models MODELS --text "A photo of a cat"
              lezobench inspect example --task wsc --data DATA --id train:17
            """,
        subcommands: [Tokens.self, LogProbabilities.self, ExampleTokens.self, Model.self])

    /// The model and text to look at.
    struct Subject: ParsableArguments {
        @Option(help: "A model's name (looked for under --models), or the path of a folder, file or archive.")
        var model: String

        @Option(help: "The text.")
        var text: String

        @Option(
            name: .customLong("models"), help: "Where to look for a named model; may be given several times.")
        var modelPaths: [String] = []

        /// Opens the model by name or path.
        func source() throws -> ModelSource {
            try ModelCatalog.open(nameOrPath: model, in: modelPaths)
        }

        /// The vocabulary of the model.
        func tokenizer(of source: ModelSource) throws -> Tokenizer {
            guard let definition = source.tokenizer else {
                throw InputError("the model at \(source.path) has no vocabulary beside its weights")
            }
            do {
                return try Tokenizer(definition)
            } catch {
                throw InputError("\(source.path): \(error)")
            }
        }
    }

    /// Token ids of a text.
    struct Tokens: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tokens",
            abstract:
                "Print the text's token ids, with the leading token that the tokenizer adds by default.",
            discussion: """
                EXAMPLE
                  lezobench inspect tokens --model opt-125m --models MODELS --text "A photo of a cat"
                """)

        @OptionGroup var subject: Subject

        func run() throws {
            let source = try subject.source()
            let tokens = try subject.tokenizer(of: source).encodeWithLeadingToken(subject.text)
            try printJSON(TokensAnswer(model: source.name, text: subject.text, tokens: tokens))
        }
    }

    /// Log-probabilities of a text's tokens.
    struct LogProbabilities: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "logprobs",
            abstract:
                "Print the natural-log probability of each token after the first, given those before it.",
            discussion: """
                EXAMPLE
                  lezobench inspect logprobs --model smollm2-135m-instruct --models MODELS --text "The sky is blue"
                """)

        @OptionGroup var subject: Subject

        func run() throws {
            try ProperBLAS.relaunchIfNeeded()
            let source = try subject.source()
            let tokens = try subject.tokenizer(of: source).encodeWithLeadingToken(subject.text)
            guard tokens.count >= 2 else {
                throw InputError(
                    "the text has \(tokens.count) tokens; at least 2 are needed, as the first one has none before it"
                )
            }
            let team = ThreadTeam(threadCount: AllowedResources.processorCount())
            let model = try ModelLoading.load(
                configuration: source.configuration, weights: source.weights, team: team)
            let values = try model.scoredLogProbabilities(
                [ScoredSequence(tokens: tokens, scoredCount: tokens.count - 1)], layout: .packed)
            try printJSON(
                LogProbabilitiesAnswer(
                    model: source.name, text: subject.text, tokens: tokens, logprobs: values.first ?? []))
        }
    }
}

private struct TokensAnswer: Encodable {
    let model: String
    let text: String
    let tokens: [Int32]
}

private struct LogProbabilitiesAnswer: Encodable {
    let model: String
    let text: String
    let tokens: [Int32]
    let logprobs: [Float]
}
