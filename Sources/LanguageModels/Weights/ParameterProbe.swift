package import RandomStreams

/// Two perturbed copies of the parameters that are never stored: `θ + ε z` and `θ - ε z`.
///
/// z acts on the active elements and is 0 elsewhere (Malladi et al. 2023, arXiv 2305.17333, definition 1; with
/// dropped layers Wang et al. 2024, arXiv 2410.09823, algorithm 1).
package struct ParameterProbe: Sendable, Hashable {
    /// The seed of z.
    package let seed: UInt64
    /// ε.
    package let perturbationScale: Float
    /// The distribution of z.
    package let distribution: NoiseDistribution
    /// The elements that z acts on: merged, ascending, made of whole parameters.
    package let activeRanges: [Range<Int>]

    /// A probe from all its parts.
    package init(
        seed: UInt64, perturbationScale: Float, distribution: NoiseDistribution, activeRanges: [Range<Int>]
    ) {
        self.seed = seed
        self.perturbationScale = perturbationScale
        self.distribution = distribution
        self.activeRanges = activeRanges
    }
}

/// An update that is decided but not yet carried out: `θ += scale · z` on the active elements.
///
/// With `scale = -η g` this is the end of a zeroth-order step. The next pass over the parameters carries it out,
/// so that a step reads each parameter once.
package struct PendingUpdate: Sendable, Hashable {
    /// The seed of z.
    package let seed: UInt64
    /// -η g.
    package let scale: Float
    /// The distribution of z.
    package let distribution: NoiseDistribution
    /// The elements that z acts on: merged, ascending, made of whole parameters.
    package let activeRanges: [Range<Int>]
    /// How 16-bit storage rounds the sums.
    package let rounding: UpdateRounding

    /// An update from all its parts.
    package init(
        seed: UInt64, scale: Float, distribution: NoiseDistribution, activeRanges: [Range<Int>],
        rounding: UpdateRounding = .nearest
    ) {
        self.seed = seed
        self.scale = scale
        self.distribution = distribution
        self.rounding = rounding
        self.activeRanges = activeRanges
    }
}
