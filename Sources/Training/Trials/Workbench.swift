import Archives
package import Kernels
package import LanguageModels
import ModelFiles
package import Tokenization

/// A model in memory and the way to put it back to the weights it started from.
///
/// Going back reads the weights again instead of keeping a second copy, so a trial's memory stays that of inference.
package final class Workbench {
    /// The model; its parameters change as a trial goes on.
    package let model: any CausalLanguageModel
    /// The vocabulary that came with the weights, if any.
    package let vocabulary: TokenizerDefinition?
    private let origin: Origin

    private enum Origin {
        case random(seed: UInt64)
        case file(ModelSource)
    }

    /// Loads the model that a job names.
    ///
    /// - Throws: ``TrainingError``, `ModelFileError` or `LanguageModelError`, each naming what is wrong and where.
    package init(reference: ModelReference, modelPath: String?, team: ThreadTeam) throws {
        switch reference.weights {
        case .random(let seed):
            guard let configuration = KnownModels.configuration(named: reference.name) else {
                throw TrainingError.unknownModel(name: reference.name, known: KnownModels.names)
            }
            model = try ModelLoading.random(
                configuration: configuration, seed: seed, storage: reference.storage, team: team)
            vocabulary = nil
            origin = .random(seed: seed)
        case .file:
            guard let modelPath else { throw TrainingError.missingPath(what: "model '\(reference.name)'") }
            let source = try ModelCatalog.locate(name: reference.name, in: [modelPath])
            model = try ModelLoading.load(
                configuration: source.configuration, weights: source.weights, storage: reference.storage,
                team: team)
            vocabulary = source.tokenizer
            origin = .file(source)
        }
    }

    /// Puts the parameters back to their first values, bit for bit.
    ///
    /// Beside adapters the model's own parameters never changed.
    package func reset(team: ThreadTeam) throws {
        guard model.adapters == nil else { return try model.restartAdapters() }
        switch origin {
        case .random(let seed):
            ModelLoading.fillRandomly(model.parameters, seed: seed, team: team)
        case .file(let source):
            try ModelLoading.fill(model.parameters, configuration: model.configuration, from: source.weights)
        }
    }
}
