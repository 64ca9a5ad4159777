package import Kernels
package import ModelFiles

/// What can be wrong with a model's files, its sizes, or the tokens given to it.
package enum LanguageModelError: Error, CustomStringConvertible {
    /// The sizes do not make a model.
    case invalidConfiguration(reason: String)
    /// Adapters that cannot be.
    case invalidAdapter(reason: String)
    /// The checkpoint lacks a tensor.
    case missingTensor(name: String, expectedShape: [Int])
    /// A tensor has another shape than the configuration gives it.
    case shapeMismatch(name: String, found: [Int], expected: [Int])
    /// The checkpoint has tensors that a model of this configuration does not.
    case unexpectedTensors(names: [String])
    /// A tensor could not be read.
    case unreadableTensor(ModelFileError)
    /// A number of a tensor became infinite in the storage, or was before.
    case tensorBeyondStorage(name: String, storage: StorageFormat)
    /// A sequence without tokens.
    case emptySequence(index: Int)
    /// A scored count that is not between 1 and the number of tokens that have one before them.
    case invalidScoredCount(index: Int, scoredCount: Int, tokenCount: Int)
    /// A sequence beyond the model's positions.
    case sequenceTooLong(index: Int, tokenCount: Int, maximumPositions: Int)
    /// A token id that the vocabulary does not have.
    case tokenOutOfRange(index: Int, position: Int, token: Int32, vocabularySize: Int)
    /// A gradient was asked of parameters in 16 bits.
    case gradientNeedsFloat32(storage: StorageFormat)
    /// The system refused memory.
    case outOfMemory(OutOfMemory)

    package var description: String {
        switch self {
        case .invalidConfiguration(let reason):
            "the model configuration is not usable: \(reason); check config.json"
        case .invalidAdapter(let reason):
            "the adapter is not usable: \(reason); correct the suite"
        case .missingTensor(let name, let expectedShape):
            "the weights have no tensor '\(name)' (expected with shape \(expectedShape)); "
                + "check that weights and config.json belong together"
        case .shapeMismatch(let name, let found, let expected):
            "tensor '\(name)' has shape \(found), but the configuration needs \(expected); "
                + "check that weights and config.json belong together"
        case .unexpectedTensors(let names):
            "the weights have \(names.count) tensors that this configuration does not know, first "
                + "'\(names.first ?? "")'; check that weights and config.json belong together"
        case .unreadableTensor(let error):
            error.description
        case .tensorBeyondStorage(let name, let storage):
            "tensor '\(name)' has numbers that \(storage.rawValue) cannot hold as finite ones; store the model "
                + "as bfloat16 or float32"
        case .emptySequence(let index):
            "sequence \(index) of the batch has no tokens; every sequence needs at least one"
        case .invalidScoredCount(let index, let scoredCount, let tokenCount):
            "sequence \(index) of the batch asks for the log-probabilities of its last \(scoredCount) of "
                + "\(tokenCount) tokens; expected at least 1 and fewer than its tokens"
        case .sequenceTooLong(let index, let tokenCount, let maximumPositions):
            "sequence \(index) of the batch has \(tokenCount) tokens, but the model has positions for "
                + "\(maximumPositions); shorten the prompt"
        case .tokenOutOfRange(let index, let position, let token, let vocabularySize):
            "token \(position) of sequence \(index) has id \(token), but the vocabulary has ids 0 to "
                + "\(vocabularySize - 1); check that tokenizer and model belong together"
        case .gradientNeedsFloat32(let storage):
            "the parameters are stored as \(storage.rawValue), but gradients are computed for float32 alone; store the "
                + "model as float32"
        case .outOfMemory(let error):
            error.description
        }
    }
}
