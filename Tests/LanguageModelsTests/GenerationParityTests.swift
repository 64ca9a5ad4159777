import Foundation
import Kernels
import LanguageModels
import Testing

/// Greedy generation as the published protocol asks for it, against transformers one prompt at a time.
@Suite("Generation against transformers")
struct GenerationParityTests {
    struct Golden: Decodable, CustomTestStringConvertible {
        let name: String
        let weights: String
        let config: GoldenModel.Configuration
        let tensors: [GoldenModel.Tensor]
        let prompts: [[Int32]]
        let newTokens: Int
        let stops: [Int32]
        let free: [[Int32]]
        let stopped: [[Int32]]
        var testDescription: String { name }

        static func all() throws -> [Golden] {
            struct Index: Decodable { let models: [Golden] }
            let file = GoldenModel.folder.appending(path: "generation_goldens.json")
            return try JSONDecoder().decode(Index.self, from: Data(contentsOf: file)).models
        }

        func model() throws -> any CausalLanguageModel {
            try ModelLoading.load(
                configuration: config.sizes, weights: GoldenModel.weights(tensors, in: "\(weights).f32"),
                team: ThreadTeam(threadCount: 2))
        }
    }

    @Test(
        "twelve prompts together: 50 new tokens at most, none past the last position, two stop tokens",
        arguments: try Golden.all())
    func together(golden: Golden) throws {
        #expect(Set(golden.prompts.map(\.count)).count == 12 && golden.newTokens == 50)
        // The fixture has rows of each kind.
        #expect(golden.free.contains { $0.count == 50 } && golden.free.contains { $0.isEmpty })
        #expect(golden.stops.allSatisfy { stop in golden.stopped.contains { $0.last == stop } })
        let model = try golden.model()
        let free = try model.generate(
            prompts: golden.prompts, maximumNewTokens: golden.newTokens, stopTokens: [])
        #expect(free == golden.free)
        let stopped = try model.generate(
            prompts: golden.prompts, maximumNewTokens: golden.newTokens, stopTokens: Set(golden.stops))
        #expect(stopped == golden.stopped)
    }

    @Test("each prompt by itself generates the same", arguments: try Golden.all())
    func alone(golden: Golden) throws {
        let model = try golden.model()
        for (prompt, expected) in zip(golden.prompts, golden.stopped) {
            let found = try model.generate(
                prompts: [prompt], maximumNewTokens: golden.newTokens, stopTokens: Set(golden.stops))
            #expect(found == [expected], "prompt of \(prompt.count)")
        }
    }
}
