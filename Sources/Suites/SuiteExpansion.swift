import LanguageModels
import Optimizers
import RandomStreams
import Tasks
import Training

/// Multiplies a suite's matrix out, which the reader has found to be no larger than a suite may be.
struct SuiteExpansion {
    let document: SuiteDocument
    let layerCounts: [String: Int]
    /// Tasks whose answers are generated.
    let generationTasks: Set<String>
    /// Tasks with classes to tell apart.
    let classificationTasks: Set<String>

    /// One setting of a method with the names that filters know it by.
    private struct Variant {
        var method: Method
        var objective = TrainingObjective.logLikelihood
        /// Its own schedule; that of the task or the suite when nil.
        var schedule: TrainingSchedule?
        var facts: [SuiteFilter.Key: Set<String>]
        /// All learning rates of its entry if it has the first one, which is the one that is timed; else empty.
        var timedLearningRates: Set<String>
    }

    /// A trial with the seeds that filters know it by.
    private struct SeededTrial {
        var trial: TrialSpecification
        var facts: [SuiteFilter.Key: Set<String>]
    }

    /// Every point of the matrix, in the order of the file.
    func candidates() -> [Candidate] {
        var candidates: [Candidate] = []
        for model in document.models {
            for work in document.work {
                let variants = document.approaches(of: work).flatMap {
                    self.variants($0, model: model.reference)
                }
                for variant in variants where isOfUse(variant, for: work.workload) {
                    candidates += points(model, work, variant)
                }
            }
        }
        return candidates
    }

    /// Generated answers have no options to calibrate, and a probe needs classes.
    private func isOfUse(_ variant: Variant, for workload: Workload) -> Bool {
        if variant.method == .linearProbe {
            return workload.taskName.map(classificationTasks.contains) ?? false
        }
        guard variant.method.inContextSettings?.calibrates == true, let task = workload.taskName else {
            return true
        }
        return !generationTasks.contains(task)
    }

    private func variants(_ approach: SuiteDocument.Approach, model: ModelReference) -> [Variant] {
        switch approach {
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
            Variant(
                method: .firstOrder(settings), schedule: axes.schedule,
                facts: facts(of: settings.tuned).merging([
                    .method: ["fine-tuning"], .optimizer: [settings.rule.rawValue],
                    .activations: [settings.retention.rawValue],
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

    private func points(
        _ model: SuiteDocument.Model, _ work: SuiteDocument.Work, _ variant: Variant
    ) -> [Candidate] {
        let plans = work.plans ?? document.plans
        let names = plans.map { Set([$0.rawValue]) }
        // Plans are about the order of a zeroth-order step; anything else has one trial for all of them.
        guard variant.method.zerothOrderSettings != nil else {
            return points(model, work, variant, .reference, planNames: Set(names.joined()))
        }
        return zip(plans, names).flatMap { points(model, work, variant, $0, planNames: $1) }
    }

    private func points(
        _ model: SuiteDocument.Model, _ work: SuiteDocument.Work, _ variant: Variant, _ plan: ExecutionPlan,
        planNames: Set<String>
    ) -> [Candidate] {
        var facts = variant.facts
        facts[.model] = [model.reference.name]
        facts[.storage] = [model.reference.storage.rawValue]
        facts[.plan] = planNames
        facts[.dataSeed] = Set(document.dataSeeds.map { String($0) })
        facts[.noiseSeed] = Set(document.noiseSeeds.map { String($0) })
        let workKey: SuiteFilter.Key
        switch work.workload {
        case .task(let name, _, _, _):
            workKey = .task
            facts[.task] = [name]
        case .shape(let batchSize, let tokens):
            workKey = .shape
            facts[.shape] = ["\(batchSize)x\(tokens)"]
        }
        var optionalKeys: Set<SuiteFilter.Key> = []
        if model.isOptional { optionalKeys.insert(.model) }
        if work.isOptional { optionalKeys.insert(workKey) }
        let cell = Cell(
            model: model.reference, workload: work.workload, method: variant.method, plan: plan,
            schedule: schedule(work, variant), objective: variant.objective)
        var candidates = seeded(cell).map { seeded in
            Candidate(
                trial: seeded.trial, timingCell: nil, facts: facts.merging(seeded.facts) { $1 },
                optionalKeys: optionalKeys)
        }
        if document.timing != nil, !variant.timedLearningRates.isEmpty {
            // Its time does not depend on the learning rate or the seeds, so filters on them leave it in.
            facts[.learningRate] = variant.timedLearningRates
            candidates.append(
                Candidate(trial: nil, timingCell: cell, facts: facts, optionalKeys: optionalKeys))
        }
        return candidates
    }

    /// The trials of a cell, each with its seeds' facts; none for a shape.
    private func seeded(_ cell: Cell) -> [SeededTrial] {
        guard cell.workload.taskName != nil else { return [] }
        return document.dataSeeds.flatMap { dataSeed in
            guard cell.method.takesSteps else {
                // Nothing is drawn from the noise seed, so one trial answers to all of them.
                let trial = TrialSpecification(cell: cell, dataSeed: dataSeed, noiseSeed: 0)
                return [SeededTrial(trial: trial, facts: [.dataSeed: [String(dataSeed)]])]
            }
            return document.noiseSeeds.map { noiseSeed in
                SeededTrial(
                    trial: TrialSpecification(cell: cell, dataSeed: dataSeed, noiseSeed: noiseSeed),
                    facts: [.dataSeed: [String(dataSeed)], .noiseSeed: [String(noiseSeed)]])
            }
        }
    }

    /// What takes no steps and shapes have no schedule of their own: no steps, and an evaluation that never comes.
    private func schedule(_ work: SuiteDocument.Work, _ variant: Variant) -> TrainingSchedule {
        if case .shape(let batchSize, _) = work.workload {
            return TrainingSchedule(steps: 0, batchSize: batchSize, evaluateEvery: 1)
        }
        guard variant.method.takesSteps,
            let schedule = variant.schedule ?? work.schedule ?? document.schedule
        else {
            return TrainingSchedule(steps: 0, batchSize: 1, evaluateEvery: 1)
        }
        return schedule
    }
}
