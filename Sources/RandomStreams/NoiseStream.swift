/// The perturbation `z(seed, i)`, one element at a time: the readable definition that the kernels follow.
///
/// A pure function of seed, distribution and global element index. It is slow; `Kernels.Noise`
/// gives the same bits at memory speed.
///
/// - Gaussian: element `i` is in group `i / 64`. Its lane, `(i % 64) % 16`, picks Philox counter
///   `16 · (i / 64) + lane`; `(i % 64) / 16` picks one of the counter's four draws, of which two come from words
///   0 and 1 and two from words 2 and 3.
/// - Rademacher: element `i` is in block `i / 2048`, row `(i % 2048) / 16`, lane `i % 16`. Its sign is bit
///   `31 - row % 32` of word `row / 32` of counter `16 · (i / 2048) + lane`; a set bit means -1.
package struct NoiseStream: Sendable, Hashable {
    /// The step's seed, Philox's key.
    package let seed: UInt64
    /// The distribution of z.
    package let distribution: NoiseDistribution

    /// The stream of a seed.
    package init(seed: UInt64, distribution: NoiseDistribution) {
        self.seed = seed
        self.distribution = distribution
    }

    /// z of the element with that global index.
    package func value(at index: UInt64) -> Float {
        switch distribution {
        case .gaussian: gaussian(at: index)
        case .rademacher: sign(at: index)
        }
    }

    private func gaussian(at index: UInt64) -> Float {
        let words = Philox4x32.words(counter: index / 64 * 16 + index % 16, key: seed)
        let draw = index % 64 / 16
        let first = draw < 2 ? 0 : 2
        let draws = BoxMuller.draws(radiusWord: words[first], angleWord: words[first + 1])
        return draw % 2 == 0 ? draws.cosine : draws.sine
    }

    private func sign(at index: UInt64) -> Float {
        let words = Philox4x32.words(counter: index / 2048 * 16 + index % 16, key: seed)
        let row = Int(index % 2048 / 16)
        let bit = words[row / 32] >> UInt32(31 - row % 32) & 1
        return bit == 0 ? 1 : -1
    }
}
