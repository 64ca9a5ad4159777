import Kernels
import RandomStreams

extension DecoderModel {
    package func attach(_ settings: AdapterSettings, seed: UInt64) throws {
        let adapters = try Adapters(settings: settings, configuration: configuration)
        switch settings {
        case .lowRank: adapters.startLowRank(seed: seed)
        case .prefix(let pairs): try startPrefix(adapters, pairs: pairs, seed: seed)
        }
        self.adapters = adapters
    }

    /// The tokens whose keys and values a prefix begins as: uniform, a pure function of its arguments.
    package static func prefixTokens(pairs: Int, vocabularySize: Int, seed: UInt64) -> [Int32] {
        var integers = UniformIntegers(seed: seed, purpose: .syntheticTokens)
        return (0..<pairs).map { _ in Int32(integers.next(below: vocabularySize)) }
    }

    /// Writes each layer's keys and values of random tokens into the prefix, as the MeZO code does.
    private func startPrefix(_ adapters: Adapters, pairs: Int, seed: UInt64) throws {
        let tokens = Self.prefixTokens(
            pairs: pairs, vocabularySize: configuration.vocabularySize, seed: seed)
        try TokenChecks(configuration: configuration).check([tokens])
        // The model as it is without adapters.
        self.adapters = nil
        let rows = PaddedBatch([tokens], roundingTo: 1).rows
        try forEachRecordedLayer(of: rows) { layer, projected in
            guard let prefix = adapters.layers[layer].prefix else { return }
            let keyWidth = prefix.keys.columnCount
            let first = projected.columnCount - 2 * keyWidth
            for row in 0..<pairs {
                for (place, column) in [(prefix.keys, first), (prefix.values, first + keyWidth)] {
                    (adapters.arena.base + place.offset + row * keyWidth).update(
                        from: projected.row(row) + column, count: keyWidth)
                }
            }
        }
    }
}
