package import ResultStore
package import Training

/// What the development examples say about one finished trial: all that a choice of settings may look at.
package struct DevelopmentScore: Sendable, Hashable {
    /// One evaluation on development examples.
    package struct Point: Sendable, Hashable {
        /// Steps done before.
        package var step: Int
        /// The mean of the training objective.
        package var loss: Double
        /// The mean score, in 0...1.
        package var value: Double
    }

    /// Row id of the trial.
    package let trialID: Int64
    /// `accuracy` or `f1`.
    package let metric: String
    /// All evaluations, by step.
    package let points: [Point]
    /// The evaluation that the cell's checkpoint rule chooses, the earliest of equals.
    package let best: Point

    /// Whether the last of several evaluations is the best, so that more steps might do better.
    package var isStillImproving: Bool {
        points.count > 1 && points.last?.step == best.step
    }

    /// The score of a finished trial with at least one development evaluation of finite loss, nil otherwise.
    package init?(of trial: TrialResult, rule: CheckpointRule) {
        guard trial.status == .done else { return nil }
        let evaluations = trial.evaluations.filter { $0.split == .dev }.sorted { $0.step < $1.step }
        let points = evaluations.map { Point(step: $0.step, loss: $0.loss, value: $0.value) }
        guard let metric = evaluations.first?.metric,
            let best = rule.indexOfBest(
                of: points.filter(\.loss.isFinite), values: { ($0.step, $0.loss, $0.value) })
        else { return nil }
        trialID = trial.id
        self.metric = metric
        self.points = points
        self.best = points.filter(\.loss.isFinite)[best]
    }
}
