/// How one trial fared on its way to a target.
package enum TargetRun: Sendable, Hashable {
    /// It reached the target at the evaluation after `step` steps; the one before came after `previousStep`.
    case reached(step: Int, previousStep: Int, isConfirmed: Bool)
    /// Its budget of steps ended first.
    case missed(budget: Int)

    /// Whether the target was reached.
    package var isReached: Bool { reachedStep != nil }

    /// The steps at which it was reached, nil when it was not.
    package var reachedStep: Int? {
        if case .reached(let step, _, _) = self { step } else { nil }
    }

    /// The run of a trial's development scores, by step.
    ///
    /// The target is reached at the first evaluation at or above it whose next one is not below it: one lucky evaluation
    /// is no result. At the last evaluation there is no next one; it counts, and is not confirmed.
    init(points: [DevelopmentScore.Point], target: ScoreTarget, budget: Int) {
        for (index, point) in points.enumerated() where target.isReached(by: point.value) {
            let next = index + 1 < points.count ? points[index + 1] : nil
            if let next, !target.isReached(by: next.value) { continue }
            self = .reached(
                step: point.step, previousStep: index > 0 ? points[index - 1].step : 0,
                isConfirmed: next != nil)
            return
        }
        self = .missed(budget: budget)
    }
}
