package import Kernels
package import Optimizers
package import Provenance
package import Training

/// Everything that one suite left in a database, as plain values: what reports and comparisons read.
///
/// Rows are sorted by their identity, never by insertion, so that the same content gives the same bytes.
package struct ResultSnapshot: Sendable {
    /// The suite's name.
    package var suiteName: String
    /// SHA-256 of the suite file's bytes.
    package var suiteSHA256: String
    /// The protocol of the suite; empty when its file has no choice.
    package var protocolName: String
    /// The suite's one-line description.
    package var title: String
    /// Timing rounds that the suite plans for each timed cell; nil when it times none.
    package var plannedRounds: Int?
    /// Identifiers of the claims that the suite checks, as in the claims ledger.
    package var claims: [String]
    /// Environments by row id.
    package var environments: [Int64: Environment]
    /// How fast BLAS was when each environment was first met, by the same ids; none from older programs.
    package var blasRates: [Int64: BLASRates]
    /// Archives, weights and vocabularies used, by SHA-256.
    package var artifacts: [StoredArtifact]
    /// All cells of the suite with what was recorded for them.
    package var cells: [CellResult]

    /// A snapshot from all its parts.
    package init(
        suiteName: String, suiteSHA256: String, title: String, claims: [String],
        environments: [Int64: Environment], artifacts: [StoredArtifact], cells: [CellResult],
        blasRates: [Int64: BLASRates] = [:], protocolName: String = "",
        plannedRounds: Int? = nil
    ) {
        self.suiteName = suiteName
        self.suiteSHA256 = suiteSHA256
        self.title = title
        self.claims = claims
        self.environments = environments
        self.blasRates = blasRates
        self.protocolName = protocolName
        self.plannedRounds = plannedRounds
        self.artifacts = artifacts
        self.cells = cells
    }
}

/// One cell with everything recorded for it.
package struct CellResult: Sendable {
    /// Row id.
    package var id: Int64
    /// What was run.
    package var cell: Cell
    /// Decoder layers of the model, so that sparsity = dropped / layers.
    package var layerCount: Int
    /// Parameter elements of all decoder layers together; a tied tensor counts once.
    package var layerParameterCount: Int64
    /// Parameter elements of the whole model, always-tuned ones included; 0 when not recorded.
    package var parameterCount: Int64
    /// Every trial planned for it, by data seed and noise seed.
    package var trials: [TrialResult]
    /// Every timing round recorded for it, by round number.
    package var rounds: [RoundResult]

    /// A cell result from all its parts.
    package init(
        id: Int64, cell: Cell, layerCount: Int, layerParameterCount: Int64, parameterCount: Int64,
        trials: [TrialResult], rounds: [RoundResult]
    ) {
        self.id = id
        self.cell = cell
        self.layerCount = layerCount
        self.layerParameterCount = layerParameterCount
        self.parameterCount = parameterCount
        self.trials = trials
        self.rounds = rounds
    }
}

/// How far a trial has come.
package enum TrialStatus: String, Sendable, Codable, CaseIterable {
    case planned
    case running
    case interrupted
    case done
    case failed
}

/// One trial as stored.
package struct TrialResult: Sendable {
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

    /// How long each committed step of either kind took.
    package var stepNanoseconds: [Int64] {
        steps.map(\.times.totalNanoseconds) + firstOrderSteps.map(\.totalNanoseconds)
    }
}

/// One timing repetition of a cell in a fresh process, interleaved with the cells it is compared with.
package struct RoundResult: Sendable {
    /// Number of the round, from 1; cells of one comparison share it.
    package var round: Int
    /// Place within the round, from 0; the order is random and stored.
    package var position: Int
    /// The environment of this round.
    package var environmentID: Int64?
    /// Timed steps, warm-up steps left out.
    package var steps: [StepRecord]
    /// Timed steps of fine-tuning; a round has steps of one kind alone.
    package var firstOrderSteps: [FirstOrderStepRecord]
    /// What the buffers of its process were used for when they were largest; nil where it was not recorded.
    package var memory: MemoryUse?
    /// What its timed steps did; nil where it was not recorded.
    package var work: CountedWork?
    /// Peak resident memory of the round's process.
    package var peakResidentBytes: Int64
    /// When it was stored, in nanoseconds since 1970 in UTC; nil when not known.
    package var recordedNanoseconds: Int64?
    /// How busy the machine was around it.
    package var load: MachineLoad?

    /// A round result from all its parts.
    package init(
        round: Int, position: Int, environmentID: Int64?, steps: [StepRecord], peakResidentBytes: Int64,
        load: MachineLoad? = nil, recordedNanoseconds: Int64? = nil,
        firstOrderSteps: [FirstOrderStepRecord] = [], memory: MemoryUse? = nil, work: CountedWork? = nil
    ) {
        self.round = round
        self.position = position
        self.environmentID = environmentID
        self.steps = steps
        self.firstOrderSteps = firstOrderSteps
        self.memory = memory
        self.work = work
        self.peakResidentBytes = peakResidentBytes
        self.load = load
        self.recordedNanoseconds = recordedNanoseconds
    }

    /// How long each timed step of either kind took.
    package var stepNanoseconds: [Int64] {
        steps.map(\.times.totalNanoseconds) + firstOrderSteps.map(\.totalNanoseconds)
    }
}

/// The machine's one-minute load averages just before and just after a child process.
package struct MachineLoad: Sendable, Hashable, Codable {
    /// Before the child started.
    package var before: Double
    /// After it ended.
    package var after: Double

    /// The two averages.
    package init(before: Double, after: Double) {
        self.before = before
        self.after = after
    }
}

/// An archive, weight file or vocabulary, known by its content.
package struct StoredArtifact: Sendable, Hashable {
    /// `archive`, `weights` or `vocabulary`.
    package var kind: String
    /// What it stands for: a task's or model's name.
    package var subject: String
    /// The file's name without its folder.
    package var fileName: String
    /// SHA-256 of its bytes.
    package var sha256: String
    /// Size in bytes.
    package var byteCount: Int64
    /// A sentence when it is partial, such as that it is a subset.
    package var note: String?

    /// An artifact from all its values.
    package init(
        kind: String, subject: String, fileName: String, sha256: String, byteCount: Int64, note: String?
    ) {
        self.kind = kind
        self.subject = subject
        self.fileName = fileName
        self.sha256 = sha256
        self.byteCount = byteCount
        self.note = note
    }
}
