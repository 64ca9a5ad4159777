import LanguageModels
import Optimizers
import Yams

extension SuiteNode {
    /// The values of a key `tuned`, each once; a mapping stands for a list of one.
    func tunedChoices() throws(SuiteError) -> [TunedParameters] {
        if case .mapping = node { return [try tunedParameters()] }
        return try oneOrMore().distinct { (value) throws(SuiteError) in try value.tunedParameters() }
    }

    /// `all`, `decoder-layers`, `head`, or adapters: by their name as the papers have them, or with settings.
    func tunedParameters() throws(SuiteError) -> TunedParameters {
        guard case .mapping = node else {
            switch try word(among: TunedParameters.names, what: name) {
            case "decoder-layers": return .decoderLayers
            case "head": return .head
            case "low-rank": return .adapters(.usualLowRank)
            case "prefix": return .adapters(.usualPrefix)
            default: return .all
            }
        }
        let entry = try mapping(known: ["low-rank", "prefix"])
        guard entry.count == 1, let (kind, settings) = entry.first else {
            throw error(
                "'\(name)' must be one kind of adapters with its settings",
                advice: "start a new '-' for each kind")
        }
        return .adapters(kind == "prefix" ? try settings.prefix() : try settings.lowRank())
    }

    private func lowRank() throws(SuiteError) -> AdapterSettings {
        let entry = try mapping(known: ["rank", "alpha", "projections"], required: ["rank"])
        return .lowRank(
            rank: try entry["rank"]?.integer(in: 1...4096) ?? 0,
            alpha: try entry["alpha"]?.number(from: 0, includingLower: false, to: 65536)
                ?? AdapterSettings.usualAlpha,
            projections: try entry["projections"]?.projections() ?? AdapterSettings.usualProjections)
    }

    /// In the order of the model's own, so that the order in which they are written makes no other cell.
    private func projections() throws(SuiteError) -> [AttentionProjection] {
        let chosen = try oneOrMore().distinct { (value) throws(SuiteError) in
            try value.choice(AttentionProjection.self, what: "projection")
        }
        return AttentionProjection.allCases.filter(chosen.contains)
    }

    private func prefix() throws(SuiteError) -> AdapterSettings {
        let entry = try mapping(known: ["tokens"], required: ["tokens"])
        return .prefix(tokens: try entry["tokens"]?.integer(in: 1...4096) ?? 0)
    }
}
