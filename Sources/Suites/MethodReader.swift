import LanguageModels
import Optimizers
import RandomStreams
import Tasks
import Training
import Yams

/// Reads the `methods` of a suite file.
struct MethodReader {
    /// Decoder layers of the suite's models, by name.
    let layerCounts: [String: Int]
    /// How the suite's models hold their parameters.
    let storages: Set<StorageFormat>

    /// What methods make smaller unless they say it themselves.
    let objective: TrainingObjective
    /// Reads a schedule of steps.
    let schedule: (SuiteNode) throws(SuiteError) -> TrainingSchedule

    private static let names = ["zero-shot", "in-context", "linear-probing", "mezo", "lezo", "fine-tuning"]

    /// The methods of a suite, or of one entry of it, in the order of the file.
    func approaches(
        _ list: SuiteNode?, timedOnly: Bool
    ) throws(SuiteError) -> [SuiteDocument.Approach] {
        var approaches: [SuiteDocument.Approach] = []
        var evaluated: Set<Method> = []
        for place in try list?.elements() ?? [] {
            let approach = try self.approach(place.named("method"))
            switch approach {
            case .context(let axes):
                if timedOnly {
                    throw place.error("'\(axes.name)' takes no steps, so a suite of shapes cannot time it")
                }
                if !evaluated.isDisjoint(with: axes.methods) {
                    throw place.error(
                        axes.methods == [.zeroShot]
                            ? "'methods' lists 'zero-shot' twice"
                            : "'methods' lists one setting of '\(axes.name)' twice",
                        advice: "remove one of them")
                }
                evaluated.formUnion(axes.methods)
            case .linearProbe:
                try checkProbe(place, isListed: evaluated.contains(.linearProbe), timedOnly: timedOnly)
                evaluated.insert(.linearProbe)
            case .zerothOrder(let axes):
                if timedOnly, axes.objectives.contains(.metric) {
                    throw place.error(
                        "random tokens have no metric, so a suite of shapes cannot optimise it",
                        advice: "leave 'objective' out")
                }
            case .firstOrder(let axes):
                if timedOnly, axes.schedule != nil {
                    throw place.error(
                        "'schedule' means nothing in a suite of shapes, which is only timed",
                        advice: "remove it")
                }
            }
            approaches.append(approach)
        }
        return approaches
    }

    private func approach(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.Approach {
        if case .scalar = place.node {
            let name = try place.word(among: Self.names, what: "method")
            if name == "linear-probing" { return .linearProbe }
            let settings =
                switch name {
                case "zero-shot": ""
                case "in-context": "{demonstrations: 32}"
                case "fine-tuning": "{optimizer: adamw, learning_rate: [1.0e-5]}"
                default: "{learning_rate: [1.0e-6], perturbation_scale: 1.0e-3}"
                }
            guard settings.isEmpty else {
                throw place.error("'\(name)' needs settings", advice: "write {\(name): \(settings)}")
            }
            return .context(
                SuiteDocument.ContextAxes(
                    name: name, demonstrationCounts: [0], calibrations: [false], draws: [.perExample]))
        }
        let entry = try place.mapping(known: Self.names)
        guard entry.count == 1, let (name, settings) = entry.first else {
            throw place.error(
                "a method must be one name with its settings", advice: "start a new '-' for each method")
        }
        switch name {
        case "zero-shot": return .context(try zeroShot(settings))
        case "in-context": return .context(try inContext(settings))
        case "linear-probing":
            throw settings.error("'linear-probing' has no settings", advice: "write '- linear-probing'")
        case "fine-tuning":
            let reader = FirstOrderReader(storages: storages, objective: objective, schedule: schedule)
            return .firstOrder(try reader.axes(settings))
        default: return try zerothOrder(name, settings)
        }
    }

    private func checkProbe(
        _ place: SuiteNode, isListed: Bool, timedOnly: Bool
    ) throws(SuiteError) {
        if timedOnly {
            throw place.error("'linear-probing' takes no steps, so a suite of shapes cannot time it")
        }
        if isListed {
            throw place.error("'methods' lists 'linear-probing' twice", advice: "remove one of them")
        }
        if let storage = storages.map(\.rawValue).sorted().first(where: { $0 != "float32" }) {
            throw place.error(
                "'linear-probing' writes a head in float32, but a model holds its parameters in \(storage)",
                advice: "leave 'storage' out for suites that probe, or make two suites of it")
        }
    }

    private func zeroShot(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.ContextAxes {
        let entry = try place.mapping(known: ["calibrate"], required: ["calibrate"])
        return SuiteDocument.ContextAxes(
            name: "zero-shot", demonstrationCounts: [0], calibrations: try calibrations(entry["calibrate"]),
            draws: [.perExample])
    }

    private func inContext(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.ContextAxes {
        let entry = try place.mapping(
            known: ["demonstrations", "calibrate", "draw"], required: ["demonstrations"])
        return SuiteDocument.ContextAxes(
            name: "in-context",
            demonstrationCounts: try entry["demonstrations"]?.oneOrMore().distinct {
                (value) throws(SuiteError) in try value.integer(in: 1...10_000)
            } ?? [],
            calibrations: try calibrations(entry["calibrate"]),
            draws: try entry["draw"]?.choices(DemonstrationDraw.self, what: "draw") ?? [.perExample])
    }

    private func calibrations(_ place: SuiteNode?) throws(SuiteError) -> [Bool] {
        guard let place else { return [false] }
        return try place.oneOrMore().distinct { (value) throws(SuiteError) in try value.boolean() }
    }

    private func zerothOrder(_ name: String, _ place: SuiteNode) throws(SuiteError) -> SuiteDocument.Approach
    {
        let shared = ["learning_rate", "perturbation_scale", "noise", "tuned", "rounding", "objective"]
        let own = name == "lezo" ? ["sparsity", "dropped_layers"] : []
        let entry = try place.mapping(known: own + shared, required: ["learning_rate", "perturbation_scale"])
        let axes = SuiteDocument.ZerothOrderAxes(
            name: name, layers: name == "lezo" ? try layers(entry, place) : [.none],
            learningRates: try positives(entry["learning_rate"]),
            perturbationScales: try positives(entry["perturbation_scale"]),
            noises: try entry["noise"]?.choices(NoiseDistribution.self, what: "noise") ?? [.gaussian],
            tuned: try entry["tuned"]?.tunedChoices() ?? [.all],
            roundings: try entry["rounding"]?.choices(UpdateRounding.self, what: "rounding") ?? [.nearest],
            objectives: try entry["objective"]?.choices(TrainingObjective.self, what: "objective")
                ?? [objective])
        try checkRounding(axes, entry["rounding"])
        try checkTuned(axes, entry["tuned"])
        return .zerothOrder(axes)
    }

    /// Stochastic rounding needs parameters that an update can fall between.
    private func checkRounding(
        _ axes: SuiteDocument.ZerothOrderAxes, _ place: SuiteNode?
    ) throws(SuiteError) {
        guard let place, axes.roundings.contains(.stochastic) else { return }
        if axes.tuned.allSatisfy({ $0.adapterSettings != nil }) {
            throw place.error(
                "'rounding' is stochastic, but only adapters are tuned, whose parameters are float32 whatever the "
                    + "model's storage, and are always rounded to nearest",
                advice: "leave 'rounding' out")
        }
        guard storages == [.float32] else { return }
        throw place.error(
            "'rounding' is stochastic, but all models hold their parameters in float32, which is always rounded "
                + "to nearest",
            advice: "give a model 'storage: bfloat16' or 'storage: float16', or leave 'rounding' out")
    }

    /// A step that leaves out all layers and tunes nothing else would change nothing.
    private func checkTuned(
        _ axes: SuiteDocument.ZerothOrderAxes, _ place: SuiteNode?
    ) throws(SuiteError) {
        guard let place, let tuned = axes.tuned.first(where: { !$0.includesAlwaysTuned }) else { return }
        for (model, layerCount) in layerCounts.sorted(by: { $0.key < $1.key })
        where axes.layers.contains(where: { $0.dropped(of: layerCount) == layerCount }) {
            throw place.error(
                "'tuned' is \(tuned.name), but '\(axes.name)' also leaves out all \(layerCount) decoder layers of "
                    + "'\(model)', so that nothing is left to tune",
                advice: "lower the sparsity, or write 'tuned: all'")
        }
    }

    private func positives(_ place: SuiteNode?) throws(SuiteError) -> [Double] {
        try place?.oneOrMore().distinct { (value) throws(SuiteError) in
            try value.number(from: 0, includingLower: false, to: 1)
        } ?? []
    }

    private func layers(
        _ entry: [String: SuiteNode], _ place: SuiteNode
    ) throws(SuiteError) -> [SuiteDocument.Layers] {
        switch (entry["sparsity"], entry["dropped_layers"]) {
        case (let sparsity?, nil):
            return try sparsity.oneOrMore().distinct { (value) throws(SuiteError) in
                try value.number(from: 0, includingLower: true, to: 1)
            }.map(SuiteDocument.Layers.sparsity)
        case (nil, let counts?):
            return try counts.oneOrMore().distinct(droppedCount).map(SuiteDocument.Layers.count)
        case (nil, nil):
            throw place.error("'lezo' needs either 'sparsity' or 'dropped_layers', and has neither")
        case (.some, let counts?):
            throw counts.error("'lezo' needs either 'sparsity' or 'dropped_layers', and has both")
        }
    }

    private func droppedCount(_ place: SuiteNode) throws(SuiteError) -> Int {
        let count: Int = try place.integer(in: 0...10_000)
        for (model, layerCount) in layerCounts.sorted(by: { $0.key < $1.key }) where count > layerCount {
            throw place.error(
                "'dropped_layers' is \(count), but '\(model)' has only \(layerCount) decoder layers")
        }
        return count
    }
}
