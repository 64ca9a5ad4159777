/// What a claimed speedup may mean when its source does not say.
package enum ClaimReading: String, Sendable, Hashable, CaseIterable {
    /// The baseline's time of a step over the method's.
    case perStep = "per step"
    /// The baseline's time to a score over the method's to the same score.
    case toEqualScore = "to an equal score"
    /// The baseline's time of a whole training over the method's, with as many steps.
    case wholeTraining = "whole training"
}
