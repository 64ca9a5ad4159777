/// The sizes that decide a model's shape, for both supported families.
package struct ModelConfiguration: Sendable, Hashable, Codable {
    /// A family of decoder-only models.
    package enum Family: String, Sendable, Codable {
        case opt
        case llama
    }

    /// The family, which decides the layer kinds.
    package var family: Family
    /// Rows of the token embedding.
    package var vocabularySize: Int
    /// Width of the residual stream.
    package var hiddenSize: Int
    /// Width inside the feed-forward block.
    package var feedForwardSize: Int
    /// Number of decoder layers.
    package var layerCount: Int
    /// Number of query heads.
    package var headCount: Int
    /// Number of key/value heads; equal to `headCount` without grouped-query attention.
    package var keyValueHeadCount: Int
    /// The longest sequence.
    package var maximumPositions: Int
    /// Width of the token embedding; differs from `hiddenSize` only in opt-350m (512 against 1024).
    package var embeddingSize: Int
    /// OPT: norm before attention and feed-forward (all sizes but 350m) instead of after.
    package var normalizesBefore: Bool
    /// Epsilon of LayerNorm or RMSNorm.
    package var normEpsilon: Float
    /// Llama: base of the rotary angles; unused by OPT.
    package var rotaryBase: Float
    /// Llama: whether the head shares the embedding's weights; always so in OPT.
    package var tiesEmbeddings: Bool

    /// A configuration from all its sizes.
    package init(
        family: Family, vocabularySize: Int, hiddenSize: Int, feedForwardSize: Int, layerCount: Int,
        headCount: Int, keyValueHeadCount: Int, maximumPositions: Int, embeddingSize: Int,
        normalizesBefore: Bool = true, normEpsilon: Float = 1e-5, rotaryBase: Float = 10_000,
        tiesEmbeddings: Bool = true
    ) {
        self.family = family
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.feedForwardSize = feedForwardSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.keyValueHeadCount = keyValueHeadCount
        self.maximumPositions = maximumPositions
        self.embeddingSize = embeddingSize
        self.normalizesBefore = normalizesBefore
        self.normEpsilon = normEpsilon
        self.rotaryBase = rotaryBase
        self.tiesEmbeddings = tiesEmbeddings
    }
}
