import Kernels
import LanguageModels
import ModelFiles
import RandomStreams
import Testing

@Suite("Adapters")
struct AdapterTests {
    @Test("new low-rank adapters change no bit of the model", arguments: try GoldenModel.all())
    func unchanged(golden: GoldenModel) throws {
        let model = try golden.model()
        let sequences = golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.map {
            ScoredSequence(tokens: $0, scoredCount: $0.count - 1)
        }
        let before = try model.scoredLogProbabilities(sequences, layout: .packed)
        try model.attach(.usualLowRank, seed: 3)
        #expect(try model.scoredLogProbabilities(sequences, layout: .packed) == before)
        let arena = model.tunedParameters
        #expect(arena !== model.parameters)
        for parameter in arena.parameters {
            let values = Array(arena.elements(of: parameter))
            if parameter.name.hasSuffix("lora_B.weight") {
                #expect(values.allSatisfy { $0 == 0 })
            } else {
                let bound = 1 / Float(golden.config.hidden_size).squareRoot()
                #expect(values.allSatisfy { abs($0) <= bound })
                // The standard deviation of a uniform draw is its bound over the root of 3.
                let square = values.reduce(0) { $0 + $1 * $1 } / Float(values.count)
                #expect(abs(square.squareRoot() / (bound / Float(3).squareRoot()) - 1) < 0.15)
            }
        }
    }

    @Test(
        "a new prefix holds the keys and values of tokens in every layer, and depends on the seed alone",
        arguments: try PrefixStart.all())
    func prefixStart(golden: PrefixStart) throws {
        let model = try golden.model.model()
        let settings = AdapterSettings.prefix(tokens: golden.tokens.count)
        #expect(
            DecoderModel.prefixTokens(
                count: golden.tokens.count, vocabularySize: golden.model.config.vocab_size, seed: 9)
                == golden.tokens)
        try model.attach(settings, seed: 9)
        let arena = model.tunedParameters
        let first = arena.digest()
        let expected = try golden.values()
        #expect(arena.count == expected.count)
        for parameter in arena.parameters {
            let wanted = expected[parameter.range]
            let found = arena.elements(of: parameter)
            let largest = wanted.reduce(0) { max($0, abs($1)) }
            let difference = zip(found, wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(largest > 0.01 && difference < 1e-5 * max(1, largest), "\(parameter.name): \(difference)")
        }
        try model.attach(settings, seed: 9)
        #expect(model.adapters?.arena.digest() == first)
        try model.attach(settings, seed: 10)
        #expect(model.adapters?.arena.digest() != first)
    }

    @Test(
        "adapters go back to their first values, in 16-bit models too",
        arguments: [AdapterSettings.usualLowRank, .usualPrefix], StorageFormat.allCases)
    func restart(settings: AdapterSettings, storage: StorageFormat) throws {
        let model = try ModelLoading.random(
            configuration: .projected, seed: 1, storage: storage, team: ThreadTeam(threadCount: 2))
        let weights = model.parameters.digest()
        try model.attach(settings, seed: 5)
        let arena = model.tunedParameters
        #expect(arena.format == .float32)
        let first = arena.digest()
        arena.add(
            0.1, seed: 2, distribution: .gaussian, to: arena.activeRanges(droppedLayers: []),
            team: ThreadTeam(threadCount: 1))
        #expect(arena.digest() != first)
        try model.restartAdapters()
        #expect(model.tunedParameters === arena && arena.digest() == first)
        #expect(model.parameters.digest() == weights)
        // Every layer's part of a prefix is some tokens' activations, so nothing of it is left at 0.
        if case .prefix = settings { #expect((0..<arena.count).allSatisfy { arena.base[$0] != 0 }) }
    }

    @Test("cached generation sees adapters as scoring does", arguments: try GoldenAdapter.all())
    func generation(golden: GoldenAdapter) throws {
        let model = try golden.model()
        let decoder = try #require(model as? DecoderModel)
        let prompts = golden.batch.model.generation.prompts
        let continuations = try model.generate(prompts: prompts, maximumNewTokens: 5, stopTokens: [])
        for (prompt, continuation) in zip(prompts, continuations) {
            let rows = try decoder.nextTokenLogProbabilities([prompt + continuation])[0]
            for (index, token) in continuation.enumerated() {
                let row = rows[prompt.count - 1 + index]
                let largest = row.max() ?? 0
                #expect(largest - row[Int(token)] <= 1e-4)
            }
        }
    }

    @Test(
        "both sides of a probe of adapters are what moved adapters give, dropped layers left alone",
        arguments: try GoldenAdapter.all(), [Set<Int>(), [0], [1]])
    func probe(golden: GoldenAdapter, dropped: Set<Int>) throws {
        let model = try golden.model()
        let arena = model.tunedParameters
        let start = (0..<arena.count).map { arena.base[$0] }
        let ranges = arena.activeRanges(droppedLayers: dropped)
        let pending = PendingUpdate(seed: 4, scale: 0.01, distribution: .gaussian, activeRanges: ranges)
        let probe = ParameterProbe(
            seed: 5, perturbationScale: 0.05, distribution: .gaussian, activeRanges: ranges)
        let found = try model.probedLogProbabilities(golden.batch.sequences, probe: probe, after: pending)
        let updated = (0..<arena.count).map { arena.base[$0] }
        arena.base.update(from: start, count: arena.count)
        arena.apply(pending, team: ThreadTeam(threadCount: 1))
        #expect((0..<arena.count).map { arena.base[$0] } == updated)
        #expect(updated != start)
        for (sign, scores) in [(Float(1), found.plus), (-1, found.minus)] {
            arena.base.update(from: updated, count: arena.count)
            arena.add(
                sign * 0.05, seed: 5, distribution: .gaussian, to: ranges, team: ThreadTeam(threadCount: 1))
            let expected = try model.scoredLogProbabilities(golden.batch.sequences, layout: .reference)
            #expect(largestDifference(scores, expected) <= 2e-4)
        }
        #expect(largestDifference(found.plus, found.minus) > 1e-3)
    }

    @Test("adapters that cannot be are refused with the reason")
    func refusals() throws {
        let model = try ModelLoading.random(
            configuration: .projected, seed: 1, team: ThreadTeam(threadCount: 1))
        let cases: [(AdapterSettings, String)] = [
            (.lowRank(rank: 0, alpha: 16, projections: [.query]), "rank is 0"),
            (.lowRank(rank: 2, alpha: -1, projections: [.query]), "alpha is -1.0"),
            (.lowRank(rank: 2, alpha: 1, projections: []), "projections are []"),
            (.lowRank(rank: 2, alpha: 1, projections: [.key, .key]), "expected one or more, each once"),
            (.prefix(tokens: 0), "it has 0 tokens"),
        ]
        for (settings, reason) in cases {
            let error = #expect(throws: LanguageModelError.self) { try model.attach(settings, seed: 1) }
            #expect(error?.description.contains(reason) == true)
        }
        #expect(throws: LanguageModelError.self) { try model.attach(.prefix(tokens: 21), seed: 1) }
    }
}
