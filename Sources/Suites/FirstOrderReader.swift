import LanguageModels
import Optimizers

/// Reads the settings of a first-order optimizer.
struct FirstOrderReader {
    private static let keys = [
        "optimizer", "learning_rate", "schedule", "warmup_steps", "weight_decay", "momentum",
        "first_moment_decay", "second_moment_decay", "maximum_gradient_norm", "gradient_checkpointing",
        "tuned",
    ]

    /// One setting for each learning rate of the place, in their order.
    func settings(_ place: SuiteNode) throws(SuiteError) -> [FirstOrderSettings] {
        let entry = try place.mapping(known: Self.keys, required: ["optimizer", "learning_rate"])
        let rule =
            try entry["optimizer"].map { (place) throws(SuiteError) in
                try place.choice(UpdateRule.self, what: "optimizer")
            } ?? .adamW
        if let momentum = entry["momentum"], rule != .sgd {
            throw momentum.error("'momentum' is of sgd alone, but the optimizer is \(rule.rawValue)")
        }
        for key in ["first_moment_decay", "second_moment_decay"] where rule == .sgd {
            if let place = entry[key] {
                throw place.error("'\(key)' is of adam and adamw, but the optimizer is sgd")
            }
        }
        var settings = FirstOrderSettings(rule: rule, learningRate: 0)
        if let place = entry["schedule"] {
            settings.decay = try place.choice(LearningRateDecay.self, what: "schedule")
        }
        if let place = entry["warmup_steps"] { settings.warmupSteps = try place.integer(in: 0...1_000_000) }
        if let place = entry["tuned"] {
            settings.tuned = try place.choice(TunedParameters.self, what: "tuned")
        }
        if let place = entry["gradient_checkpointing"] {
            settings.retention = try place.boolean() ? .recomputed : .kept
        }
        try share(entry["weight_decay"], of: &settings.weightDecay)
        try share(entry["momentum"], of: &settings.momentum)
        try share(entry["first_moment_decay"], of: &settings.firstMomentDecay)
        try share(entry["second_moment_decay"], of: &settings.secondMomentDecay)
        if let place = entry["maximum_gradient_norm"] {
            settings.maximumGradientNorm =
                place.kind == "'none'" ? nil : try place.number(from: 0, includingLower: false, to: 1e6)
        }
        let rates =
            try entry["learning_rate"]?.oneOrMore().distinct { (value) throws(SuiteError) in
                try value.number(from: 0, includingLower: false, to: 10)
            } ?? []
        return rates.map { rate in
            var own = settings
            own.learningRate = rate
            return own
        }
    }

    private func share(_ place: SuiteNode?, of value: inout Double) throws(SuiteError) {
        if let place { value = try place.number(from: 0, includingLower: true, to: 0.999_999) }
    }
}
