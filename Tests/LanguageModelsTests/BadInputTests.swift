import Kernels
import LanguageModels
import ModelFiles
import Testing

@Suite("Bad weights, sizes and tokens")
struct BadInputTests {
    private let team = ThreadTeam(threadCount: 1)

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    private func loadMessage(
        storage: StorageFormat = .float32, _ change: (ArrayWeights) -> Void
    ) throws -> String {
        let golden = try #require(try GoldenModel.all().first)
        let weights = try golden.weights()
        change(weights)
        return message {
            _ = try ModelLoading.load(
                configuration: golden.configuration, weights: weights, storage: storage, team: team)
        }
    }

    @Test("a number that float16 cannot hold is named by its tensor, while bfloat16 takes it")
    func beyondRange() throws {
        let name = "model.decoder.layers.0.fc2.weight"
        for number: Float in [65_520, -1e9, .nan] {
            let change: (ArrayWeights) -> Void = { $0.tensors[name]?.values[2047] = number }
            let text = try loadMessage(storage: .float16, change)
            #expect(text.contains("'\(name)'") && text.contains("float16"), "\(text)")
            #expect(try loadMessage(storage: .bfloat16, change) == "no error")
        }
        let largest = try loadMessage(storage: .float16) { $0.tensors[name]?.values[2047] = 65_519 }
        #expect(largest == "no error")
    }

    @Test("a missing tensor is named with its shape")
    func missing() throws {
        let text = try loadMessage { $0.tensors["model.decoder.layers.1.fc1.bias"] = nil }
        #expect(text.contains("no tensor 'model.decoder.layers.1.fc1.bias'"))
        #expect(text.contains("[64]"))
    }

    @Test("a tensor of another shape is named with both shapes")
    func mismatch() throws {
        let name = "model.decoder.layers.0.fc2.weight"
        let text = try loadMessage { $0.tensors[name] = ([64, 32], [Float](repeating: 0, count: 2048)) }
        #expect(text.contains("'\(name)' has shape [64, 32]"))
        #expect(text.contains("needs [32, 64]"))
    }

    @Test("a tensor that the model does not have is named")
    func unexpected() throws {
        let text = try loadMessage { $0.tensors["model.decoder.layers.2.fc1.bias"] = ([1], [0]) }
        #expect(text.contains("'model.decoder.layers.2.fc1.bias'"))
    }

    @Test("a stored tied head and names without their prefix are accepted")
    func acceptedVariants() throws {
        let golden = try #require(try GoldenModel.all().first)
        let weights = try golden.weights()
        let stripped = ArrayWeights()
        for (name, tensor) in weights.tensors {
            stripped.tensors[String(name.dropFirst("model.".count))] = tensor
        }
        stripped.tensors["lm_head.weight"] = weights.tensors["model.decoder.embed_tokens.weight"]
        let model = try ModelLoading.load(
            configuration: golden.configuration, weights: stripped, team: team)
        let wanted = try golden.model().parameters.digest()
        #expect(model.parameters.digest() == wanted)
    }

    @Test("sizes that do not fit one another are refused")
    func sizes() {
        var uneven = ModelConfiguration.grouped
        uneven.headCount = 5
        var ungrouped = ModelConfiguration.grouped
        ungrouped.keyValueHeadCount = 4
        var odd = ModelConfiguration.grouped
        odd.headCount = 64
        odd.keyValueHeadCount = 64
        var empty = ModelConfiguration.grouped
        empty.layerCount = 0
        for (configuration, part) in [
            (uneven, "head count 5"), (ungrouped, "key/value head count 4"), (odd, "head size"),
            (empty, "layer count is 0"),
        ] {
            let text = message {
                _ = try ModelLoading.random(configuration: configuration, seed: 0, team: team)
            }
            #expect(text.contains(part))
        }
    }

    @Test("tokens beyond the vocabulary, lengths beyond the positions and empty sequences are refused")
    func tokens() throws {
        let model = try ModelLoading.random(configuration: .projected, seed: 0, team: team)
        func scoring(_ tokens: [Int32], _ count: Int) -> String {
            message {
                _ = try model.scoredLogProbabilities(
                    [
                        ScoredSequence(tokens: [1, 2], scoredCount: 1),
                        ScoredSequence(tokens: tokens, scoredCount: count),
                    ], layout: .reference)
            }
        }
        #expect(scoring([5, 100], 1).contains("token 1 of sequence 1 has id 100"))
        #expect(scoring([-1, 4], 1).contains("token 0 of sequence 1 has id -1"))
        let long = scoring([Int32](repeating: 3, count: 21), 1)
        #expect(long.contains("has 21 tokens") && long.contains("for 20"))
        #expect(scoring([], 1).contains("sequence 1 of the batch has no tokens"))
        #expect(scoring([4], 1).contains("last 1 of 1 tokens"))
        #expect(scoring([4, 5], 0).contains("last 0 of 2 tokens"))
        let emptyPrompt = message {
            _ = try model.generate(prompts: [[]], maximumNewTokens: 1, stopTokens: [])
        }
        #expect(emptyPrompt.contains("no tokens"))
    }

    @Test("an empty batch gives an empty result")
    func emptyBatch() throws {
        let model = try ModelLoading.random(configuration: .projected, seed: 0, team: team)
        #expect(try model.scoredLogProbabilities([], layout: .reference).isEmpty)
        #expect(try model.generate(prompts: [], maximumNewTokens: 5, stopTokens: []).isEmpty)
    }

    @Test("generation stops when positions are used up")
    func positionsUsedUp() throws {
        let model = try ModelLoading.random(configuration: .projected, seed: 0, team: team)
        let prompts = [20, 18, 3].map { [Int32](repeating: 7, count: $0) }
        let results = try model.generate(prompts: prompts, maximumNewTokens: 10, stopTokens: [])
        #expect(results.map(\.count) == [0, 2, 10])
    }
}
