/// The generator behind `numpy.random.seed` and `numpy.random.RandomState`, bit for bit.
///
/// Published code draws its examples with it. NumPy has frozen this stream (NEP 19). It is the
/// Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), bounded integers by masked rejection.
package struct NumPyLegacyGenerator: Sendable {
    private static let stateLength = 624
    private static let shift = 397
    private var state: [UInt32]
    private var position = stateLength

    /// As after `numpy.random.seed(seed)`.
    package init(seed: UInt32) {
        state = [UInt32](repeating: seed, count: Self.stateLength)
        for index in 1..<Self.stateLength {
            let last = state[index - 1]
            state[index] = 1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index)
        }
    }

    /// As `numpy.random.permutation(count)`: the integers of `0..<count` in random order.
    package mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<max(0, count))
        shuffle(&order)
        return order
    }

    /// As `numpy.random.shuffle(values)` on a list or a one-dimensional array.
    package mutating func shuffle<Element>(_ values: inout [Element]) {
        for last in stride(from: values.count - 1, to: 0, by: -1) {
            values.swapAt(last, Int(interval(upTo: UInt64(last))))
        }
    }

    /// As `numpy.random.randint(low, high)`: an integer from `low` to below `high`, which must be greater.
    package mutating func integer(in range: Range<Int>) -> Int {
        precondition(!range.isEmpty, "an integer cannot be drawn from the empty range \(range)")
        return range.lowerBound + Int(interval(upTo: UInt64(range.count - 1)))
    }

    /// As `numpy.random.random_sample()`: a double from 0 to below 1, of 53 random bits.
    ///
    /// No examples are drawn with it; it is there to hold the generator's bare words against NumPy's own.
    package mutating func unitDouble() -> Double {
        let high = Double(nextWord() >> 5)
        let low = Double(nextWord() >> 6)
        return (high * 67_108_864 + low) / 9_007_199_254_740_992
    }

    /// An integer from 0 to `maximum`, both included, by drawing masked bits until they are in range.
    private mutating func interval(upTo maximum: UInt64) -> UInt64 {
        if maximum == 0 { return 0 }
        let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
        while true {
            // NumPy takes one 32-bit word when it is enough, otherwise two, high word first.
            let isWide = maximum > UInt64(UInt32.max)
            let high = isWide ? UInt64(nextWord()) << 32 : 0
            let value = (high | UInt64(nextWord())) & mask
            if value <= maximum { return value }
        }
    }

    private mutating func nextWord() -> UInt32 {
        if position == Self.stateLength { regenerate() }
        var word = state[position]
        position += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9d2c_5680
        word ^= (word << 15) & 0xefc6_0000
        word ^= word >> 18
        return word
    }

    private mutating func regenerate() {
        for index in 0..<Self.stateLength {
            let next = state[(index + 1) % Self.stateLength]
            let mixed = (state[index] & 0x8000_0000) | (next & 0x7fff_ffff)
            let twist: UInt32 = mixed & 1 == 0 ? 0 : 0x9908_b0df
            state[index] = state[(index + Self.shift) % Self.stateLength] ^ (mixed >> 1) ^ twist
        }
        position = 0
    }
}
