import RandomStreams
import Statistics

extension NonInferiority {
    /// The seed that sign flips of more than twenty pairs of seeds are drawn from, so that every report has the same ones.
    package static let signFlipSeed: UInt64 = 20_240_411

    /// The test over pairs of seeds; nil for fewer than two.
    ///
    /// Up to twenty pairs have all their sign flips enumerated; of more, flips are drawn from ``signFlipSeed``.
    static func overSeeds(
        _ differences: [Double], margin: Double, significance: Double = 0.05
    ) -> NonInferiority? {
        var draws = UniformIntegers(seed: signFlipSeed, purpose: .resampling)
        return NonInferiority(
            differences: differences, margin: margin, significance: significance,
            bits: { draws.nextBits() })
    }
}
