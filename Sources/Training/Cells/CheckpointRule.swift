/// What a development evaluation is chosen by; the raw values are stored.
package enum CheckpointRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The lowest mean loss from log-probabilities, as the published trainer chooses.
    case devLoss = "dev-loss"
    /// The highest value of the task's metric.
    case devMetric = "dev-metric"

    /// The place of the best of some evaluations, the earliest of equals; nil when there is none.
    ///
    /// - Parameters:
    ///   - evaluations: In any order.
    ///   - values: Step, loss and value of one of them.
    package func indexOfBest<Evaluation>(
        of evaluations: [Evaluation], values: (Evaluation) -> (step: Int, loss: Double, value: Double)
    ) -> Int? {
        evaluations.indices.min { first, second in
            let (first, second) = (values(evaluations[first]), values(evaluations[second]))
            return switch self {
            case .devLoss: (first.loss, first.step) < (second.loss, second.step)
            case .devMetric: (-first.value, first.step) < (-second.value, second.step)
            }
        }
    }
}
