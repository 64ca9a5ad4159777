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

    /// Settings from all their values.
    package init(
        learningRate: Double, perturbationScale: Double, droppedLayerCount: Int,
        noise: NoiseDistribution = .gaussian
    ) {
        self.learningRate = learningRate
        self.perturbationScale = perturbationScale
        self.droppedLayerCount = droppedLayerCount
        self.noise = noise
    }
}
