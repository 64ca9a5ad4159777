import Optimizers
import Training

/// What only the parts of a suite together can get wrong.
extension SuiteReader {
    /// Keys that a suite of tasks needs and a suite of shapes has no use for, or the other way round.
    func checkProtocol(
        _ document: SuiteDocument, _ matrix: [String: SuiteNode], root: SuiteNode, timedOnly: Bool
    ) throws(SuiteError) {
        if timedOnly {
            for key in ["schedule", "seeds"] {
                if let place = matrix[key] {
                    throw place.error(
                        "'\(key)' means nothing in a suite of shapes, which is only timed",
                        advice: "remove it")
                }
            }
            if matrix["timing"] == nil {
                throw root.error("a suite of shapes is only timed, so it needs the key 'timing'")
            }
            return
        }
        let trained = document.work.filter { entry in
            document.methods(of: entry).contains(where: \.takesSteps)
        }
        let lacksSchedule = trained.contains { entry in
            entry.schedule == nil
                && document.methods(of: entry).contains { $0.takesSteps && $0.schedule == nil }
        }
        if matrix["schedule"] == nil, lacksSchedule {
            throw root.error("a suite that trains needs the key 'schedule'")
        }
        if let task = trained.first(where: { $0.workload.hasNothingToTrainOn })?.workload.taskName {
            throw (matrix["tasks"] ?? root).error(
                "'\(task)' asks for no example to train on or none to choose by, but the suite trains",
                advice: "ask for at least one of each, or leave only methods that take no steps")
        }
    }

    /// Answers are generated with parameters that hold the perturbation, which the fused plan has none of, and they
    /// have no options to calibrate.
    func checkGeneration(
        _ document: SuiteDocument, _ matrix: [String: SuiteNode], root: SuiteNode
    ) throws(SuiteError) {
        let generated = document.work.filter { entry in
            entry.workload.taskName.map(vocabulary.generationTasks.contains) ?? false
        }
        let fused = generated.first { entry in
            (entry.plans ?? document.plans).contains(.fused)
                && document.methods(of: entry).contains(where: \.optimisesMetric)
        }
        if let task = fused?.workload.taskName {
            throw (matrix["plans"] ?? matrix["tasks"] ?? root).error(
                "'\(task)' is scored by generated answers, so its metric can be optimised on the reference plan only, "
                    + "but 'plans' lists fused",
                advice: "give the task 'plans: [reference]', or write 'objective: log-likelihood'")
        }
        try checkProbes(document, matrix, root: root)
        let calibrated = generated.filter { entry in
            document.methods(of: entry).allSatisfy(\.onlyCalibrates)
        }
        if let task = calibrated.first(where: { $0.methods != nil })?.workload.taskName {
            throw (matrix["tasks"] ?? root).error(
                "'\(task)' is scored by generated answers, which have no options to calibrate",
                advice: "leave 'calibrate' out of its methods")
        }
        if calibrated.count == document.work.count {
            throw (matrix["methods"] ?? root).error(
                "all tasks are scored by generated answers, which have no options to calibrate",
                advice: "leave 'calibrate' out, or add a task with options")
        }
    }
}

extension SuiteReader {
    /// A probe tells the classes of a task apart, and examples to fit it to are needed.
    private func checkProbes(
        _ document: SuiteDocument, _ matrix: [String: SuiteNode], root: SuiteNode
    ) throws(SuiteError) {
        let probed = document.work.filter { document.methods(of: $0).contains(where: \.isProbe) }
        let suitable = probed.filter { entry in
            entry.workload.taskName.map(vocabulary.classificationTasks.contains) ?? false
        }
        if !probed.isEmpty, suitable.isEmpty {
            throw (matrix["methods"] ?? root).error(
                "'linear-probing' tells the classes of a task apart, and no task that lists it has classes",
                advice: "remove it, or add a task with a fixed set of answers such as sst2")
        }
        let barren = suitable.first { entry in
            if case .task(_, 0, _, _) = entry.workload { true } else { false }
        }
        if let task = barren?.workload.taskName {
            throw (matrix["tasks"] ?? root).error(
                "'\(task)' asks for no training example, which 'linear-probing' is fitted to",
                advice: "ask for some, or remove the method")
        }
    }
}

extension SuiteDocument.MethodAxes {
    fileprivate var isProbe: Bool {
        if case .linearProbe = self { true } else { false }
    }
}

extension Workload {
    /// Whether steps would lack a batch, or their results a choice.
    fileprivate var hasNothingToTrainOn: Bool {
        if case .task(_, let train, let dev, _) = self { train == 0 || dev == 0 } else { false }
    }
}
