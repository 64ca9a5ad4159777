import Kernels
import RandomStreams
import Testing

@Suite("Noise in bulk", .serialized)
struct NoiseSlowTests {
    private let team = ThreadTeam(threadCount: 2)

    @Test("1e8 normal draws have the moments and tails of the normal distribution")
    func gaussianMoments() throws {
        let moments = try Moments(seed: 2_024, distribution: .gaussian, count: 100_000_000, team: team)
        // Five standard errors of each statistic, which for n draws are 1/√n, √(2/n), √(15/n), √(96/n).
        #expect(abs(moments.mean) < 5e-4)
        #expect(abs(moments.secondMoment - 1) < 5 * 1.4142e-4)
        #expect(abs(moments.thirdMoment) < 5 * 3.873e-4)
        #expect(abs(moments.fourthMoment - 3) < 5 * 9.798e-4)
        // erfc(4/√2), erfc(5/√2), each with five standard errors of a share.
        #expect(abs(moments.shareBeyond4 - 6.3342e-5) < 5 * 7.96e-7)
        #expect(abs(moments.shareBeyond5 - 5.733e-7) < 5 * 7.57e-8)
        #expect(moments.maximum > 5.2 && moments.maximum < 6.67)
        // Neighbours, and draws that come from the same two words, are uncorrelated.
        #expect(abs(moments.lagProducts[1] ?? 1) < 5e-4)
        #expect(abs(moments.lagProducts[16] ?? 1) < 5e-4)
        #expect(abs(moments.lagProducts[64] ?? 1) < 5e-4)
    }

    @Test("1e8 signs are balanced and neighbours are uncorrelated")
    func signMoments() throws {
        let moments = try Moments(seed: 2_025, distribution: .rademacher, count: 100_000_000, team: team)
        #expect(abs(moments.mean) < 5e-4)
        #expect(moments.secondMoment == 1 && moments.fourthMoment == 1 && moments.maximum == 1)
        for lag in [1, 16, 64] { #expect(abs(moments.lagProducts[lag] ?? 1) < 5e-4) }
    }

    @Test(
        "all instruction sets give the scalar path's bits on over 1e8 elements, odd offsets and lengths included",
        arguments: NoiseDistribution.allCases)
    func sameBitsEverywhere(distribution: NoiseDistribution) throws {
        let before = InstructionSet.current
        defer { before.force() }
        let capacity = 1 << 22
        let expected = try AlignedBuffer<Float>(count: capacity + 64)
        let found = try AlignedBuffer<Float>(count: capacity + 64)
        var draws = UniformIntegers(seed: 31, purpose: .sandbox)
        var compared = 0
        while compared < 60_000_000 {
            let count = capacity - draws.next(below: 5_000)
            let first = draws.nextBits() >> UInt64(4 + draws.next(below: 40))
            let seed = draws.nextBits()
            let misalignment = draws.next(below: 16)
            InstructionSet.scalar.force()
            write(to: expected.base + misalignment, count, first, seed, distribution)
            for set in InstructionSet.supported where set != .scalar {
                set.force()
                write(to: found.base + misalignment, count, first, seed, distribution)
                #expect(differences(found, expected, misalignment, count) == 0, "\(set) at \(first)")
                compared += count
            }
            if InstructionSet.supported == [.scalar] { break }
        }
    }

    /// A fill and then an addition onto it, so that both operations are compared.
    private func write(
        to values: UnsafeMutablePointer<Float>, _ count: Int, _ first: UInt64, _ seed: UInt64,
        _ distribution: NoiseDistribution
    ) {
        Noise.fill(
            0.75, seed: seed, distribution: distribution, to: values, count: count, firstIndex: first,
            team: team)
        Noise.add(
            -1e-3, seed: ~seed, distribution: distribution, to: values, count: count, firstIndex: first,
            team: team)
    }

    private func differences(
        _ left: AlignedBuffer<Float>, _ right: AlignedBuffer<Float>, _ start: Int, _ count: Int
    ) -> Int {
        var differing = 0
        for index in start..<(start + count) where left.base[index].bitPattern != right.base[index].bitPattern
        {
            differing += 1
        }
        return differing
    }
}

/// Sample moments of z, its tails, and its products with itself at some distances.
private struct Moments {
    private(set) var mean = 0.0
    private(set) var secondMoment = 0.0
    private(set) var thirdMoment = 0.0
    private(set) var fourthMoment = 0.0
    private(set) var maximum: Float = 0
    private(set) var shareBeyond4 = 0.0
    private(set) var shareBeyond5 = 0.0
    private(set) var lagProducts: [Int: Double] = [:]

    init(seed: UInt64, distribution: NoiseDistribution, count: Int, team: ThreadTeam) throws {
        let blockElements = 1_000_000
        let z = try AlignedBuffer<Float>(count: blockElements)
        for first in stride(from: 0, to: count, by: blockElements) {
            Noise.fill(
                1, seed: seed, distribution: distribution, to: z.base, count: blockElements,
                firstIndex: UInt64(first), team: team)
            add(z)
        }
        let total = Double(count)
        mean /= total
        secondMoment /= total
        thirdMoment /= total
        fourthMoment /= total
        shareBeyond4 /= total
        shareBeyond5 /= total
        lagProducts = lagProducts.mapValues { $0 / total }
    }

    private mutating func add(_ z: AlignedBuffer<Float>) {
        for index in 0..<z.count {
            let value = Double(z.base[index])
            let square = value * value
            mean += value
            secondMoment += square
            thirdMoment += square * value
            fourthMoment += square * square
            maximum = max(maximum, abs(z.base[index]))
            if square > 16 { shareBeyond4 += 1 }
            if square > 25 { shareBeyond5 += 1 }
        }
        for lag in [1, 16, 64] {
            var sum = 0.0
            for index in lag..<z.count { sum += Double(z.base[index]) * Double(z.base[index - lag]) }
            lagProducts[lag, default: 0] += sum
        }
    }
}
