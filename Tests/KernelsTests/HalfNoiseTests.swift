import Kernels
import RandomStreams
import Testing

private let alone = ThreadTeam(threadCount: 1)

@Suite("Noise on 16-bit storage", .serialized)
struct HalfNoiseTests {
    private let seed: UInt64 = 0x1234_5678_9abc
    private var roundings: [HalfRounding] { [.nearest, .stochastic(RoundingStream(stepSeed: seed))] }

    @Test(
        "an update gives the bits and the tally of its definition on every instruction set",
        arguments: HalfFormat.allCases, [Float(3e-5), -2e-3])
    func definition(format: HalfFormat, scale: Float) throws {
        for (first, count): (UInt64, Int) in [(0, 9_000), (777, 5_003), (1_023, 2), (131_071, 20)] {
            let stored = weights(count, format)
            for rounding in roundings {
                let slow = SlowUpdate(
                    stored, format, scale: scale, seed: seed, rounding: rounding, first: first)
                try forEachInstructionSet { set in
                    var found = stored
                    let tally = try update(&found, format, scale, rounding, first)
                    #expect(found == slow.stored, "\(set), \(rounding) at \(first)")
                    #expect(tally.toldCount == slow.toldCount && tally.lostCount == slow.lostCount)
                    // Squares are rounded to units of 2⁻¹⁴ and 2⁻¹² of the squared scale.
                    let unit = Double(scale) * Double(scale) * Double(count)
                    let intended = tally.intendedSumOfSquares(scale: scale)
                    #expect(abs(intended - slow.intended) <= unit * 0x1p-15 + 1e-6 * slow.intended)
                    let error = tally.errorSumOfSquares(scale: scale)
                    #expect(abs(error - slow.error) <= unit * 0x1p-13 + 1e-5 * slow.error)
                }
            }
        }
    }

    @Test("bits and tally do not depend on threads or on how a walk is cut", arguments: HalfFormat.allCases)
    func independentOfWalk(format: HalfFormat) throws {
        let count = 700_001
        let first: UInt64 = 98_765
        let stored = weights(count, format)
        for rounding in roundings {
            var whole = stored
            let wholeTally = try update(&whole, format, 1e-4, rounding, first)
            var threaded = stored
            #expect(
                try update(&threaded, format, 1e-4, rounding, first, ThreadTeam(threadCount: 3)) == wholeTally
            )
            #expect(threaded == whole)
            var pieces = stored
            var tally = UpdateTally()
            let cuts = [0, 1, 63, 4_096, 50_000, 131_072, 400_001, count]
            for (start, end) in zip(cuts, cuts.dropFirst()).reversed() {
                var piece = Array(pieces[start..<end])
                tally.add(try update(&piece, format, 1e-4, rounding, first + UInt64(start)))
                pieces.replaceSubrange(start..<end, with: piece)
            }
            #expect(pieces == whole && tally == wholeTally)
        }
    }

    @Test("a perturbation rounds to nearest and a fill gives narrowed draws", arguments: HalfFormat.allCases)
    func perturbationAndFill(format: HalfFormat) throws {
        let stored = weights(10_000, format)
        let slow = SlowUpdate(stored, format, scale: 1e-3, seed: seed, rounding: .nearest, first: 50)
        var perturbed = stored
        try perturbed.withRun(format, first: 50) {
            Noise.add(1e-3, seed: seed, distribution: .gaussian, to: $0, team: ThreadTeam(threadCount: 2))
        }
        #expect(perturbed == slow.stored)
        var filled = stored
        try filled.withRun(format, first: 50) {
            Noise.fill(0.02, seed: seed, distribution: .gaussian, to: $0, team: ThreadTeam(threadCount: 2))
        }
        let stream = NoiseStream(seed: seed, distribution: .gaussian)
        #expect(filled == narrowed((0..<10_000).map { 0.02 * stream.value(at: 50 + $0) }, format))
    }

    @Test("an update of scale 0 changes and tells nothing")
    func nothing() throws {
        var stored = weights(1_000, .bfloat16)
        let before = stored
        #expect(try update(&stored, .bfloat16, 0, .nearest, 0) == UpdateTally())
        #expect(stored == before)
    }

    @Test("tiny updates are all lost to nearest, while under stochastic rounding the mean moves as told")
    func lostUpdates() throws {
        let count = 1 << 20
        let scale: Float = 1e-6
        // Numbers that have neighbours at a distance of 2⁻⁸ on both sides.
        let start = [UInt16](repeating: narrowed([0.51], .bfloat16)[0], count: count)
        let told = (0..<UInt64(count)).reduce(0.0) {
            $0 + Double(NoiseStream(seed: seed, distribution: .rademacher).value(at: $1))
        }
        var nearest = start
        let lost = try nearest.withRun(.bfloat16, first: 0) {
            Noise.update(
                scale, seed: seed, distribution: .rademacher, rounding: .nearest, run: $0, team: alone)
        }
        #expect(lost.toldCount == count && lost.lostCount == count && nearest == start)
        #expect(
            abs(lost.errorSumOfSquares(scale: scale) / lost.intendedSumOfSquares(scale: scale) - 1) < 1e-5)

        var stochastic = start
        let steps = 50
        for step in 0..<steps {
            _ = try stochastic.withRun(.bfloat16, first: 0) {
                Noise.update(
                    scale, seed: seed, distribution: .rademacher,
                    rounding: .stochastic(RoundingStream(stepSeed: UInt64(step))), run: $0, team: alone)
            }
        }
        let base = Double(widened([start[0]], .bfloat16)[0])
        let moved = widened(stochastic, .bfloat16).reduce(0.0) { $0 + Double($1) - base }
        // A step moves an element by the spacing with probability scale / spacing: variance scale · spacing.
        let spacing = 0x1p-8
        let error = (Double(steps * count) * Double(scale) * spacing).squareRoot()
        #expect(abs(moved - Double(steps) * Double(scale) * told) < 5 * error)
        // The same along z itself, which is what training needs.
        let stream = NoiseStream(seed: seed, distribution: .rademacher)
        let along = widened(stochastic, .bfloat16).enumerated().reduce(0.0) {
            $0 + (Double($1.element) - base) * Double(stream.value(at: UInt64($1.offset)))
        }
        #expect(abs(along - Double(steps * count) * Double(scale)) < 5 * error)
        #expect(Double(steps * count) * Double(scale) > 20 * error)
    }

    private func weights(_ count: Int, _ format: HalfFormat) -> [UInt16] {
        let stream = NoiseStream(seed: 4, distribution: .gaussian)
        return narrowed((0..<count).map { 0.05 * stream.value(at: UInt64($0)) }, format)
    }

    private func update(
        _ stored: inout [UInt16], _ format: HalfFormat, _ scale: Float, _ rounding: HalfRounding,
        _ first: UInt64,
        _ team: ThreadTeam = alone
    ) throws -> UpdateTally {
        try stored.withRun(format, first: first) {
            Noise.update(scale, seed: seed, distribution: .gaussian, rounding: rounding, run: $0, team: team)
        }
    }
}

extension [UInt16] {
    /// Gives the body the array as a run of stored parameters.
    fileprivate mutating func withRun<Result>(
        _ format: HalfFormat, first: UInt64, _ body: (HalfRun) -> Result
    ) throws -> Result {
        try withUnsafeMutableBufferPointer { elements in
            let base = try #require(elements.baseAddress)
            return body(HalfRun(stored: base, format: format, count: elements.count, firstIndex: first))
        }
    }
}

/// An update element by element, with sums in float64.
private struct SlowUpdate {
    private(set) var stored: [UInt16]
    private(set) var toldCount = 0
    private(set) var lostCount = 0
    private(set) var intended = 0.0
    private(set) var error = 0.0

    init(
        _ before: [UInt16], _ format: HalfFormat, scale: Float, seed: UInt64, rounding: HalfRounding,
        first: UInt64
    ) {
        let stream = NoiseStream(seed: seed, distribution: .gaussian)
        let old = widened(before, format)
        let z = before.indices.map { stream.value(at: first + UInt64($0)) }
        stored = narrowed(
            zip(old, z).map { $0.addingProduct(scale, $1) }, format, rounding: rounding, first: first)
        for (index, new) in widened(stored, format).enumerated() {
            let change = Double(scale) * Double(z[index])
            if change != 0 { toldCount += 1 }
            if change != 0, stored[index] == before[index] { lostCount += 1 }
            intended += change * change
            let miss = Double(new) - Double(old[index]) - change
            error += miss * miss
        }
    }
}
