/// What a forward pass keeps for the backward pass.
///
/// The gradients have the same bits either way.
package enum ActivationRetention: String, Sendable, Hashable, Codable, CaseIterable {
    /// All that every layer computed: the faster way.
    case kept
    /// The input of each layer alone; the rest of a layer is computed a second time when its turn comes (gradient
    /// checkpointing; Chen et al. 2016, arXiv 1604.06174). Memory is that of one layer, and of one row of the residual
    /// stream for each layer and token.
    case recomputed
}
