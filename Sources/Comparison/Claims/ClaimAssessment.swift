package import Optimizers
import ResultStore
package import Statistics
import Training

/// One reported figure beside one figure measured here.
package struct ClaimAssessment: Sendable {
    /// The reported figure.
    package let claim: Claim
    /// What is taken for the claim's meaning, where it has several.
    package let reading: ClaimReading?
    /// The plan that was measured, nil when nothing was, or a method that follows none.
    package let plan: ExecutionPlan?
    /// What was measured: method, model, workload and plan in words; empty when nothing was.
    package let subject: String
    /// The measured value in the claim's unit.
    package let value: Double?
    /// The interval that decides, in the claim's unit.
    package let interval: Interval?
    /// The confidence asked of the interval, nil where it is the usual one of its kind.
    package let confidence: Double?
    /// What the interval is over, such as `8 rounds`; empty when nothing was measured.
    package let basis: String
    /// The verdict.
    package let verdict: ClaimVerdict
    /// Where the interval stands to the claim, whatever the verdict.
    package let direction: String?
    /// How many rounds or seeds would decide if the value stayed, with their noun.
    package let whatWouldDecide: String?
    /// What differs between the claim's circumstances and ours.
    package let differences: [ClaimDifference]
    /// What else a reader must know.
    package let remarks: [String]

    /// An assessment of a measured value.
    ///
    /// - Parameter mismatch: Why the value is of something else than the claim is about, or nil.
    init(
        claim: Claim, measurement: ClaimMeasurement, mismatch: String?, differences: [ClaimDifference]
    ) {
        self.claim = claim
        reading = measurement.reading
        plan = measurement.cell.cell.followsPlan ? measurement.cell.cell.plan : nil
        subject = measurement.subject
        value = measurement.value
        interval = measurement.interval
        confidence = measurement.confidence
        let repetition = measurement.repetition
        basis = Self.counted(repetition.count, repetition.kind)
        direction = measurement.interval.map(claim.direction)
        remarks = measurement.remarks
        self.differences = differences
        verdict = Self.verdict(on: claim, measurement: measurement, mismatch: mismatch)
        guard case .undecided = verdict, measurement.obstacle == nil, let interval = measurement.interval
        else {
            whatWouldDecide = nil
            return
        }
        let needed =
            measurement.verdict == nil
            ? DecidingCount.needed(
                estimate: measurement.value, interval: interval, count: repetition.count, claim: claim)
            : measurement.countThatWouldDecide
        // A bound that only the largest of several reaches is not decided by more rounds of this one.
        whatWouldDecide =
            claim.relation == .upTo ? nil : needed.map { "about \(Self.counted($0, repetition.kind))" }
    }

    /// An assessment without a value: of nothing, or of a cell that something keeps from having one.
    init(
        claim: Claim, reading: ClaimReading? = nil, cell: CellResult? = nil, subject: String = "",
        verdict: ClaimVerdict
    ) {
        self.claim = claim
        self.reading = reading
        self.verdict = verdict
        plan = cell.flatMap { $0.cell.followsPlan ? $0.cell.plan : nil }
        self.subject = subject
        value = nil
        interval = nil
        confidence = nil
        basis = ""
        direction = nil
        whatWouldDecide = nil
        differences = []
        remarks = []
    }

    /// Whether there was anything to hold against the claim.
    package var isMeasured: Bool {
        if case .notMeasured = verdict { false } else { true }
    }

    /// Why the verdict is what it is, in phrases: the obstacle, where the interval stands, what would decide.
    package var reasons: [String] {
        let needed = whatWouldDecide.map { "\($0) would decide, if the value stayed" }
        return [verdict.reason, direction, needed].compactMap { $0 }
    }

    private static func verdict(
        on claim: Claim, measurement: ClaimMeasurement, mismatch: String?
    ) -> ClaimVerdict {
        if let mismatch {
            return .notComparable(
                reason: [mismatch, measurement.obstacle].compactMap { $0 }.joined(separator: "; "))
        }
        if let obstacle = measurement.obstacle { return .undecided(reason: obstacle) }
        if let verdict = measurement.verdict { return verdict }
        return measurement.interval.map { ClaimVerdict(claim: claim, interval: $0) }
            ?? .undecided(
                reason:
                    "\(counted(measurement.repetition.count, measurement.repetition.kind)) give no interval")
    }

    private static func counted(_ count: Int, _ kind: ClaimMeasurement.Repetition) -> String {
        "\(count) \(kind.rawValue)\(count == 1 ? "" : "s")"
    }
}
