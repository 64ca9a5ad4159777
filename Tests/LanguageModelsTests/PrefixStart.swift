import Foundation
import LanguageModels
import Testing

/// A golden model's keys and values of the tokens that a prefix of seed 9 begins as, as transformers caches them.
struct PrefixStart: CustomTestStringConvertible {
    private struct Index: Decodable {
        struct Model: Decodable {
            let name: String
            let prefix_start: [Int32]
        }

        let models: [Model]
    }

    let model: GoldenModel
    let tokens: [Int32]

    var testDescription: String { model.name }

    /// All golden models.
    static func all() throws -> [PrefixStart] {
        let data = try Data(contentsOf: GoldenModel.folder.appending(path: "adapters.json"))
        let tokens = try JSONDecoder().decode(Index.self, from: data).models
        return try GoldenModel.all().compactMap { model in
            tokens.first { $0.name == model.name }.map {
                PrefixStart(model: model, tokens: $0.prefix_start)
            }
        }
    }

    /// Keys, then values, layer by layer, one row a token.
    func values() throws -> [Float] { try GoldenModel.floats("\(model.name).prefix-start.f32") }
}
