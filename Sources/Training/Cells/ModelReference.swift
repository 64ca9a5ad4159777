package import LanguageModels

/// Where a model's weights come from.
package enum WeightOrigin: Sendable, Hashable, Codable {
    /// Found under `--models` and known by hash.
    case file
    /// Official shape, random weights from this seed: for timing only, and named so in every report.
    case random(seed: UInt64)
}

/// A model as a suite names it.
///
/// In JSON a first token that is the default is left out, so that a cell is known again by what it was before there was a
/// choice.
package struct ModelReference: Sendable, Hashable, Codable {
    /// A known name, such as `opt-125m` or `smollm2-135m-instruct`.
    package var name: String
    /// Trained weights from a file, or random ones.
    package var weights: WeightOrigin
    /// How the parameters are held in memory; arithmetic is float32 in any case.
    package var storage: StorageFormat
    /// What texts begin with.
    package var firstToken: FirstToken

    /// A reference to a named model.
    package init(
        name: String, weights: WeightOrigin, storage: StorageFormat = .float32,
        firstToken: FirstToken = .published
    ) {
        self.name = name
        self.weights = weights
        self.storage = storage
        self.firstToken = firstToken
    }

    /// Reads a reference; those written before storage was a choice are float32.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        weights = try values.decode(WeightOrigin.self, forKey: .weights)
        storage = try values.decodeIfPresent(StorageFormat.self, forKey: .storage) ?? .float32
        firstToken = try values.decodeIfPresent(FirstToken.self, forKey: .firstToken) ?? .published
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(weights, forKey: .weights)
        try values.encode(storage, forKey: .storage)
        if firstToken != .published { try values.encode(firstToken, forKey: .firstToken) }
    }

    private enum CodingKeys: CodingKey {
        case name, weights, storage, firstToken
    }
}
