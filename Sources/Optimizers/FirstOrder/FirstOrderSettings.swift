package import LanguageModels

/// How a gradient becomes a change of the parameters.
package enum UpdateRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// `θ ← θ - η g`, with a velocity if there is momentum.
    case sgd
    /// Adam; weight decay is part of the gradient (Kingma and Ba 2015).
    case adam
    /// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).
    case adamW = "adamw"

    /// The usual way to write its name.
    package var words: String {
        switch self {
        case .sgd: "SGD"
        case .adam: "Adam"
        case .adamW: "AdamW"
        }
    }
}

/// How the learning rate goes on after its warm-up.
package enum LearningRateDecay: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stays.
    case constant
    /// It falls to 0 in a straight line, which it reaches after the last step.
    case linear
}

/// What defines a first-order optimizer.
///
/// Weight decay acts on matrices alone: biases and norms, the parameters of one dimension, are left out.
package struct FirstOrderSettings: Sendable, Hashable, Codable {
    /// The rule.
    package var rule: UpdateRule
    /// η, the highest learning rate.
    package var learningRate: Double
    /// What follows the warm-up.
    package var decay: LearningRateDecay
    /// Steps in which the learning rate rises from 0 in a straight line.
    package var warmupSteps: Int
    /// λ.
    package var weightDecay: Double
    /// μ of SGD; the other rules ignore it.
    package var momentum: Double
    /// β₁ of Adam.
    package var firstMomentDecay: Double
    /// β₂ of Adam.
    package var secondMomentDecay: Double
    /// ε of Adam.
    package var epsilon: Double
    /// The norm that a gradient is scaled down to if its own is larger; nil leaves it as it is.
    package var maximumGradientNorm: Double?
    /// Whether activations are kept or computed a second time.
    package var retention: ActivationRetention
    /// The parameters that steps may change at all.
    package var tuned: TunedParameters

    /// Settings from all their values; the defaults are those of the usual trainers.
    package init(
        rule: UpdateRule, learningRate: Double, decay: LearningRateDecay = .linear, warmupSteps: Int = 0,
        weightDecay: Double = 0, momentum: Double = 0, firstMomentDecay: Double = 0.9,
        secondMomentDecay: Double = 0.999, epsilon: Double = 1e-8, maximumGradientNorm: Double? = 1,
        retention: ActivationRetention = .kept, tuned: TunedParameters = .all
    ) {
        self.rule = rule
        self.learningRate = learningRate
        self.decay = decay
        self.warmupSteps = warmupSteps
        self.weightDecay = weightDecay
        self.momentum = momentum
        self.firstMomentDecay = firstMomentDecay
        self.secondMomentDecay = secondMomentDecay
        self.epsilon = epsilon
        self.maximumGradientNorm = maximumGradientNorm
        self.retention = retention
        self.tuned = tuned
    }

    /// What the optimizer remembers of each parameter from step to step, in floats.
    package var stateFloatsPerParameter: Int {
        switch rule {
        case .sgd: momentum > 0 ? 1 : 0
        case .adam, .adamW: 2
        }
    }

    /// Checks every setting.
    ///
    /// - Throws: ``OptimizerError/invalidSetting(name:value:requirement:)`` for the first one out of range.
    package func validate() throws(OptimizerError) {
        func require(
            _ isValid: Bool, _ name: String, _ value: some CustomStringConvertible, _ requirement: String
        ) throws(OptimizerError) {
            guard !isValid else { return }
            throw .invalidSetting(name: name, value: value.description, requirement: requirement)
        }
        for (name, value) in [("learning rate", learningRate), ("weight decay", weightDecay)] {
            try require(value.isFinite && value >= 0, name, value, "a finite number of at least 0")
        }
        for (name, value) in [
            ("momentum", momentum), ("first moment decay", firstMomentDecay),
            ("second moment decay", secondMomentDecay),
        ] {
            try require((0..<1).contains(value), name, value, "at least 0 and less than 1")
        }
        let epsilon = Float(epsilon)
        try require(
            epsilon.isNormal && epsilon > 0, "epsilon", self.epsilon,
            "a positive number within the range of float32")
        try require(warmupSteps >= 0, "warm-up steps", warmupSteps, "at least 0")
        if let norm = maximumGradientNorm {
            try require(norm.isFinite && norm > 0, "maximum gradient norm", norm, "a positive number")
        }
    }
}
