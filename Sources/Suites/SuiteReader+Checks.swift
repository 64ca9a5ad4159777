import Optimizers
import Training

/// What only the parts of a suite together can get wrong.
extension SuiteReader {
    /// Keys that a suite of tasks needs and a suite of shapes has no use for, or the other way round.
    func checkProtocol(
        _ top: [String: SuiteNode], root: SuiteNode, work: [SuiteDocument.Work], timedOnly: Bool,
        takesSteps: Bool
    ) throws(SuiteError) {
        if timedOnly {
            for key in ["schedule", "seeds"] {
                if let place = top[key] {
                    throw place.error(
                        "'\(key)' means nothing in a suite of shapes, which is only timed",
                        advice: "remove it")
                }
            }
            if top["timing"] == nil {
                throw root.error("a suite of shapes is only timed, so it needs the key 'timing'")
            }
        } else if top["schedule"] == nil, takesSteps {
            throw root.error("a suite that trains needs the key 'schedule'")
        }
        if takesSteps, let task = work.first(where: { $0.workload.hasNothingToTrainOn })?.workload.taskName {
            throw (top["tasks"] ?? root).error(
                "'\(task)' asks for no example to train on or none to choose by, but the suite trains",
                advice: "ask for at least one of each, or leave only methods that take no steps")
        }
    }

    /// Answers are generated with parameters that hold the perturbation, which the fused plan has none of, and they
    /// have no options to calibrate.
    func checkGeneration(
        _ top: [String: SuiteNode], root: SuiteNode, work: [SuiteDocument.Work],
        approaches: [SuiteDocument.Approach], plans: [ExecutionPlan]
    ) throws(SuiteError) {
        let optimisesMetric = approaches.contains {
            if case .zerothOrder(let axes) = $0 { axes.objectives.contains(.metric) } else { false }
        }
        let generated = work.filter { entry in
            entry.workload.taskName.map(vocabulary.generationTasks.contains) ?? false
        }
        let fused = generated.first { ($0.plans ?? plans).contains(.fused) }
        if optimisesMetric, let task = fused?.workload.taskName {
            throw (top["plans"] ?? top["tasks"] ?? root).error(
                "'\(task)' is scored by generated answers, so its metric can be optimised on the reference plan only, "
                    + "but 'plans' lists fused",
                advice: "give the task 'plans: [reference]', or write 'objective: log-likelihood'")
        }
        let onlyCalibrates = approaches.allSatisfy {
            if case .context(let axes) = $0 { !axes.calibrations.contains(false) } else { false }
        }
        if onlyCalibrates, generated.count == work.count {
            throw (top["methods"] ?? root).error(
                "all tasks are scored by generated answers, which have no options to calibrate",
                advice: "leave 'calibrate' out, or add a task with options")
        }
    }
}

extension Workload {
    /// Whether steps would lack a batch, or their results a choice.
    fileprivate var hasNothingToTrainOn: Bool {
        if case .task(_, let train, let dev, _) = self { train == 0 || dev == 0 } else { false }
    }
}
