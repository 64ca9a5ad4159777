/// How a batch is laid out and how much of it is computed.
package enum BatchLayout: Sendable, Hashable {
    /// As the published code trains: every sequence a full row, padded on the left to a multiple of 8, and
    /// the head's product computed at every position, padding included.
    case reference
    /// Nothing that no scored token needs: no padding, prompts shared by sequences computed once, the end of the
    /// last layer and the head only at positions whose logits are read. For the fused plan and for evaluation.
    case packed

    /// How many token rows go through the decoder for these sequences, which are ones that a model accepts.
    package func rowCount(of sequences: [ScoredSequence]) -> Int {
        switch self {
        case .reference: PaddedBatch(sequences.map(\.tokens), roundingTo: 8).rows.count
        case .packed: PackedBatch(sequences).rows.count
        }
    }
}
