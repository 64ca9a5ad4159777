import Kernels
import LanguageModels
import ModelFiles
import RandomStreams
import Testing

@Suite("Models in 16-bit storage")
struct HalfStorageTests {
    static let formats = [StorageFormat.bfloat16, .float16]

    @Test(
        "log-probabilities are those of transformers in float32 with rounded weights",
        arguments: try GoldenModel.all(), formats)
    func parity(golden: GoldenModel, format: StorageFormat) throws {
        let model = try #require(try golden.model(storage: format) as? DecoderModel)
        let (sequences, expected) = try golden.expectedPaddedRows(format)
        let rows = try model.nextTokenLogProbabilities(sequences)
        #expect(largestDifference(rows.flatMap { $0 }, expected) <= ForwardParityTests.tolerance)
        // What is scored and generated passes through the same weights.
        let scored = sequences.indices.filter { sequences[$0].count > 1 }
        for layout in [BatchLayout.reference, .packed] {
            let values = try model.scoredLogProbabilities(
                scored.map { ScoredSequence(tokens: sequences[$0], scoredCount: 1) }, layout: layout)
            let wanted = scored.map { [rows[$0][sequences[$0].count - 2][Int(sequences[$0].last ?? 0)]] }
            #expect(largestDifference(values, wanted) <= InvarianceTests.rounding)
        }
    }

    @Test("greedy generation follows the rows", arguments: try GoldenModel.all(), formats)
    func generation(golden: GoldenModel, format: StorageFormat) throws {
        let model = try #require(try golden.model(storage: format) as? DecoderModel)
        let prompt = golden.generation.prompts[0]
        let found = try model.generate(prompts: [prompt], maximumNewTokens: 3, stopTokens: [])[0]
        var tokens = prompt
        for token in found {
            let row = try #require(try model.nextTokenLogProbabilities([tokens])[0].last)
            #expect(row[Int(token)] >= (row.max() ?? 0) - InvarianceTests.rounding)
            tokens.append(token)
        }
    }

    @Test("weights and random weights are those of float32, rounded", arguments: formats)
    func rounding(format: StorageFormat) throws {
        let golden = try #require(try GoldenModel.all().first)
        let pairs = try [StorageFormat.float32, format].map { storage in
            let random = try ModelLoading.random(
                configuration: .projected, seed: 4, storage: storage, team: ThreadTeam(threadCount: 3))
            return [try golden.model(storage: storage), random].map { values($0.parameters) }
        }
        let half = try #require(format.half)
        for (exact, found) in zip(pairs[0], pairs[1]) {
            var stored = [UInt16](repeating: 0, count: exact.count)
            HalfPrecision.narrow(exact, to: half, into: &stored, count: exact.count)
            var rounded = exact
            HalfPrecision.widen(stored, from: half, into: &rounded, count: exact.count)
            #expect(found == rounded && rounded != exact)
        }
        let digests = try [1, 2].map { threadCount in
            try ModelLoading.random(
                configuration: .projected, seed: 4, storage: format,
                team: ThreadTeam(threadCount: threadCount)
            ).parameters.digest()
        }
        #expect(digests[0] == digests[1])
    }

    @Test(
        "both sides of a probe have the scores of the widened parameters with the perturbation in float32",
        arguments: try GoldenModel.all(), formats)
    func probe(golden: GoldenModel, format: StorageFormat) throws {
        let model = try golden.model(storage: format)
        let wide = try golden.model()
        let start = values(model.parameters)
        wide.parameters.base.update(from: start, count: start.count)
        for choice in ProbedScoringTests.Choice.allCases {
            let probe = ParameterProbe(
                seed: 3, perturbationScale: 1e-2, distribution: .gaussian,
                activeRanges: choice.ranges(model.parameters))
            let found = try model.probedLogProbabilities(sequences(golden), probe: probe, after: nil)
            let expected = try wide.probedLogProbabilities(sequences(golden), probe: probe, after: nil)
            #expect(largestDifference(found.plus, expected.plus) <= InvarianceTests.rounding)
            #expect(largestDifference(found.minus, expected.minus) <= InvarianceTests.rounding)
            #expect(found.updateTally == UpdateTally())
        }
        #expect(values(model.parameters) == start)
    }

    @Test(
        "a pass carries out the pending update as it would be alone: bits, scores and what is kept of it",
        arguments: formats, UpdateRounding.allCases)
    func pendingUpdate(format: StorageFormat, rounding: UpdateRounding) throws {
        for golden in try GoldenModel.all() {
            for choice in ProbedScoringTests.Choice.allCases {
                let alone = try golden.model(storage: format)
                let update = PendingUpdate(
                    seed: 40, scale: 3e-4, distribution: .gaussian,
                    activeRanges: choice.ranges(alone.parameters), rounding: rounding)
                let probe = ParameterProbe(
                    seed: 41, perturbationScale: 1e-2, distribution: .gaussian,
                    activeRanges: alone.parameters.activeRanges(droppedLayers: [0]))
                let tally = alone.parameters.apply(update, team: ThreadTeam(threadCount: 1))
                let expected = try alone.probedLogProbabilities(sequences(golden), probe: probe, after: nil)
                for threadCount in [1, 2, 3] {
                    let model = try golden.model(threadCount: threadCount, storage: format)
                    let found = try model.probedLogProbabilities(
                        sequences(golden), probe: probe, after: update)
                    #expect(model.parameters.digest() == alone.parameters.digest())
                    #expect(found.updateTally == tally)
                    #expect(found.plus == expected.plus && found.minus == expected.minus)
                }
            }
        }
    }

    private func values(_ arena: ParameterArena) -> [Float] {
        [Float](unsafeUninitializedCapacity: arena.count) { values, count in
            if let base = values.baseAddress { arena.read(0..<arena.count, into: base) }
            count = arena.count
        }
    }

    private func sequences(_ golden: GoldenModel) -> [ScoredSequence] {
        golden.batches.flatMap(\.sequences).filter { $0.count > 1 }.map {
            ScoredSequence(tokens: $0, scoredCount: 1)
        }
    }
}
