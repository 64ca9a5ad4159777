/// The 16 random bits of each element under stochastic rounding: the readable definition that the kernels follow.
///
/// A pure function of the step's seed and the element's global index, independent of the same step's `z`: the key is
/// derived from the seed. Element `i` is in group `i / 128`; its lane `i % 16` picks Philox counter
/// `16 · (i / 128) + lane`, and its row `(i % 128) / 16` picks word `row / 2` of the counter, of that the low half
/// where row is even and the high half where it is odd.
package struct RoundingStream: Sendable, Hashable {
    /// Philox's key.
    package let key: UInt64

    /// The stream of a step.
    package init(stepSeed: UInt64) {
        key = SeedDerivation.seed(.rounding, index: 0, parent: stepSeed)
    }

    /// The bits of the element with that global index.
    package func bits(at index: UInt64) -> UInt16 {
        let words = Philox4x32.words(counter: index / 128 * 16 + index % 16, key: key)
        let row = Int(index % 128 / 16)
        return UInt16(truncatingIfNeeded: words[row / 2] >> UInt32(16 * (row % 2)))
    }
}
