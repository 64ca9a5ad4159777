import ArgumentParser
import LanguageModels
import ModelFiles

extension InspectCommand {
    /// What a model is made of.
    struct Model: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "model",
            abstract: "Print a model's configuration, tensors and parameter counts.",
            discussion: """
                Tensors have Hugging Face's names and shapes, whatever the file; types are those that the file names.

                EXAMPLES
                  lezobench inspect model opt-125m --models MODELS
                  lezobench inspect model MODELS/smollm2.gguf
                """)

        @Argument(
            help: "A model's name (looked for under --models), or the path of a folder, file or archive.")
        var model: String

        @OptionGroup var models: ModelPaths

        func run() throws {
            let source = try ModelCatalog.open(nameOrPath: model, in: models.paths)
            try printJSON(ModelAnswer(source))
        }
    }
}

private struct ModelAnswer: Encodable {
    struct Parameters: Encodable {
        let total: Int
        let inDecoderLayers: Int
        let alwaysTuned: Int
    }

    struct Tensor: Encodable {
        let name: String
        let shape: [Int]
        let type: String?
    }

    let model: String
    let path: String
    let format: String
    let file: String
    let byteCount: Int
    let configuration: ModelConfiguration
    let hasVocabulary: Bool
    let parameters: Parameters
    let tensors: [Tensor]

    init(_ source: ModelSource) {
        let counts = ParameterCounts(configuration: source.configuration)
        model = source.name
        path = source.location.text
        format = source.format
        file = source.fileName
        byteCount = source.byteCount
        configuration = source.configuration
        hasVocabulary = source.tokenizer != nil
        parameters = Parameters(
            total: counts.total, inDecoderLayers: counts.inDecoderLayers,
            alwaysTuned: counts.total - counts.inDecoderLayers)
        tensors = source.weights.tensorNames.map { name in
            Tensor(
                name: name, shape: source.weights.shape(of: name) ?? [],
                type: source.weights.storedType(of: name))
        }
    }
}
