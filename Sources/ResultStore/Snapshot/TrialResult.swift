package import Optimizers
package import Training

/// One trial as stored.
package struct TrialResult: StepRecording {
    /// Row id.
    package var id: Int64
    /// Seed of the drawn examples.
    package var dataSeed: UInt32
    /// Seed of noise, layers and batches.
    package var noiseSeed: UInt64
    /// How far it has come.
    package var status: TrialStatus
    /// Why it failed.
    package var failure: TrialFailure?
    /// The environment of its last run.
    package var environmentID: Int64?
    /// How busy the machine was around its last run.
    package var load: MachineLoad?
    /// What data it drew.
    package var data: DataSummary?
    /// How it ended.
    package var summary: TrialSummary?
    /// The drift measured at its end.
    package var drift: RestoreDrift?
    /// What 16-bit storage kept of its updates; nil with float32 storage and before its end.
    package var updateLoss: UpdateLoss?
    /// Committed steps, ascending.
    package var steps: [StepRecord]
    /// Committed steps of fine-tuning, ascending; a trial has steps of one kind alone.
    package var firstOrderSteps: [FirstOrderStepRecord]
    /// Committed evaluations, by step and split.
    package var evaluations: [EvaluationRecord]

    /// A trial result from all its parts.
    package init(
        id: Int64, dataSeed: UInt32, noiseSeed: UInt64, status: TrialStatus, failure: TrialFailure?,
        environmentID: Int64?, data: DataSummary?, summary: TrialSummary?, drift: RestoreDrift?,
        steps: [StepRecord], evaluations: [EvaluationRecord], load: MachineLoad? = nil,
        updateLoss: UpdateLoss? = nil, firstOrderSteps: [FirstOrderStepRecord] = []
    ) {
        self.id = id
        self.dataSeed = dataSeed
        self.noiseSeed = noiseSeed
        self.status = status
        self.failure = failure
        self.environmentID = environmentID
        self.data = data
        self.summary = summary
        self.drift = drift
        self.updateLoss = updateLoss
        self.steps = steps
        self.firstOrderSteps = firstOrderSteps
        self.evaluations = evaluations
        self.load = load
    }

    /// The number of the last committed step of either kind, 0 for none.
    package var lastStep: Int { steps.last?.step ?? firstOrderSteps.last?.step ?? 0 }
}
