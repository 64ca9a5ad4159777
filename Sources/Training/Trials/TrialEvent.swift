package import Optimizers

/// What decides a child's speed and bits beside its job; the parent checks it against what it recorded.
package struct RuntimeFacts: Sendable, Hashable, Codable {
    /// The core type whose kernels BLAS uses in this process.
    package var blasCoreType: String
    /// The instruction set of our own kernels in this process.
    package var kernelInstructionSet: String

    /// Facts from their values.
    package init(blasCoreType: String, kernelInstructionSet: String) {
        self.blasCoreType = blasCoreType
        self.kernelInstructionSet = kernelInstructionSet
    }
}

/// One line that a child process writes to its parent.
package enum TrialEvent: Sendable, Hashable, Codable {
    /// The child runs; always its first word.
    case started(RuntimeFacts)
    /// The model and data are ready.
    case ready(DataSummary)
    /// One step is done.
    case step(StepRecord)
    /// One step of fine-tuning by gradients is done.
    case firstOrderStep(FirstOrderStepRecord)
    /// One evaluation is done.
    case evaluation(EvaluationRecord)
    /// The drift of one perturb-and-restore, measured after the last step.
    case drift(RestoreDrift)
    /// What 16-bit storage kept of the updates; sent once, after the last step, and only with such storage.
    case updateLoss(UpdateLoss)
    /// The parameters of a finished trial stand again as they did after one of its steps.
    case rebuilt(RebuiltWeights)
    /// All is done.
    case finished(TrialSummary)
    /// Stopped on request after a whole step; a later run goes on from there.
    case interrupted(step: Int)
    /// Ended without a result.
    case failed(TrialFailure)
}
