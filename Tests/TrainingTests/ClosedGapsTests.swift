import Foundation
import LanguageModels
import ModelFiles
import Tasks
import Testing
import Tokenization
import Training

/// Decoded answers against transformers.
@Suite("Closed gaps")
struct ClosedGapsTests {
    @Test(
        "spaces before punctuation and contractions go, in the order and to the bytes of clean_up_tokenization"
    )
    func goldens() throws {
        struct Golden: Decodable {
            struct Case: Decodable {
                let text: String
                let closed: String
            }

            let cases: [Case]
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/closed_gaps.json")
        let cases = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file)).cases
        #expect(cases.count > 20 && cases.count(where: { $0.text != $0.closed }) > 12)
        for golden in cases {
            #expect(Array(golden.text.withoutGaps.utf8) == Array(golden.closed.utf8), "\(golden.text)")
        }
    }

    @Test(
        "answers of OPT are decoded so, those of other families as they are",
        arguments: [ModelConfiguration.Family.opt, .llama])
    func families(family: ModelConfiguration.Family) throws {
        // Says nothing but " .", which is one token here: the final norm gives that token's embedding, whatever it reads.
        var vocabulary = TinyWorld.vocabulary
        vocabulary.tokens.append("\u{120}.")
        vocabulary.merges = [["\u{120}", "."]]
        let token = vocabulary.tokens.count - 1
        func sizes(_ family: ModelConfiguration.Family) -> ModelConfiguration {
            ModelConfiguration(
                family: family, vocabularySize: token + 1, hiddenSize: 16, feedForwardSize: 32, layerCount: 2,
                headCount: 2, keyValueHeadCount: 2, maximumPositions: 256, embeddingSize: 16)
        }
        let world = try TinyWorld.squad(
            answers: ["x", "y"], configuration: sizes(.opt), reading: (sizes(family), vocabulary))
        let parameters = world.model.parameters
        func elements(_ name: String) throws -> UnsafeMutableBufferPointer<Float> {
            let parameter = try #require(parameters.parameter(named: "model.decoder." + name))
            return parameters.elements(of: parameter)
        }
        let embeddings = try elements("embed_tokens.weight")
        let (scale, shift) = try (elements("final_layer_norm.weight"), elements("final_layer_norm.bias"))
        for index in 0..<16 {
            embeddings[16 * token + index] *= 100
            scale[index] = 0
            shift[index] = embeddings[16 * token + index]
        }
        let answers = try AnswerGeneration(world.data).answers(
            to: world.data.test.map(\.promptTokens), by: world.model)
        let dots = [String](repeating: ".", count: AnswerGeneration.maximumNewTokens)
        #expect(answers == [dots.joined(separator: family == .opt ? "" : " ")])
    }
}
