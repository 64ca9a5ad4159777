package import LanguageModels

/// Which parameters an optimizer may change.
package enum TunedParameters: Sendable, Hashable {
    /// All of them: embeddings, final norm and head in every step, decoder layers unless dropped. The papers' choice.
    case all
    /// Those of decoder layers alone; embeddings, final norm and head stay as they are.
    case decoderLayers
    /// The weight of the output head alone, by the gradient of its use as the head: the MeZO paper's linear probing of tasks
    /// without classes. First-order methods alone have it.
    ///
    /// Where embeddings and head are one tensor, it is that tensor, so that the embeddings change with it, as they do where
    /// a linear probe writes its rows to the head. So the published code has it by default: `load_model` in `run.py` of
    /// MeZO's large-model code leaves `embed_tokens` alone to be tuned, unless `--untie_emb` makes a head of its own. The
    /// paper does not say with which of the two its figures were made.
    case head
    /// New ones beside the model's own, which all stay as they are; each belongs to a decoder layer.
    case adapters(AdapterSettings)

    /// The words that suites choose by.
    package static let names = ["all", "decoder-layers", "head", "low-rank", "prefix"]

    /// The word of ``names`` that it is chosen by.
    package var name: String {
        switch self {
        case .all: "all"
        case .decoderLayers: "decoder-layers"
        case .head: "head"
        case .adapters(.lowRank): "low-rank"
        case .adapters(.prefix): "prefix"
        }
    }

    /// The name with all settings, as results have it: `low-rank(rank 8, alpha 16, query value)`, `prefix(5 tokens)`.
    package var spelling: String {
        guard let adapterSettings else { return name }
        switch adapterSettings {
        case .lowRank(let rank, let alpha, let projections):
            let places = projections.map(\.rawValue).joined(separator: " ")
            return "\(name)(rank \(rank), alpha \(Self.digits(alpha)), \(places))"
        case .prefix(let tokens): return "\(name)(\(tokens) tokens)"
        }
    }

    /// What is not the papers' usual choice, in a few words for people: `LoRA r 8 α 16`; nil for all parameters, and
    /// for the head, whose tuning is a method with a name of its own.
    ///
    /// The projections of low-rank adapters are named where they are not the papers'.
    package var words: String? {
        switch self {
        case .all, .head: return nil
        case .decoderLayers: return "decoder layers only"
        case .adapters(.prefix(let tokens)): return "prefix of \(tokens) \(tokens == 1 ? "token" : "tokens")"
        case .adapters(.lowRank(let rank, let alpha, let projections)):
            let places = projections.map(\.rawValue).joined(separator: " and ")
            let remark = projections == AdapterSettings.usualProjections ? "" : " on \(places)"
            return "LoRA r \(rank) α \(Self.digits(alpha))\(remark)"
        }
    }

    private static func digits(_ number: Double) -> String {
        Int(exactly: number).map { String($0) } ?? String(number)
    }

    /// The adapters that are tuned in place of the model's own parameters, if any.
    package var adapterSettings: AdapterSettings? {
        if case .adapters(let settings) = self { settings } else { nil }
    }

    /// Whether parameters of no decoder layer are tuned too, all of them in every step.
    package var includesAlwaysTuned: Bool { self == .all }
}

/// In JSON the model's own parameters are the word alone, as they were before there were adapters.
extension TunedParameters: Codable {
    private struct NamedAdapters: Codable {
        var adapters: AdapterSettings
    }

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        guard let name = try? value.decode(String.self) else {
            self = .adapters(try NamedAdapters(from: decoder).adapters)
            return
        }
        switch name {
        case "all": self = .all
        case "decoder-layers": self = .decoderLayers
        case "head": self = .head
        default:
            throw DecodingError.dataCorruptedError(
                in: value,
                debugDescription: "unknown tuned parameters '\(name)', expected all, decoder-layers or head")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .all, .decoderLayers, .head:
            var value = encoder.singleValueContainer()
            try value.encode(name)
        case .adapters(let settings): try NamedAdapters(adapters: settings).encode(to: encoder)
        }
    }
}
