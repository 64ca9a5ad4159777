/// The token that every text begins with; the raw values are stored.
package enum FirstToken: String, Sendable, Hashable, Codable, CaseIterable {
    /// As in the published code: id 0 for OPT, and for other families what their tokenizer puts there, if anything.
    case published
    /// What the model's tokenizer puts there by default, which for OPT is id 2.
    case tokenizer
}
