/// How long a trial trains, when it is evaluated, and which of its points is tested.
///
/// In JSON a checkpoint rule that is the default is left out, so that a schedule is known again by what it was before
/// there was a choice.
package struct TrainingSchedule: Sendable, Hashable, Codable {
    /// Optimizer steps.
    package var steps: Int
    /// Examples in a step's batch.
    package var batchSize: Int
    /// Steps between evaluations on dev; also evaluated after the last step.
    package var evaluateEvery: Int
    /// Which evaluation on dev has the point that is tested.
    package var checkpointRule: CheckpointRule

    /// A schedule from all its values.
    package init(
        steps: Int, batchSize: Int, evaluateEvery: Int, checkpointRule: CheckpointRule = .devLoss
    ) {
        self.steps = steps
        self.batchSize = batchSize
        self.evaluateEvery = evaluateEvery
        self.checkpointRule = checkpointRule
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        steps = try values.decode(Int.self, forKey: .steps)
        batchSize = try values.decode(Int.self, forKey: .batchSize)
        evaluateEvery = try values.decode(Int.self, forKey: .evaluateEvery)
        checkpointRule =
            try values.decodeIfPresent(CheckpointRule.self, forKey: .checkpointRule) ?? .devLoss
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(steps, forKey: .steps)
        try values.encode(batchSize, forKey: .batchSize)
        try values.encode(evaluateEvery, forKey: .evaluateEvery)
        if checkpointRule != .devLoss { try values.encode(checkpointRule, forKey: .checkpointRule) }
    }

    private enum CodingKeys: CodingKey {
        case steps, batchSize, evaluateEvery, checkpointRule
    }
}
