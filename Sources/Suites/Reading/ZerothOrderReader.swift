import LanguageModels
import Optimizers
import RandomStreams
import Training

/// Reads the settings of `mezo` and `lezo`.
struct ZerothOrderReader {
    /// Decoder layers of the suite's models, by name.
    let layerCounts: [String: Int]
    /// How the suite's models hold their parameters.
    let storages: Set<StorageFormat>
    /// What methods make smaller unless they say it themselves.
    let objective: TrainingObjective

    /// The axes of a method.
    ///
    /// - Parameters:
    ///   - name: `mezo` or `lezo`.
    ///   - place: Its settings.
    func axes(_ name: String, _ place: SuiteNode) throws(SuiteError) -> SuiteDocument.ZerothOrderAxes {
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
        return axes
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

    /// The head alone is tuned by gradients, and a step that leaves out all layers and tunes nothing else would change
    /// nothing.
    private func checkTuned(
        _ axes: SuiteDocument.ZerothOrderAxes, _ place: SuiteNode?
    ) throws(SuiteError) {
        if let place, axes.tuned.contains(.head) {
            throw place.error(
                "'tuned' is head, but the head alone is tuned by gradients, and '\(axes.name)' has none",
                advice: "write {fine-tuning: {tuned: head, optimizer: adamw, learning_rate: [1.0e-4]}}")
        }
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
