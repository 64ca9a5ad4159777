/// Philox4x32-10, a counter-based generator: four random words for each counter and key.
///
/// Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3"; checked against the
/// known-answer vectors published with Random123.
package enum Philox4x32 {
    /// The words of a counter block under a key, least significant word first.
    package static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var (x, k) = (counter, key)
        for round in 0..<10 {
            if round > 0 { k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85) }
            let first = (0xD251_1F53 as UInt32).multipliedFullWidth(by: x[0])
            let second = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: x[2])
            x = SIMD4(second.high ^ x[1] ^ k[0], second.low, first.high ^ x[3] ^ k[1], first.low)
        }
        return x
    }

    /// The words of a 64-bit counter in one of 2^64 domains, under a 64-bit key.
    package static func words(counter: UInt64, domain: UInt64 = 0, key: UInt64) -> SIMD4<UInt32> {
        words(
            counter: SIMD4(
                UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
                UInt32(truncatingIfNeeded: domain), UInt32(truncatingIfNeeded: domain >> 32)),
            key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
    }
}
