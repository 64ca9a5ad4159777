package import Kernels
package import ModelFiles

/// A token sequence whose last tokens are scored.
package struct ScoredSequence: Sendable, Hashable {
    /// Token ids, the leading special token included.
    package var tokens: [Int32]
    /// How many of the last tokens get a log-probability; at least 1 and less than `tokens.count`.
    package var scoredCount: Int

    /// A sequence whose last `scoredCount` tokens are scored.
    package init(tokens: [Int32], scoredCount: Int) {
        self.tokens = tokens
        self.scoredCount = scoredCount
    }
}

/// A decoder-only language model with its parameters in one arena.
///
/// A model keeps its work space between calls and is used from one thread; its loops use its own team.
package protocol CausalLanguageModel: AnyObject {
    /// The parameters; writing to them changes the next call.
    var parameters: ParameterArena { get }
    /// Sizes of the model.
    var configuration: ModelConfiguration { get }
    /// The adapters, if the model has any; probes, updates and gradients are then of them alone.
    var adapters: Adapters? { get }

    /// Gives the model new adapters in place of any that it had.
    ///
    /// Low-rank adapters leave its values as they are; a prefix begins as the keys and values of tokens drawn
    /// uniformly from the vocabulary. Both depend on the seed, and a prefix on the model's parameters.
    ///
    /// - Throws: ``LanguageModelError/invalidAdapter(reason:)``, or ``LanguageModelError/outOfMemory(_:)``.
    func attach(_ settings: AdapterSettings, seed: UInt64) throws

    /// Puts the adapters back to their first values, bit for bit; does nothing without adapters.
    ///
    /// A prefix begins as activations, so the model's own parameters must be what they were when it was attached.
    func restartAdapters() throws

    /// The natural-log probability of each scored token given all tokens before it in its own sequence.
    ///
    /// - Parameters:
    ///   - sequences: One batch; rows attend only to themselves.
    ///   - layout: How much is computed; the values do not depend on it beyond float rounding.
    /// - Returns: One array a sequence, `scoredCount` values in token order.
    func scoredLogProbabilities(_ sequences: [ScoredSequence], layout: BatchLayout) throws -> [[Float]]

    /// The same, packed, under both sides of a perturbation that is never stored.
    ///
    /// One pass over the active parameters: it carries out `pending` first, element by element, then reads each
    /// parameter as `θ + ε z` and `θ - ε z`. However the call ends, `pending` has then been carried out on all its
    /// elements, with the same bits as by ``ParameterArena/apply(_:team:)``, and nothing else has changed.
    ///
    /// - Parameters:
    ///   - sequences: One batch; rows attend only to themselves.
    ///   - probe: The perturbation.
    ///   - pending: The update of the step before, if it was not carried out yet.
    /// - Returns: The scores on both sides, laid out as by ``scoredLogProbabilities(_:layout:)``.
    func probedLogProbabilities(
        _ sequences: [ScoredSequence], probe: ParameterProbe, after pending: PendingUpdate?
    ) throws -> ProbedScores

    /// The loss of a batch, and its gradient by every parameter, which is added to `gradient`.
    ///
    /// Packed; each sequence's scored tokens carry the loss. The same bits whatever is retained and for any number of
    /// threads. By ``headWeight`` alone the gradient is that of its use as the head: where embeddings and head are one, what
    /// the loss owes to the embeddings is no part of it, and no activations are retained.
    ///
    /// - Parameters:
    ///   - sequences: One batch; rows attend only to themselves.
    ///   - retention: Whether the activations of all layers stay in memory, or are computed a second time.
    ///   - gradient: A gradient of this model's tuned parameters, or of ``headWeight`` alone.
    ///   - loss: The loss and its derivatives, given the scores laid out as by
    ///     ``scoredLogProbabilities(_:layout:)``.
    /// - Throws: ``LanguageModelError/gradientNeedsFloat32(storage:)`` for parameters in 16 bits; what `loss` throws.
    func lossGradient(
        _ sequences: [ScoredSequence], retention: ActivationRetention, into gradient: GradientArena,
        loss: ([[Float]]) throws -> ScoredLoss
    ) throws -> LossGradient

    /// What the head reads before each scored token, in token order, one row a token; packed.
    func headInputs(_ sequences: [ScoredSequence]) throws -> [[Float]]

    /// The weights of the head, one row for each token of the vocabulary; the token embeddings where the two are one.
    var headWeight: Parameter { get }

    /// Greedy continuation of each prompt, without the prompt, ending before or at a stop token.
    ///
    /// - Parameters:
    ///   - prompts: Token ids of each prompt; lengths may differ.
    ///   - maximumNewTokens: The most tokens to add to each.
    ///   - stopTokens: A row ends with the first of these; it is part of the result.
    func generate(prompts: [[Int32]], maximumNewTokens: Int, stopTokens: Set<Int32>) throws -> [[Int32]]

    /// The bytes of activations that the model holds between calls for forward passes, and of the gradients of one
    /// layer's activations.
    var workspaceBytes: Int { get }

    /// The bytes of activations that the model holds between calls for backward passes.
    var tapeBytes: Int { get }
}

extension CausalLanguageModel {
    /// The parameters that are tuned: those of adapters where there are any.
    package var tunedParameters: ParameterArena { adapters?.arena ?? parameters }
}

/// The scores of a batch on both sides of a perturbation, and where the time of getting them went.
package struct ProbedScores: Sendable, Hashable {
    /// Log-probabilities at θ + ε z, one array a sequence.
    package var plus: [[Float]]
    /// Log-probabilities at θ - ε z.
    package var minus: [[Float]]
    /// Time of drawing z and adding it for the probe: the mean over the team's threads.
    package var perturbNanoseconds: Int64
    /// Time of carrying out the pending update: the mean over the team's threads.
    package var updateNanoseconds: Int64
    /// What 16-bit storage kept of the pending update; nothing is counted for float32.
    package var updateTally: UpdateTally

    /// Scores from all their values.
    package init(
        plus: [[Float]], minus: [[Float]], perturbNanoseconds: Int64, updateNanoseconds: Int64,
        updateTally: UpdateTally
    ) {
        self.plus = plus
        self.minus = minus
        self.perturbNanoseconds = perturbNanoseconds
        self.updateNanoseconds = updateNanoseconds
        self.updateTally = updateTally
    }
}
