package import Optimizers

/// What a child is to rebuild of a finished trial.
package struct ReplayRequest: Sendable, Hashable, Codable {
    /// All steps of the trial, from 1, in order.
    package var steps: [StepRecord]
    /// The step after which the parameters are evaluated and written; 0 for the untouched model.
    package var rebuiltStep: Int
    /// What is evaluated there; none where only the weights matter, which needs no data.
    package var splits: [EvaluationSplit]
    /// The safetensors file to write; nil for none.
    package var weightsPath: String?
    /// What the file says of where it comes from.
    package var metadata: [String: String]

    /// A request from all its parts.
    package init(
        steps: [StepRecord], rebuiltStep: Int, splits: [EvaluationSplit], weightsPath: String? = nil,
        metadata: [String: String] = [:]
    ) {
        self.steps = steps
        self.rebuiltStep = rebuiltStep
        self.splits = splits
        self.weightsPath = weightsPath
        self.metadata = metadata
    }
}

/// Parameters that were rebuilt from records.
package struct RebuiltWeights: Sendable, Hashable, Codable {
    /// The step after which they stood.
    package var step: Int
    /// SHA-256 of the parameters as stored in memory.
    package var digest: String

    /// Weights from their values.
    package init(step: Int, digest: String) {
        self.step = step
        self.digest = digest
    }
}
