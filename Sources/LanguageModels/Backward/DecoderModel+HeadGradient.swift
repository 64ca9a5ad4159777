import Kernels

/// The gradient of the head alone: what lies before it is only read, so nothing is kept for a backward pass.
extension DecoderModel {
    /// The loss of a batch, with its gradient by the head's weight added to `gradient`, through its use as a head alone.
    ///
    /// Where embeddings and head are one tensor, its use as an embedding passes nothing back, although a step that follows
    /// this gradient changes the embeddings too. Memory is that of a forward pass, some rows' logits, and the gradient.
    ///
    /// Source: `OPTForCausalLM.forward` in `ht_opt.py` of MeZO's large-model code, which computes the decoder, projection out
    /// included, under `no_grad` and then `lm_head`.
    ///
    /// - Parameters:
    ///   - sequences: What the batch was packed from.
    ///   - gradient: Of the head's weight alone.
    /// - Returns: The loss, and when it was known, by the monotonic clock.
    /// - Throws: What `loss` throws; `gradient` is then unchanged.
    func headLossGradient(
        _ batch: PackedBatch, of sequences: [ScoredSequence], into gradient: GradientArena,
        pass: ForwardPass, loss: ([[Float]]) throws -> ScoredLoss
    ) throws -> (loss: Float, forwardEnd: Int64) {
        let rows = try headInput(of: batch, pass: pass)
        let scores = try head.scores(of: batch.targets, after: rows, pass: pass)[0]
        let value = try loss(sequences.split(scores.logProbabilities))
        precondition(value.derivatives.map(\.count) == sequences.map(\.scoredCount))
        let forwardEnd = MonotonicClock.nanoseconds()
        try head.backward(
            batch.targets, derivatives: value.derivatives.flatMap { $0 }, rows: rows,
            logSums: scores.logSums, into: nil, pass: BackwardPass(forward: pass, gradient: gradient))
        return (value.value, forwardEnd)
    }
}
