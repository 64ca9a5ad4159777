import Kernels
import LanguageModels
import ModelFiles
import RandomStreams
import Testing

/// Both sides of a probe against the same perturbation stored in the parameters.
@Suite("Probed scoring")
struct ProbedScoringTests {
    /// What a probe leaves out.
    enum Choice: CaseIterable {
        case nothing, firstLayer, lastLayer, allLayers, alwaysTuned, alwaysTunedAndFirstLayer, everything

        func ranges(_ arena: ParameterArena) -> [Range<Int>] {
            let last = arena.layerCount - 1
            let dropped: Set<Int> =
                switch self {
                case .nothing, .alwaysTuned: []
                case .firstLayer, .alwaysTunedAndFirstLayer: [0]
                case .lastLayer: [last]
                case .allLayers, .everything: Set(0...last)
                }
            return arena.activeRanges(
                droppedLayers: dropped,
                includingAlwaysTuned: ![.alwaysTuned, .alwaysTunedAndFirstLayer, .everything].contains(self))
        }
    }

    private func sequences(_ golden: GoldenModel) -> [ScoredSequence] {
        golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.flatMap { tokens in
            [tokens, tokens.dropLast() + [tokens[0]]].map {
                ScoredSequence(tokens: $0, scoredCount: 1 + tokens.count / 3)
            }
        }
    }

    private func bits(_ model: any CausalLanguageModel) -> [UInt32] {
        (0..<model.parameters.count).map { model.parameters.base[$0].bitPattern }
    }

    private func probe(_ ranges: [Range<Int>], seed: UInt64 = 41) -> ParameterProbe {
        ParameterProbe(
            seed: seed, perturbationScale: 1e-2, distribution: .gaussian, activeRanges: ranges)
    }

    private func update(_ ranges: [Range<Int>]) -> PendingUpdate {
        PendingUpdate(seed: 40, scale: 3e-3, distribution: .gaussian, activeRanges: ranges)
    }

    private func move(_ model: any CausalLanguageModel, _ probe: ParameterProbe, sign: Float) {
        model.parameters.apply(
            PendingUpdate(
                seed: probe.seed, scale: sign * probe.perturbationScale, distribution: probe.distribution,
                activeRanges: probe.activeRanges), team: ThreadTeam(threadCount: 1))
    }

    @Test(
        "both sides have the scores of parameters that hold the perturbation, after the pending update",
        arguments: try GoldenModel.all(), Choice.allCases)
    func bothSides(golden: GoldenModel, choice: Choice) throws {
        let model = try golden.model()
        let sequences = sequences(golden)
        let probe = probe(choice.ranges(model.parameters))
        for earlier in [Choice.nothing, .lastLayer, .alwaysTunedAndFirstLayer] {
            let pending = update(earlier.ranges(model.parameters))
            let expected = try [Float(1), -1].map { sign in
                let stored = try golden.model()
                stored.parameters.apply(pending, team: ThreadTeam(threadCount: 1))
                move(stored, probe, sign: sign)
                return try stored.scoredLogProbabilities(sequences, layout: .packed)
            }
            let probed = try golden.model()
            let scores = try probed.probedLogProbabilities(sequences, probe: probe, after: pending)
            #expect(largestDifference(scores.plus, expected[0]) <= InvarianceTests.rounding)
            #expect(largestDifference(scores.minus, expected[1]) <= InvarianceTests.rounding)
            let differs = scores.plus != scores.minus
            #expect(differs == (choice != .everything))
            let updated = try golden.model()
            updated.parameters.apply(pending, team: ThreadTeam(threadCount: 2))
            #expect(bits(probed) == bits(updated))
        }
    }

    @Test("without a pending update no parameter changes", arguments: try GoldenModel.all())
    func leavesParametersAlone(golden: GoldenModel) throws {
        let model = try golden.model()
        let before = bits(model)
        _ = try model.probedLogProbabilities(
            sequences(golden), probe: probe(Choice.nothing.ranges(model.parameters)), after: nil)
        #expect(bits(model) == before)
    }

    @Test("one, two and three threads give the same bits", arguments: NoiseDistribution.allCases)
    func threads(noise: NoiseDistribution) throws {
        let sequences = (0..<9).map { row in
            ScoredSequence(tokens: (0..<30).map { Int32(($0 * 37 + row * 101) % 3000) }, scoredCount: 3)
        }
        let results = try [1, 2, 3].map { threadCount in
            let model = try ModelLoading.random(
                configuration: .grouped, seed: 3, team: ThreadTeam(threadCount: threadCount))
            let ranges = model.parameters.activeRanges(droppedLayers: [1])
            let scores = try model.probedLogProbabilities(
                sequences,
                probe: ParameterProbe(
                    seed: 9, perturbationScale: 1e-3, distribution: noise, activeRanges: ranges),
                after: PendingUpdate(
                    seed: 8, scale: 1e-3, distribution: noise,
                    activeRanges: model.parameters.activeRanges(droppedLayers: [0])))
            return (
                (scores.plus + scores.minus).map { $0.map(\.bitPattern) }, model.parameters.digest()
            )
        }
        for result in results.dropFirst() {
            #expect(result.0 == results[0].0)
            #expect(result.1 == results[0].1)
        }
    }

    @Test("a batch that is refused still carries out the pending update")
    func refusedBatch() throws {
        let model = try ModelLoading.random(
            configuration: .projected, seed: 3, team: ThreadTeam(threadCount: 2))
        let expected = try ModelLoading.random(
            configuration: .projected, seed: 3, team: ThreadTeam(threadCount: 2))
        let ranges = model.parameters.activeRanges(droppedLayers: [1])
        expected.parameters.apply(update(ranges), team: ThreadTeam(threadCount: 1))
        #expect(throws: LanguageModelError.self) {
            try model.probedLogProbabilities(
                [ScoredSequence(tokens: [1, 500], scoredCount: 1)], probe: probe(ranges),
                after: update(ranges))
        }
        #expect(bits(model) == bits(expected))
    }
}
