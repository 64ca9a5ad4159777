/// The distribution of the perturbation's elements.
package enum NoiseDistribution: String, Sendable, Hashable, Codable, CaseIterable {
    /// Independent standard normal elements, as in MeZO and LeZO.
    case gaussian
    /// Independent signs.
    case rademacher
}
