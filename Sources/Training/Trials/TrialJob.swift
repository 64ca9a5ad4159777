package import Optimizers

/// What a parent asks of one child process; sent as one line of JSON.
package struct TrialJob: Sendable, Hashable, Codable {
    /// What the child does with the trial.
    package enum Purpose: Sendable, Hashable, Codable {
        /// Train, evaluate and test, going on after the steps that an earlier child committed.
        case train(progress: TrialProgress)
        /// Time `steps` steps after `warmupSteps` untimed ones; nothing is evaluated.
        case time(warmupSteps: Int, steps: Int)
        /// Rebuild the parameters of a finished trial from its steps, and evaluate and write them.
        case replay(ReplayRequest)
    }

    /// Whether it needs the examples of its workload.
    var readsData: Bool {
        if case .replay(let request) = purpose { !request.splits.isEmpty } else { true }
    }

    /// The trial; in a timing round only its cell and seeds matter.
    package var specification: TrialSpecification
    /// What to do.
    package var purpose: Purpose
    /// Folder, file or archive with the model; nil for random weights.
    package var modelPath: String?
    /// Archive or folder with the task's data; nil for shapes.
    package var dataPath: String?
    /// Threads that loops may use; never changes a result's bits.
    package var threadCount: Int

    /// A job from all its parts.
    package init(
        specification: TrialSpecification, purpose: Purpose, modelPath: String?, dataPath: String?,
        threadCount: Int
    ) {
        self.specification = specification
        self.purpose = purpose
        self.modelPath = modelPath
        self.dataPath = dataPath
        self.threadCount = threadCount
    }
}

/// What earlier children committed of a trial.
package struct TrialProgress: Sendable, Hashable, Codable {
    /// A dev evaluation that is already known.
    package struct KnownEvaluation: Sendable, Hashable, Codable {
        /// Steps done before it.
        package var step: Int
        /// The mean loss on dev.
        package var loss: Double
        /// The metric on dev.
        package var value: Double

        /// An evaluation from its values.
        package init(step: Int, loss: Double, value: Double) {
            self.step = step
            self.loss = loss
            self.value = value
        }
    }

    /// Committed steps 1...n, in order.
    package var steps: [StepRecord]
    /// Committed dev evaluations.
    package var devEvaluations: [KnownEvaluation]

    /// Progress from its parts.
    package init(steps: [StepRecord], devEvaluations: [KnownEvaluation]) {
        self.steps = steps
        self.devEvaluations = devEvaluations
    }

    /// Nothing done yet.
    package static let none = TrialProgress(steps: [], devEvaluations: [])
}
