import LanguageModels
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
    func axes(
        _ list: SuiteNode?, timedOnly: Bool
    ) throws(SuiteError) -> [SuiteDocument.MethodAxes] {
        var methods: [SuiteDocument.MethodAxes] = []
        var evaluated: Set<Method> = []
        for place in try list?.elements() ?? [] {
            let method = try self.method(place.named("method"))
            switch method {
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
            methods.append(method)
        }
        return methods
    }

    private func method(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.MethodAxes {
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
        default:
            let reader = ZerothOrderReader(
                layerCounts: layerCounts, storages: storages, objective: objective)
            return .zerothOrder(try reader.axes(name, settings))
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
}
