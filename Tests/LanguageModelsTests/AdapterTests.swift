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

    @Test("a new prefix holds the keys and values of tokens, and depends on the seed alone")
    func prefixStart() throws {
        let golden = try #require(try GoldenModel.all().first { $0.name == "opt-before" })
        let model = try golden.model()
        try model.attach(.prefix(tokens: 4), seed: 9)
        let first = try #require(model.adapters).arena.digest()
        let tokens = DecoderModel.prefixTokens(
            count: 4, vocabularySize: golden.config.vocab_size, seed: 9)
        // The first layer's keys and values, from the weights: W (norm(embedding + position)) + b.
        let weights = try golden.weights().tensors
        func tensor(_ name: String) throws -> [Float] {
            try #require(weights["model.decoder." + name]).values
        }
        let width = golden.config.hidden_size
        for (projection, name) in [("k_proj", "prefix_keys"), ("v_proj", "prefix_values")] {
            let matrix = try tensor("layers.0.self_attn.\(projection).weight")
            let bias = try tensor("layers.0.self_attn.\(projection).bias")
            let parameter = try #require(
                model.tunedParameters.parameter(named: "model.decoder.layers.0.self_attn.\(name)"))
            let found = model.tunedParameters.elements(of: parameter)
            for (row, token) in tokens.enumerated() {
                let embedding = try tensor("embed_tokens.weight")[
                    Int(token) * width..<(Int(token) + 1) * width]
                let position = try tensor("embed_positions.weight")[(row + 2) * width..<(row + 3) * width]
                let input = zip(embedding, position).map { Double($0) + Double($1) }
                let mean = input.reduce(0, +) / Double(width)
                let variance = input.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
                let scale = try tensor("layers.0.self_attn_layer_norm.weight")
                let shift = try tensor("layers.0.self_attn_layer_norm.bias")
                let normalized = input.indices.map {
                    (input[$0] - mean) / (variance + 1e-5).squareRoot() * Double(scale[$0])
                        + Double(shift[$0])
                }
                for column in 0..<width {
                    let expected = (0..<width).reduce(Double(bias[column])) {
                        $0 + Double(matrix[column * width + $1]) * normalized[$1]
                    }
                    #expect(abs(Double(found[row * width + column]) - expected) < 1e-4)
                }
            }
        }
        try model.attach(.prefix(tokens: 4), seed: 9)
        #expect(model.adapters?.arena.digest() == first)
        try model.attach(.prefix(tokens: 4), seed: 10)
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
