import LanguageModels
import Optimizers
import Training

/// Reads the settings of fine-tuning by gradients.
struct FirstOrderReader {
    /// How the suite's models hold their parameters.
    let storages: Set<StorageFormat>
    /// What methods make smaller unless they say it themselves.
    let objective: TrainingObjective
    /// Reads a schedule of steps.
    let schedule: (SuiteNode) throws(SuiteError) -> TrainingSchedule

    private static let keys = [
        "optimizer", "learning_rate", "learning_rate_schedule", "warmup_steps", "weight_decay", "momentum",
        "first_moment_decay", "second_moment_decay", "maximum_gradient_norm", "activations", "tuned",
        "objective", "schedule",
    ]

    /// The axes of one entry of `methods`.
    func axes(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.FirstOrderAxes {
        let entry = try place.mapping(known: Self.keys, required: ["optimizer", "learning_rate"])
        try checkGradient(entry, place)
        let rules = try entry["optimizer"]?.choices(UpdateRule.self, what: "optimizer") ?? []
        try checkMoments(entry, rules: rules)
        let shared = try shared(entry)
        let retentions =
            try entry["activations"]?.choices(ActivationRetention.self, what: "treatment of activations")
            ?? [.kept]
        let rates =
            try entry["learning_rate"]?.oneOrMore().distinct { (value) throws(SuiteError) in
                try value.number(from: 0, includingLower: false, to: 10)
            } ?? []
        let tuned = try entry["tuned"]?.tunedChoices() ?? [.all]
        if let place = entry["activations"], tuned == [.head], retentions.contains(.recomputed) {
            throw place.error(
                "'activations' is recomputed, but only the head is tuned, for which none are needed after the forward pass",
                advice: "leave 'activations' out")
        }
        // They are multiplied out here already, before the suite as a whole is.
        try place.checkTrials(
            SuiteReader.product([rules.count, tuned.count, retentions.count, rates.count]))
        return SuiteDocument.FirstOrderAxes(
            settings: rules.flatMap { rule in
                tuned.flatMap { tuned in
                    (tuned == .head ? [.kept] : retentions).flatMap { retention in
                        rates.map { rate in
                            var settings = shared.withoutUnused(by: rule)
                            settings.tuned = tuned
                            settings.retention = retention
                            settings.learningRate = rate
                            return settings
                        }
                    }
                }
            }, schedule: try entry["schedule"].map(schedule))
    }

    /// Everything but the axes.
    private func shared(_ entry: [String: SuiteNode]) throws(SuiteError) -> FirstOrderSettings {
        var settings = FirstOrderSettings(rule: .adamW, learningRate: 0)
        if let place = entry["learning_rate_schedule"] {
            settings.decay = try place.choice(LearningRateDecay.self, what: "learning rate schedule")
        }
        if let place = entry["warmup_steps"] { settings.warmupSteps = try place.integer(in: 0...1_000_000) }
        try share(entry["weight_decay"], of: &settings.weightDecay)
        try share(entry["momentum"], of: &settings.momentum)
        try share(entry["first_moment_decay"], of: &settings.firstMomentDecay)
        try share(entry["second_moment_decay"], of: &settings.secondMomentDecay)
        if let place = entry["maximum_gradient_norm"] {
            settings.maximumGradientNorm =
                place.kind == "'none'" ? nil : try place.number(from: 0, includingLower: false, to: 1e6)
        }
        return settings
    }

    /// Without a gradient, or with parameters too coarse to take its steps, there is nothing to fine-tune by.
    private func checkGradient(_ entry: [String: SuiteNode], _ place: SuiteNode) throws(SuiteError) {
        let objective =
            try entry["objective"]?.choice(TrainingObjective.self, what: "objective") ?? self.objective
        guard objective == .logLikelihood else {
            throw (entry["objective"] ?? place).error(
                "the metric jumps where an answer changes and is flat elsewhere, so 'fine-tuning' has no gradient to "
                    + "follow",
                advice: "give it 'objective: log-likelihood'")
        }
        if let storage = storages.map(\.rawValue).sorted().first(where: { $0 != "float32" }) {
            throw place.error(
                "'fine-tuning' updates parameters in float32, but a model holds them in \(storage)",
                advice: "leave 'storage' out for suites that fine-tune, or make two suites of it")
        }
    }

    /// Each rule has settings that the others have no use for.
    private func checkMoments(_ entry: [String: SuiteNode], rules: [UpdateRule]) throws(SuiteError) {
        if let momentum = entry["momentum"], !rules.contains(.sgd) {
            throw momentum.error(
                "'momentum' is of sgd alone, but the optimizer is "
                    + rules.map(\.rawValue).joined(separator: " and "))
        }
        for key in ["first_moment_decay", "second_moment_decay"] where rules == [.sgd] {
            if let place = entry[key] {
                throw place.error("'\(key)' is of adam and adamw, but the optimizer is sgd")
            }
        }
    }

    private func share(_ place: SuiteNode?, of value: inout Double) throws(SuiteError) {
        if let place { value = try place.number(from: 0, includingLower: true, to: 0.999_999) }
    }
}

extension FirstOrderSettings {
    /// The same with another rule, and the standard values where it has no use for a setting, so that one trial has one
    /// identity.
    fileprivate func withoutUnused(by rule: UpdateRule) -> FirstOrderSettings {
        var settings = self
        settings.rule = rule
        let standard = FirstOrderSettings(rule: rule, learningRate: 0)
        switch rule {
        case .sgd:
            settings.firstMomentDecay = standard.firstMomentDecay
            settings.secondMomentDecay = standard.secondMomentDecay
        case .adam, .adamW: settings.momentum = standard.momentum
        }
        return settings
    }
}
