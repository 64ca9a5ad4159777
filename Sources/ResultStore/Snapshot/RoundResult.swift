package import Kernels
package import Optimizers

/// One timing repetition of a cell in a fresh process, interleaved with the cells it is compared with.
package struct RoundResult: StepRecording {
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
}
