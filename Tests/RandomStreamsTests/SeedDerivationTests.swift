import RandomStreams
import Testing

@Suite("Seed derivation")
struct SeedDerivationTests {
    @Test("seeds of purposes, indices and parents are all different")
    func distinct() {
        var seeds = Set<UInt64>()
        for purpose in SeedDerivation.Purpose.allCases {
            for parent: UInt64 in [0, 1, 42, 1 << 32, .max] {
                for index: UInt64 in 0..<500 {
                    seeds.insert(SeedDerivation.seed(purpose, index: index, parent: parent))
                }
            }
        }
        #expect(seeds.count == SeedDerivation.Purpose.allCases.count * 5 * 500)
    }

    @Test("the step's seed is the first two Philox words at the step's number in the step's domain")
    func stepSeed() {
        let words = Philox4x32.words(counter: SIMD4(7, 0, 1, 0), key: SIMD2(42, 0))
        let expected = UInt64(words[0]) | UInt64(words[1]) << 32
        #expect(SeedDerivation.stepSeed(step: 7, noiseSeed: 42) == expected)
    }

    @Test("integer streams of a seed share no block with its noise, its derived seeds or each other")
    func streamsDiffer() {
        var drawn = Set<UInt64>()
        for purpose in SeedDerivation.Purpose.allCases {
            var integers = UniformIntegers(seed: 9, purpose: purpose)
            for index: UInt64 in 0..<200 {
                drawn.insert(integers.nextBits())
                drawn.insert(SeedDerivation.seed(purpose, index: index, parent: 9))
            }
        }
        for counter: UInt64 in 0..<200 {
            let words = Philox4x32.words(counter: counter, key: 9)
            drawn.insert(UInt64(words[0]) | UInt64(words[1]) << 32)
            drawn.insert(UInt64(words[2]) | UInt64(words[3]) << 32)
        }
        #expect(drawn.count == SeedDerivation.Purpose.allCases.count * 400 + 400)
    }
}
