/// How the demonstrations of in-context learning are drawn from the train split; the raw values are stored.
package enum DemonstrationDraw: String, Sendable, Hashable, Codable, CaseIterable {
    /// A set for each test example, under seeds of its own: what the published script does.
    case perExample = "per-example"
    /// One set for all test examples, the first of the drawn training examples: the published code's other form.
    case fixedSet = "fixed-set"
}
