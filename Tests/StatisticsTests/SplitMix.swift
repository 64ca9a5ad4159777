import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014), so that a simulation is the same on every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An integer in `0..<bound`; its bias of `bound / 2^64` is of no account in a test.
    mutating func integer(below bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    mutating func normal() -> Double {
        let radius = (-2 * Foundation.log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// Noise of a step time on a shared machine: 1 % independent, and now and then a delay.
    mutating func spikyNoise() -> Double {
        let isSpike = uniform() < 0.05
        let spike = isSpike ? -0.08 * Foundation.log(1 - uniform()) : 0
        return 0.01 * normal() + spike
    }
}
