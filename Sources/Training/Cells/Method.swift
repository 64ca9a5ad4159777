package import LanguageModels
package import Optimizers

/// How the parameters are changed.
package enum Method: Sendable, Hashable, Codable {
    /// Not at all: the untouched model is evaluated.
    case zeroShot
    /// Not at all either: the untouched model is evaluated after demonstrations, with calibration, or both.
    case inContext(InContextSettings)
    /// MeZO (no dropped layers) or LeZO.
    case zerothOrder(ZerothOrderSettings)
    /// By logistic regression on what the head reads, whose weights then stand in the head.
    case linearProbe
    /// Fine-tuning by the gradient that backpropagation computes.
    case firstOrder(FirstOrderSettings)

    /// Whether it cannot do without training examples: to train on, or to show before others.
    package var usesTrainSplit: Bool {
        switch self {
        case .zeroShot: false
        case .inContext(let settings): settings.demonstrationCount > 0
        case .zerothOrder, .linearProbe, .firstOrder: true
        }
    }

    /// Whether it changes the parameters step by step.
    package var takesSteps: Bool {
        switch self {
        case .zeroShot, .inContext, .linearProbe: false
        case .zerothOrder, .firstOrder: true
        }
    }

    /// The learning rate, the highest one of a schedule; nil for a method that takes no steps.
    package var learningRate: Double? {
        switch self {
        case .zeroShot, .inContext, .linearProbe: nil
        case .zerothOrder(let settings): settings.learningRate
        case .firstOrder(let settings): settings.learningRate
        }
    }

    /// The same with the learning rate set to zero, to tell what differs in nothing else.
    package var withoutLearningRate: Method {
        switch self {
        case .zeroShot, .inContext, .linearProbe: return self
        case .zerothOrder(var settings):
            settings.learningRate = 0
            return .zerothOrder(settings)
        case .firstOrder(var settings):
            settings.learningRate = 0
            return .firstOrder(settings)
        }
    }

    /// The settings of a zeroth-order method, nil for any other.
    package var zerothOrderSettings: ZerothOrderSettings? {
        if case .zerothOrder(let settings) = self { settings } else { nil }
    }

    /// The settings of fine-tuning by gradients, nil for any other method.
    package var firstOrderSettings: FirstOrderSettings? {
        if case .firstOrder(let settings) = self { settings } else { nil }
    }

    /// What its steps may change, nil for a method that takes none.
    package var tunedParameters: TunedParameters? { zerothOrderSettings?.tuned ?? firstOrderSettings?.tuned }

    /// Whether it tunes the output head alone, which the MeZO paper calls linear probing.
    package var tunesHead: Bool { firstOrderSettings?.tuned == .head }

    /// The adapters that it tunes in place of the model's own parameters, if any.
    package var adapterSettings: AdapterSettings? { tunedParameters?.adapterSettings }

    /// The settings of an evaluation in context; nil for others, zero-shot included.
    package var inContextSettings: InContextSettings? {
        if case .inContext(let settings) = self { settings } else { nil }
    }
}
