import Optimizers
import Training

/// How far a trial has come in one database.
struct TrialReach {
    let status: TrialStatus
    let lastStep: Int
    /// Steps that are stored.
    let stepCount: Int
    /// The step in which it diverged, if it did.
    let divergedStep: Int?
    private let evaluationCount: Int
    private let knowsItsData: Bool
    private let wording: String

    /// - Parameters:
    ///   - row: The trial's row.
    ///   - steps: Its steps.
    ///   - evaluationCount: How often it was evaluated.
    ///   - wording: All that the row says, to decide between two that have come equally far.
    init(
        _ row: MergedTable.Values, steps: StepHistory, evaluationCount: Int, wording: String
    ) throws {
        let fineTuning = StepTable.fineTuning
        status = TrialStatus(rawValue: row.text("status")) ?? .planned
        lastStep = max(
            try steps.lastNumber(), try fineTuning.lastStep(of: steps.trialID, steps.database))
        stepCount =
            try steps.all().count + fineTuning.rows(of: steps.trialID, steps.database).count
        let diverged = row.text("failure_reason") == TrialFailure.Reason.diverged.rawValue
        divergedStep = diverged ? row.optionalInteger("failure_step").map(Int.init) : nil
        self.evaluationCount = evaluationCount
        knowsItsData = !row.text("data_notes").isEmpty
        self.wording = wording
    }

    var isDone: Bool { status == .done }

    /// Done before not done, then more steps, more evaluations, and what is known of the data and of the end; the
    /// wording decides the rest, so that the order of databases does not.
    func goesFurther(than other: TrialReach) -> Bool {
        let order: [TrialStatus] = [.planned, .running, .interrupted, .failed, .done]
        func rank(_ reach: TrialReach) -> (Int, Int, Int, Int, Int, String) {
            (
                reach.isDone ? 1 : 0, reach.lastStep, reach.evaluationCount, reach.knowsItsData ? 1 : 0,
                order.firstIndex(of: reach.status) ?? 0, reach.wording
            )
        }
        return rank(self) > rank(other)
    }
}
