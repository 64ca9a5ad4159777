import CKernels

/// One step of a first-order optimizer on a run of parameters, on the calling thread.
///
/// Determinism class: the same bits on every instruction set, however a run is cut into calls.
package enum ParameterUpdate {
    /// The numbers of one step of Adam (Kingma and Ba 2015, algorithm 1) or AdamW (Loshchilov and Hutter 2019,
    /// algorithm 2).
    package struct AdamStep: Sendable, Hashable {
        /// β₁.
        package var firstDecay: Double
        /// β₂.
        package var secondDecay: Double
        /// Added to the root of the corrected second moment.
        package var epsilon: Float
        /// Learning rate / (1 - β₁ᵗ).
        package var stepSize: Float
        /// √(1 - β₂ᵗ).
        package var rootCorrection: Float

        /// A step from all its numbers.
        package init(
            firstDecay: Double, secondDecay: Double, epsilon: Float, stepSize: Float, rootCorrection: Float
        ) {
            self.firstDecay = firstDecay
            self.secondDecay = secondDecay
            self.epsilon = epsilon
            self.stepSize = stepSize
            self.rootCorrection = rootCorrection
        }
    }

    /// What else a step does to gradients and parameters.
    package struct Decay: Sendable, Hashable {
        /// Times the parameter, added to the gradient.
        package var penalty: Float
        /// The factor of the parameter before the step.
        package var shrinking: Float

        /// A decay from both numbers; none by default.
        package init(penalty: Float = 0, shrinking: Float = 1) {
            self.penalty = penalty
            self.shrinking = shrinking
        }
    }

    /// Adam with `g = gradientScale · gradient + penalty · θ`:
    /// `m ← m + (1 - β₁)(g - m)`, `v ← β₂ v + (1 - β₂) g²`, `θ ← θ - stepSize · m / (√v / rootCorrection + ε)`.
    package static func adam(
        _ step: AdamStep, decay: Decay, gradientScale: Float, gradient: UnsafePointer<Float>,
        firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>,
        parameters: UnsafeMutablePointer<Float>, count: Int
    ) {
        var numbers = ck_adam_step(
            first_share: Float(1 - step.firstDecay), second_decay: Float(step.secondDecay),
            second_share: Float(1 - step.secondDecay), epsilon: step.epsilon, step_size: step.stepSize,
            root_correction: step.rootCorrection, penalty: decay.penalty, shrinking: decay.shrinking,
            gradient_scale: gradientScale)
        ck_gradients().pointee.adam(parameters, gradient, firstMoment, secondMoment, count, &numbers)
    }

    /// Descent with `g` as above: `θ ← θ - rate · g`, or with a velocity `u ← momentum · u + g`, `θ ← θ - rate · u`.
    ///
    /// In the first step the velocity becomes g, whatever it was.
    package static func descent(
        rate: Float, momentum: Float, penalty: Float, gradientScale: Float, gradient: UnsafePointer<Float>,
        velocity: UnsafeMutablePointer<Float>?, isFirst: Bool, parameters: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        var numbers = ck_descent_step(
            learning_rate: rate, momentum: momentum, penalty: penalty, gradient_scale: gradientScale)
        ck_gradients().pointee.descent(parameters, gradient, velocity, count, &numbers, isFirst ? 1 : 0)
    }

    /// The sum of squares, in double precision and a fixed order.
    package static func squareSum(_ values: UnsafePointer<Float>, count: Int) -> Double {
        ck_gradients().pointee.square_sum(values, count)
    }
}
