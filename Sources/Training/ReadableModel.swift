package import ModelFiles
package import Tasks
package import Tokenization

/// What must be known of a model to encode examples for it.
package struct ReadableModel: Sendable {
    /// Its name, for messages.
    package let name: String
    /// Where it was found, for messages; nil for random weights.
    package let path: String?
    /// Its sizes.
    package let configuration: ModelConfiguration
    /// Its vocabulary, if it has one.
    package let vocabulary: TokenizerDefinition?
    /// What texts begin with.
    package let firstToken: FirstToken

    /// A model from its parts.
    package init(
        name: String, path: String?, configuration: ModelConfiguration, vocabulary: TokenizerDefinition?,
        firstToken: FirstToken = .published
    ) {
        self.name = name
        self.path = path
        self.configuration = configuration
        self.vocabulary = vocabulary
        self.firstToken = firstToken
    }

    /// What the published code sets the leading token of OPT's tokenizer to, whose default is 2.
    private static let publishedOPTToken: Int32 = 0

    /// What makes the model's tokens of examples.
    ///
    /// Texts are cut to 2,048 tokens, or to the model's positions if it has fewer.
    ///
    /// - Throws: ``TrainingError`` when there is no vocabulary, or one that cannot be used.
    package func encoder() throws -> ExampleEncoder {
        guard let vocabulary else {
            throw TrainingError.missingVocabulary(model: name, path: path ?? "(random weights)")
        }
        let tokenizer: Tokenizer
        do {
            tokenizer = try Tokenizer(vocabulary)
        } catch {
            throw TrainingError.unusableVocabulary(
                model: name, path: path ?? "(random weights)", reason: error)
        }
        return ExampleEncoder(
            tokenizer: tokenizer,
            leadingToken: firstToken == .published && configuration.family == .opt
                ? Self.publishedOPTToken : vocabulary.leadingToken,
            maximumTokens: min(2048, configuration.maximumPositions))
    }
}
