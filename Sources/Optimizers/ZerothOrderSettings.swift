package import LanguageModels
package import RandomStreams

/// What defines a zeroth-order optimizer: MeZO, and LeZO when layers are dropped.
///
/// With `z` the perturbation, `B` the batch and `g = (L(θ + ε z; B) - L(θ - ε z; B)) / 2ε`, one step does
/// `θ ← θ - η g z` (Malladi et al. 2023, arXiv 2305.17333, algorithm 1); LeZO sets `z = 0` on layers that are
/// drawn anew in each step (Wang et al. 2024, arXiv 2410.09823).
package struct ZerothOrderSettings: Sendable, Hashable, Codable {
    /// η.
    package var learningRate: Double
    /// ε.
    package var perturbationScale: Double
    /// How many decoder layers each step leaves out, 0 for MeZO; at most the model's layer count.
    package var droppedLayerCount: Int
    /// The distribution of z.
    package var noise: NoiseDistribution
    /// The parameters that steps may change at all.
    package var tuned: TunedParameters
    /// How an updated value is rounded where parameters are stored in 16 bits; float32 storage rounds to nearest.
    package var rounding: UpdateRounding

    /// Settings from all their values.
    package init(
        learningRate: Double, perturbationScale: Double, droppedLayerCount: Int,
        noise: NoiseDistribution = .gaussian, tuned: TunedParameters = .all,
        rounding: UpdateRounding = .nearest
    ) {
        self.learningRate = learningRate
        self.perturbationScale = perturbationScale
        self.droppedLayerCount = droppedLayerCount
        self.noise = noise
        self.tuned = tuned
        self.rounding = rounding
    }

    /// Reads settings; those written before a choice existed have what was done then.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        learningRate = try values.decode(Double.self, forKey: .learningRate)
        perturbationScale = try values.decode(Double.self, forKey: .perturbationScale)
        droppedLayerCount = try values.decode(Int.self, forKey: .droppedLayerCount)
        noise = try values.decode(NoiseDistribution.self, forKey: .noise)
        tuned = try values.decodeIfPresent(TunedParameters.self, forKey: .tuned) ?? .all
        rounding = try values.decodeIfPresent(UpdateRounding.self, forKey: .rounding) ?? .nearest
    }
}
