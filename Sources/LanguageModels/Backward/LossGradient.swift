/// A loss as a function of the log-probabilities of scored tokens.
package struct ScoredLoss: Sendable, Hashable {
    /// The loss.
    package var value: Float
    /// Its derivative by each log-probability, one array a sequence.
    package var derivatives: [[Float]]

    /// A loss from its two parts.
    package init(value: Float, derivatives: [[Float]]) {
        self.value = value
        self.derivatives = derivatives
    }
}

/// What a forward and a backward pass came to, beside the gradient itself.
package struct LossGradient: Sendable, Hashable {
    /// The loss at the parameters as they stand.
    package var loss: Float
    /// How long the forward pass took, the loss included.
    package var forwardNanoseconds: Int64
    /// How long the backward pass took, forward passes of layers that it repeated included.
    package var backwardNanoseconds: Int64

    /// A result from all its values.
    package init(loss: Float, forwardNanoseconds: Int64, backwardNanoseconds: Int64) {
        self.loss = loss
        self.forwardNanoseconds = forwardNanoseconds
        self.backwardNanoseconds = backwardNanoseconds
    }
}
