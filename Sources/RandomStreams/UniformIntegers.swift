/// A stream of unbiased random integers for one purpose, the same on every machine and in every release.
///
/// Swift's own `random(in:using:)` and `shuffle(using:)` do not promise their algorithms, so they are not used
/// where a result must be reproduced. Words come from Philox4x32-10 in counter order.
package struct UniformIntegers: Sendable {
    private let seed: UInt64
    private let domain: UInt64
    private var counter: UInt64 = 0
    private var spare: UInt64?

    /// The stream of `purpose` under `seed`; other purposes and the noise of that seed never overlap with it.
    ///
    /// The top bit of the domain tells these blocks from those that seeds are derived from.
    package init(seed: UInt64, purpose: SeedDerivation.Purpose) {
        self.seed = seed
        domain = purpose.rawValue | 1 << 63
    }

    /// The next 64 random bits.
    package mutating func nextBits() -> UInt64 {
        if let bits = spare {
            spare = nil
            return bits
        }
        let words = Philox4x32.words(counter: counter, domain: domain, key: seed)
        counter += 1
        spare = UInt64(words[3]) << 32 | UInt64(words[2])
        return UInt64(words[1]) << 32 | UInt64(words[0])
    }

    /// The next integer, uniform in `0..<bound`; `bound` is at least 1.
    ///
    /// Multiply-and-reject (Lemire 2019, "Fast random integer generation in an interval"): exactly unbiased.
    package mutating func next(below bound: Int) -> Int {
        precondition(bound >= 1, "an integer below \(bound) cannot be drawn")
        let width = UInt64(bound)
        let smallestFair = (0 &- width) % width
        while true {
            let product = nextBits().multipliedFullWidth(by: width)
            if product.low >= smallestFair { return Int(product.high) }
        }
    }
}
