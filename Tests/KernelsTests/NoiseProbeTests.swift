import Kernels
import RandomStreams
import Testing

@Suite("Both sides of a probe", .serialized)
struct NoiseProbeTests {
    @Test(
        "are what adding and subtracting gives, on every instruction set, at odd offsets and lengths",
        arguments: NoiseDistribution.allCases)
    func againstAddition(distribution: NoiseDistribution) throws {
        let before = InstructionSet.current
        defer { before.force() }
        let capacity = 50_000
        let values = try AlignedBuffer<Float>(count: capacity)
        let plus = try AlignedBuffer<Float>(count: capacity + 64)
        let minus = try AlignedBuffer<Float>(count: capacity + 64)
        var draws = UniformIntegers(seed: 77, purpose: .sandbox)
        for set in InstructionSet.supported {
            set.force()
            for trial in 0..<40 {
                let count = trial < 20 ? 1 + draws.next(below: 200) : 1 + draws.next(below: capacity)
                let first = draws.nextBits() >> UInt64(4 + draws.next(below: 40))
                let (seed, misalignment) = (draws.nextBits(), draws.next(below: 16))
                let fillSeed = draws.nextBits()
                Noise.fill(
                    0.02, seed: fillSeed, distribution: .gaussian, to: values.base, count: count,
                    firstIndex: 0, team: ThreadTeam(threadCount: 1))
                let original = Array(values.elements.prefix(count))
                Noise.probeHere(
                    1e-3, seed: seed, distribution: distribution, of: values.base, count: count,
                    firstIndex: first, plus: plus.base + misalignment, minus: minus.base + misalignment)
                #expect(Array(values.elements.prefix(count)) == original)
                for (side, scale) in [(plus, Float(1e-3)), (minus, -1e-3)] {
                    var expected = original
                    expected.withUnsafeMutableBufferPointer { elements in
                        guard let base = elements.baseAddress else { return }
                        Noise.addHere(
                            scale, seed: seed, distribution: distribution, to: base, count: count,
                            firstIndex: first)
                    }
                    let found = side.elements[misalignment..<misalignment + count]
                    #expect(
                        found.map(\.bitPattern) == expected.map(\.bitPattern),
                        "\(set) at \(first), \(count) elements")
                }
            }
        }
    }

    @Test("pieces cover a range once, in order, cut at multiples of the piece")
    func pieces() {
        for range in [0..<1, 5..<16_384, 16_383..<16_385, 100..<100_000, 32_768..<65_536, 7..<7] {
            var pieces: [Range<Int>] = []
            Noise.forEachPiece(of: range) { pieces.append($0) }
            #expect(pieces.flatMap { Array($0) } == Array(range))
            #expect(pieces.dropFirst().allSatisfy { $0.lowerBound % Noise.pieceElements == 0 })
            #expect(pieces.allSatisfy { !$0.isEmpty && $0.count <= Noise.pieceElements })
        }
    }
}
