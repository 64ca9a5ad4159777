/// Which parameters a zeroth-order optimizer may change.
package enum TunedParameters: String, Sendable, Hashable, Codable, CaseIterable {
    /// All of them: embeddings, final norm and head in every step, decoder layers unless dropped. The papers' choice.
    case all
    /// Those of decoder layers alone; embeddings, final norm and head stay as they are.
    case decoderLayers = "decoder-layers"
}
