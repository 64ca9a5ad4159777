/// How a step's mathematics is carried out; never mixed in one comparison.
package enum ExecutionPlan: String, Sendable, Hashable, Codable, CaseIterable {
    /// The passes exactly as the papers' cost model counts them: three that perturb, one that updates.
    case reference
    /// The same mathematics as fast as it goes: one pass over the parameters a step, no padding, shared prompts.
    case fused
}
