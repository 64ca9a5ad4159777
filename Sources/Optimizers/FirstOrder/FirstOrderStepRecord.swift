/// What one step of a first-order optimizer did and measured.
///
/// It cannot be replayed, for the gradient is not in it. A trial that goes on after a stop is run again from its
/// beginning and must come to the same numbers.
package struct FirstOrderStepRecord: Sendable, Hashable, Codable {
    /// The step's number, from 1.
    package var step: Int
    /// The loss of the batch before the step.
    package var loss: Float
    /// The norm of the gradient of the tuned parameters, before clipping.
    package var gradientNorm: Double
    /// The learning rate of the step.
    package var learningRate: Double
    /// How long the forward pass took.
    package var forwardNanoseconds: Int64
    /// How long the backward pass took, the clearing of the gradient and repeated forward passes included.
    package var backwardNanoseconds: Int64
    /// How long the norm of the gradient and the update took.
    package var updateNanoseconds: Int64

    /// A record from all its values.
    package init(
        step: Int, loss: Float, gradientNorm: Double, learningRate: Double, forwardNanoseconds: Int64,
        backwardNanoseconds: Int64, updateNanoseconds: Int64
    ) {
        self.step = step
        self.loss = loss
        self.gradientNorm = gradientNorm
        self.learningRate = learningRate
        self.forwardNanoseconds = forwardNanoseconds
        self.backwardNanoseconds = backwardNanoseconds
        self.updateNanoseconds = updateNanoseconds
    }

    /// The sum of the phases.
    package var totalNanoseconds: Int64 { forwardNanoseconds + backwardNanoseconds + updateNanoseconds }

    /// Whether two records say the same of the mathematics; their times may differ.
    ///
    /// All numbers are finite, so equal ones have the same bits but for the sign of a zero.
    package func hasSameNumbers(as other: FirstOrderStepRecord) -> Bool {
        step == other.step && loss == other.loss && gradientNorm == other.gradientNorm
            && learningRate == other.learningRate
    }
}

/// A loss or a gradient was not finite; no update was made.
package struct NonFiniteGradient: Error, Hashable, CustomStringConvertible {
    /// The step's number, from 1.
    package let step: Int
    /// The loss of the batch.
    package let loss: Float
    /// The norm of the gradient.
    package let gradientNorm: Double

    package var description: String {
        "training diverged in step \(step): the loss was \(loss) and the norm of its gradient \(gradientNorm), and both "
            + "must be finite; try a smaller learning rate"
    }
}
