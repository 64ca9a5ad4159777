import Kernels
import ModelFiles
import RandomStreams

extension DecoderModel {
    package func attach(_ settings: AdapterSettings, seed: UInt64) throws {
        adapters = try Adapters(settings: settings, configuration: configuration, seed: seed)
        do {
            try restartAdapters()
        } catch {
            adapters = nil
            throw error
        }
    }

    package func restartAdapters() throws {
        guard let own = adapters else { return }
        switch own.settings {
        case .lowRank: own.startLowRank()
        case .prefix(let tokens): try startPrefix(own, tokenCount: tokens)
        }
    }

    /// The tokens whose keys and values a prefix begins as: uniform, a pure function of its arguments.
    ///
    /// - Parameter seed: That which the adapters were attached with.
    package static func prefixTokens(count: Int, vocabularySize: Int, seed: UInt64) -> [Int32] {
        prefixTokens(
            count: count, vocabularySize: vocabularySize,
            start: SeedDerivation.seed(.adapters, index: 0, parent: seed))
    }

    private static func prefixTokens(count: Int, vocabularySize: Int, start: UInt64) -> [Int32] {
        var integers = UniformIntegers(seed: start, purpose: .adapters)
        return (0..<count).map { _ in Int32(integers.next(below: vocabularySize)) }
    }

    /// Writes each layer's keys and values of random tokens into the prefix, as the MeZO code does.
    private func startPrefix(_ own: Adapters, tokenCount: Int) throws {
        let tokens = Self.prefixTokens(
            count: tokenCount, vocabularySize: configuration.vocabularySize, start: own.seed)
        try TokenChecks(configuration: configuration).check([tokens])
        // The activations are those of the model as it is without adapters.
        adapters = nil
        defer { adapters = own }
        let rows = PaddedBatch([tokens], roundingTo: 1).rows
        try forEachRecordedLayer(of: rows) { layer, projected in
            guard let prefix = own.layers[layer].prefix else { return }
            let keyWidth = prefix.keys.columnCount
            let first = projected.columnCount - 2 * keyWidth
            for row in 0..<tokenCount {
                for (place, column) in [(prefix.keys, first), (prefix.values, first + keyWidth)] {
                    (own.arena.base + place.offset + row * keyWidth).update(
                        from: projected.row(row) + column, count: keyWidth)
                }
            }
        }
    }
}
