package import ModelFiles

/// A projection of a layer's attention that can have an adapter.
package enum AttentionProjection: String, Sendable, Hashable, Codable, CaseIterable {
    case query
    case key
    case value
}

/// Few new parameters that are tuned in place of the model's own.
package enum AdapterSettings: Sendable, Hashable, Codable {
    /// `W x + (α / r) B A x` on some projections of every layer (Hu et al. 2022, arXiv 2106.09685, eq. 3).
    case lowRank(rank: Int, alpha: Double, projections: [AttentionProjection])
    /// The keys and values of so many virtual tokens, which every query of a layer sees before all others (Li and
    /// Liang 2021, arXiv 2101.00190, as the MeZO code has it: no reparameterisation, positions stay as they are).
    case prefix(tokens: Int)

    /// The papers' α.
    package static let usualAlpha = 16.0
    /// The papers' projections.
    package static let usualProjections: [AttentionProjection] = [.query, .value]
    /// What the papers use: r 8, α 16, queries and values.
    package static let usualLowRank = AdapterSettings.lowRank(
        rank: 8, alpha: usualAlpha, projections: usualProjections)
    /// What the papers use: 5 tokens.
    package static let usualPrefix = AdapterSettings.prefix(tokens: 5)

    /// Whether they are what the papers use.
    package var isUsual: Bool { self == .usualLowRank || self == .usualPrefix }

    /// Their parameters in a model of these sizes, all layers together.
    package func parameterCount(in configuration: ModelConfiguration) -> Int {
        AdapterLayout(settings: self, configuration: configuration).parameters
            .reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    /// Checks every setting.
    func check() throws(LanguageModelError) {
        switch self {
        case .lowRank(let rank, let alpha, let projections):
            if rank < 1 { throw .invalidAdapter(reason: "its rank is \(rank), expected at least 1") }
            if !alpha.isFinite || alpha <= 0 {
                throw .invalidAdapter(reason: "its alpha is \(alpha), expected a positive number")
            }
            if projections.isEmpty || Set(projections).count != projections.count {
                throw .invalidAdapter(
                    reason:
                        "its projections are \(projections.map(\.rawValue)), expected one or more, each once")
            }
        case .prefix(let tokens):
            if tokens < 1 { throw .invalidAdapter(reason: "it has \(tokens) tokens, expected at least 1") }
        }
    }
}
