/// What a step computes its loss on.
package enum Workload: Sendable, Hashable, Codable {
    /// A task by name, such as `sst2` or `multirc`, with the counts of examples asked for.
    case task(name: String, trainExamples: Int, devExamples: Int, testExamples: Int)
    /// Random token ids of one shape, for timing: `batchSize` rows of `tokens` tokens, the last one scored.
    case shape(batchSize: Int, tokens: Int)

    /// The task's name, nil for a shape.
    package var taskName: String? {
        switch self {
        case .task(let name, _, _, _): name
        case .shape: nil
        }
    }
}
