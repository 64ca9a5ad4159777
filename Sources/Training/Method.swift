package import Optimizers

/// How the parameters are changed.
package enum Method: Sendable, Hashable, Codable {
    /// Not at all: the untouched model is evaluated.
    case zeroShot
    /// Not at all either: the untouched model is evaluated after demonstrations, with calibration, or both.
    case inContext(InContextSettings)
    /// MeZO (no dropped layers) or LeZO.
    case zerothOrder(ZerothOrderSettings)

    /// Whether it cannot do without training examples: to train on, or to show before others.
    package var usesTrainSplit: Bool {
        switch self {
        case .zeroShot: false
        case .inContext(let settings): settings.demonstrationCount > 0
        case .zerothOrder: true
        }
    }

    /// The settings of a zeroth-order method, nil for one that takes no steps.
    package var zerothOrderSettings: ZerothOrderSettings? {
        if case .zerothOrder(let settings) = self { settings } else { nil }
    }

    /// The settings of an evaluation in context; nil for others, zero-shot included.
    package var inContextSettings: InContextSettings? {
        if case .inContext(let settings) = self { settings } else { nil }
    }
}
