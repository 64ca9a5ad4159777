import LanguageModels
import Optimizers
import Training

/// The points of one setting of a method on one workload: plans, seeds, and what is timed.
extension SuiteExpansion {
    /// A trial with the seeds that filters know it by.
    private struct SeededTrial {
        var trial: TrialSpecification
        var facts: [SuiteFilter.Key: Set<String>]
    }

    /// The points of a model, a workload and a setting, in the order of plans and seeds.
    func points(
        _ model: SuiteDocument.Model, _ work: SuiteDocument.WorkloadEntry, _ variant: Variant
    ) -> [MatrixPoint] {
        let plans = work.plans ?? document.plans
        let names = plans.map { Set([$0.rawValue]) }
        // Plans are about the order of a zeroth-order step; anything else has one trial for all of them.
        guard variant.method.zerothOrderSettings != nil else {
            return points(model, work, variant, .reference, planNames: Set(names.joined()))
        }
        return zip(plans, names).flatMap { points(model, work, variant, $0, planNames: $1) }
    }

    private func points(
        _ model: SuiteDocument.Model, _ work: SuiteDocument.WorkloadEntry, _ variant: Variant,
        _ plan: ExecutionPlan,
        planNames: Set<String>
    ) -> [MatrixPoint] {
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
        var points = seeded(cell).map { seeded in
            MatrixPoint(
                trial: seeded.trial, timingCell: nil, facts: facts.merging(seeded.facts) { $1 },
                optionalKeys: optionalKeys)
        }
        if document.timing != nil, !variant.timedLearningRates.isEmpty {
            // Its time does not depend on the learning rate or the seeds, so filters on them leave it in.
            facts[.learningRate] = variant.timedLearningRates
            points.append(
                MatrixPoint(trial: nil, timingCell: cell, facts: facts, optionalKeys: optionalKeys))
        }
        return points
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
    private func schedule(_ work: SuiteDocument.WorkloadEntry, _ variant: Variant) -> TrainingSchedule {
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
