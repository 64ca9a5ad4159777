/// What a claim's value is of; the raw values are the ledger's words.
package enum ClaimMetric: String, Sendable, Hashable, CaseIterable {
    /// Share of right answers on test examples.
    case accuracy
    /// Mean F1 of generated answers on test examples.
    case f1
    /// Mean of several tasks' scores.
    case averageScore = "average_score"
    /// The method's score minus its baseline's.
    case scoreChange = "score_change"
    /// Share of perturbing and updating together in a step.
    case overheadShare = "phase_share"
    /// Share of perturbing in a step.
    case perturbShare = "perturb_share"
    /// Share of the forward passes in a step.
    case forwardShare = "forward_share"
    /// Share of updating in a step.
    case updateShare = "update_share"
    /// The baseline's time of a step over the method's.
    case stepSpeedup = "speedup_step"
    /// A ratio of times that the source does not say the kind of: per step, to an equal score, or of all training.
    case speedup = "speedup_wallclock"
    /// The method's peak memory over its baseline's.
    case memoryRatio = "memory_ratio"

    /// What its values are counted in.
    package var unit: Claim.Unit {
        switch self {
        case .accuracy, .f1, .averageScore, .overheadShare, .perturbShare, .forwardShare, .updateShare:
            .percent
        case .scoreChange: .points
        case .stepSpeedup, .speedup, .memoryRatio: .ratio
        }
    }

    /// The metric as a phrase.
    package var words: String {
        switch self {
        case .accuracy: "accuracy"
        case .f1: "F1"
        case .averageScore: "average score"
        case .scoreChange: "change of score"
        case .overheadShare: "share of perturb and update"
        case .perturbShare: "share of perturb"
        case .forwardShare: "share of forward"
        case .updateShare: "share of update"
        case .stepSpeedup: "speedup of a step"
        case .speedup: "speedup"
        case .memoryRatio: "ratio of memory"
        }
    }
}
