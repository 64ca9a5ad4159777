import LanguageModels
import Optimizers
import Tasks
import Training

/// The settings of one method, in the order of its axes.
extension SuiteExpansion {
    /// Every setting of a method for a model.
    func variants(_ method: SuiteDocument.MethodAxes, model: ModelReference) -> [Variant] {
        switch method {
        case .context(let axes):
            axes.methods.map { method in
                let settings = method.inContextSettings
                var facts: [SuiteFilter.Key: Set<String>] = [
                    .method: [axes.name], .calibrate: [String(settings?.calibrates ?? false)],
                ]
                if let settings, settings.demonstrationCount > 0 {
                    facts[.demonstrations] = [String(settings.demonstrationCount)]
                    facts[.draw] = [settings.demonstrationDraw.rawValue]
                }
                return Variant(method: method, facts: facts, timedLearningRates: [])
            }
        case .linearProbe:
            [
                Variant(
                    method: .linearProbe, facts: [.method: ["linear-probing"]], timedLearningRates: [])
            ]
        case .firstOrder(let axes): variants(axes)
        case .zerothOrder(let axes):
            axes.objectives.flatMap { objective in
                axes.tuned.flatMap { tuned in
                    roundings(axes, tuned: tuned, storage: model.storage).flatMap { rounding in
                        axes.noises.flatMap { noise in
                            axes.perturbationScales.flatMap { perturbationScale in
                                variants(
                                    axes, objective, layerCount: layerCounts[model.name] ?? 0,
                                    shared: ZerothOrderSettings(
                                        learningRate: 0, perturbationScale: perturbationScale,
                                        droppedLayerCount: 0, noise: noise, tuned: tuned, rounding: rounding))
                            }
                        }
                    }
                }
            }
        }
    }

    private func variants(_ axes: SuiteDocument.FirstOrderAxes) -> [Variant] {
        let rates = axes.settings.map(\.learningRate)
        return axes.settings.map { settings in
            let tunesHead = settings.tuned == .head
            return Variant(
                method: .firstOrder(settings), schedule: axes.schedule,
                facts: facts(of: settings.tuned).merging([
                    // The head alone is tuned under the paper's name of linear probing, so it answers to both names.
                    .method: tunesHead ? ["fine-tuning", "linear-probing"] : ["fine-tuning"],
                    .optimizer: [settings.rule.rawValue],
                    .activations: tunesHead ? [] : [settings.retention.rawValue],
                    .learningRate: [SuiteFilter.spelling(settings.learningRate)],
                    .objective: [TrainingObjective.logLikelihood.rawValue],
                ]) { $1 },
                timedLearningRates: settings.learningRate == rates.first
                    ? Set(rates.map(SuiteFilter.spelling)) : [])
        }
    }

    /// The innermost axes: dropped layers and learning rates, with all else as in `shared`.
    private func variants(
        _ axes: SuiteDocument.ZerothOrderAxes, _ objective: TrainingObjective, layerCount: Int,
        shared: ZerothOrderSettings
    ) -> [Variant] {
        axes.layers.flatMap { choice in
            axes.learningRates.map { learningRate in
                var settings = shared
                settings.learningRate = learningRate
                settings.droppedLayerCount = choice.dropped(of: layerCount)
                let dropped = settings.droppedLayerCount
                return Variant(
                    method: .zerothOrder(settings), objective: objective,
                    facts: facts(of: settings.tuned).merging([
                        // LeZO that drops nothing is MeZO, so it answers to both names.
                        .method: dropped == 0 ? ["mezo", axes.name] : [axes.name],
                        .sparsity: sparsityNames(choice, dropped: dropped, layerCount: layerCount),
                        .droppedLayers: [String(dropped)],
                        .learningRate: [SuiteFilter.spelling(learningRate)],
                        .rounding: [settings.rounding.rawValue], .objective: [objective.rawValue],
                    ]) { $1 },
                    timedLearningRates: learningRate == axes.learningRates.first
                        ? Set(axes.learningRates.map(SuiteFilter.spelling)) : [])
            }
        }
    }

    /// The ways of rounding that mean something: float32 parameters, and so those of adapters, are rounded to nearest
    /// whatever is asked.
    private func roundings(
        _ axes: SuiteDocument.ZerothOrderAxes, tuned: TunedParameters, storage: StorageFormat
    ) -> [UpdateRounding] {
        storage == .float32 || tuned.adapterSettings != nil ? [.nearest] : axes.roundings
    }

    private func facts(of tuned: TunedParameters) -> [SuiteFilter.Key: Set<String>] {
        var facts: [SuiteFilter.Key: Set<String>] = [.tuned: [tuned.name]]
        switch tuned.adapterSettings {
        case .lowRank(let rank, _, _): facts[.rank] = [String(rank)]
        case .prefix(let tokens): facts[.prefixTokens] = [String(tokens)]
        case nil: break
        }
        return facts
    }

    private func sparsityNames(_ choice: SuiteDocument.Layers, dropped: Int, layerCount: Int) -> Set<String> {
        switch choice {
        case .none: [SuiteFilter.spelling(0)]
        case .sparsity(let share): [SuiteFilter.spelling(share)]
        case .count: [SuiteFilter.spelling(layerCount == 0 ? 0 : Double(dropped) / Double(layerCount))]
        }
    }
}
