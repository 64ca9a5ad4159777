package import Kernels

/// What a child process ends with when it did all that was asked.
package struct TrialSummary: Sendable, Hashable, Codable {
    /// Steps done.
    package var steps: Int
    /// The step whose parameters were tested.
    package var bestStep: Int
    /// SHA-256 of the parameters after the last step.
    package var weightsDigest: String
    /// Peak resident memory of the child.
    package var peakResidentBytes: Int64
    /// What the child's buffers were used for when they were largest; nil where it was not recorded.
    package var memory: MemoryUse?
    /// What the timed steps of a round did, warm-up left out; nil for trials, whose steps several processes may have done, one after the other.
    package var timedWork: CountedWork?

    /// A summary from all its values.
    package init(
        steps: Int, bestStep: Int, weightsDigest: String, peakResidentBytes: Int64, memory: MemoryUse? = nil,
        timedWork: CountedWork? = nil
    ) {
        self.steps = steps
        self.bestStep = bestStep
        self.weightsDigest = weightsDigest
        self.peakResidentBytes = peakResidentBytes
        self.memory = memory
        self.timedWork = timedWork
    }
}

extension TrialSummary {
    /// Takes the peaks anew, after something that came after the summary.
    mutating func measureMemory() {
        peakResidentBytes = ResidentMemory.peakBytes()
        memory = MemoryLedger.peak
    }
}
