import Kernels
import RandomStreams
import Testing

/// Runs of global indices that start and end inside random blocks, and cross the counter's 32-bit border.
private let runs: [(first: UInt64, count: Int)] = [
    (0, 0), (0, 1), (0, 64), (5, 3), (63, 2), (1, 200), (17, 4_111), (2_047, 2), (2_048, 2_048),
    (1_000, 7_003),
    ((1 << 34) - 131, 400), ((1 << 39) - 2_111, 4_500), ((1 << 37) + 3, 77), (.max / 2, 130),
]

@Suite("Noise", .serialized)
struct NoiseTests {
    @Test(
        "every instruction set gives the bits of the readable definition",
        arguments: NoiseDistribution.allCases)
    func matchesStream(distribution: NoiseDistribution) {
        let before = InstructionSet.current
        defer { before.force() }
        for (first, count) in runs {
            for seed: UInt64 in [0, 0x0123_4567_89ab_cdef, .max] {
                let stream = NoiseStream(seed: seed, distribution: distribution)
                let z = (0..<count).map { stream.value(at: first + UInt64($0)) }
                for set in InstructionSet.supported {
                    set.force()
                    #expect(
                        filled(1, seed, distribution, count, first) == z.map(\.bitPattern),
                        "\(set) at \(first)")
                    #expect(
                        filled(-0.37, seed, distribution, count, first) == z.map { (-0.37 * $0).bitPattern },
                        "\(set) at \(first)")
                    #expect(
                        added(1e-3, seed, distribution, count, first)
                            == z.enumerated().map {
                                Float($0.offset).addingProduct(1e-3, $0.element).bitPattern
                            },
                        "\(set) at \(first)")
                }
            }
        }
    }

    @Test(
        "a walk in pieces, in any order and on any team, gives the same bits",
        arguments: NoiseDistribution.allCases)
    func independentOfWalk(distribution: NoiseDistribution) {
        let count = 600_011
        let first: UInt64 = 1_234_567
        let whole = added(0.01, 9, distribution, count, first)
        #expect(added(0.01, 9, distribution, count, first, team: ThreadTeam(threadCount: 3)) == whole)
        var pieces = (0..<count).map { Float($0) }
        let cuts = [0, 1, 63, 64, 700, 4_096, 131_072, 300_001, 555_555, count]
        pieces.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for (start, end) in zip(cuts, cuts.dropFirst()).reversed() {
                Noise.add(
                    0.01, seed: 9, distribution: distribution, to: base + start, count: end - start,
                    firstIndex: first + UInt64(start), team: ThreadTeam(threadCount: 2))
            }
        }
        #expect(pieces.map(\.bitPattern) == whole)
    }

    private func filled(
        _ scale: Float, _ seed: UInt64, _ distribution: NoiseDistribution, _ count: Int, _ first: UInt64
    ) -> [UInt32] {
        let values = [Float](unsafeUninitializedCapacity: count + 1) { values, initializedCount in
            initializedCount = count
            guard let base = values.baseAddress else { return }
            Noise.fill(
                scale, seed: seed, distribution: distribution, to: base, count: count, firstIndex: first,
                team: ThreadTeam(threadCount: 1))
        }
        return values.map(\.bitPattern)
    }

    /// The bits of the noise added to 0, 1, 2, ….
    private func added(
        _ scale: Float, _ seed: UInt64, _ distribution: NoiseDistribution, _ count: Int, _ first: UInt64,
        team: ThreadTeam = ThreadTeam(threadCount: 1)
    ) -> [UInt32] {
        var values = (0..<count).map { Float($0) }
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            Noise.add(
                scale, seed: seed, distribution: distribution, to: base, count: values.count,
                firstIndex: first,
                team: team)
        }
        return values.map(\.bitPattern)
    }
}
