import Kernels
import RandomStreams
import Testing

@Suite("Half precision in bulk", .serialized)
struct HalfPrecisionSlowTests {
    @Test(
        "all instruction sets give the scalar path's bits on over 1e7 bit patterns",
        arguments: HalfFormat.allCases)
    func sameBitsEverywhere(format: HalfFormat) {
        var draws = UniformIntegers(seed: 12, purpose: .sandbox)
        let capacity = 1 << 20
        for _ in 0..<12 {
            let values = (0..<capacity - draws.next(below: 100)).map { _ in
                Float(bitPattern: UInt32(truncatingIfNeeded: draws.nextBits()))
            }
            let first = draws.nextBits() >> 8
            let stream = RoundingStream(stepSeed: draws.nextBits())
            var scalar: [[UInt16]] = []
            forEachInstructionSet { set in
                let found = [HalfRounding.nearest, .stochastic(stream)].map {
                    narrowed(values, format, rounding: $0, first: first)
                }
                if set == .scalar { scalar = found }
                #expect(found == scalar, "\(set)")
            }
        }
    }

    @Test("narrowing to float16 agrees with the compiler's conversion on over 1e7 bit patterns")
    func float16Conversion() {
        var draws = UniformIntegers(seed: 13, purpose: .sandbox)
        for _ in 0..<10 {
            let values = (0..<1 << 20).map { _ in
                Float(bitPattern: UInt32(truncatingIfNeeded: draws.nextBits()))
            }
            .filter { !$0.isNaN }
            #expect(narrowed(values, .float16) == values.map { Float16($0).bitPattern })
        }
    }
}
