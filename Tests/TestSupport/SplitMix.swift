import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014), so that a simulation is the same on every run.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    /// The generator of a seed.
    package init(state: UInt64) {
        self.state = state
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in 0..<1.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An integer in `0..<bound`; its bias of `bound / 2^64` is of no account in a test.
    package mutating func integer(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Standard normal.
    package mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// Exponential of mean 1.
    package mutating func exponential() -> Double { -log(1 - uniform()) }

    /// Noise of a log step time on a shared machine: 1 % independent, and in one of twenty cases a delay of 8 % on average.
    package mutating func spikyNoise() -> Double {
        let isSpike = uniform() < 0.05
        let spike = isSpike ? 0.08 * exponential() : 0
        return 0.01 * normal() + spike
    }
}
