import Kernels
import ModelFiles
import RandomStreams

/// A model's adapters: their parameters, and where those of each layer stand.
///
/// The parameters are float32 in an arena of their own, so that they are tuned as a model's are: a layer's adapters are
/// one group, which layer selection can drop, and z is keyed by the index in this arena.
package final class Adapters {
    /// What they are.
    package let settings: AdapterSettings
    /// Their parameters, layer by layer.
    package let arena: ParameterArena
    let layers: [LayerAdapters]
    /// The seed of their first values.
    let seed: UInt64

    /// Adapters of zeros for a model of these sizes.
    ///
    /// - Parameter seed: What the seed of first values is derived from, such as a trial's noise seed.
    init(
        settings: AdapterSettings, configuration: ModelConfiguration, seed: UInt64
    ) throws(LanguageModelError) {
        try settings.check()
        self.seed = SeedDerivation.seed(.adapters, index: 0, parent: seed)
        let layout = AdapterLayout(settings: settings, configuration: configuration)
        self.settings = settings
        do {
            arena = try ParameterArena(layout: layout.parameters, layerCount: configuration.layerCount)
        } catch {
            throw .outOfMemory(error)
        }
        let arena = arena
        layers = try (0..<configuration.layerCount).map { layer throws(LanguageModelError) in
            try layout.adapters(ofLayer: layer, in: arena)
        }
    }

    /// Writes the first values of low-rank adapters: A uniform in ±1 / √(input width), B zero, so that the model is
    /// unchanged (as in the reference implementation of LoRA).
    func startLowRank() {
        for layer in layers {
            for adapter in layer.lowRank {
                let bound = 1 / Float(adapter.down.columnCount).squareRoot()
                for index in adapter.down.range {
                    let words = Philox4x32.words(counter: UInt64(index), key: seed)
                    // The 24 high bits of a word, as a number in 0 ..< 1.
                    arena.base[index] = bound * (2 * (Float(words.x >> 8) / Float(1 << 24)) - 1)
                }
                for index in adapter.up.range { arena.base[index] = 0 }
            }
        }
    }
}

/// The adapters of one layer.
struct LayerAdapters {
    var lowRank: [LowRankAdapter] = []
    var prefix: PrefixAdapter?
}

/// `(α / r) B A` beside some outputs of a layer's joined projection of queries, keys and values.
struct LowRankAdapter {
    /// A, [r, input width].
    let down: WeightMatrix
    /// B, [output width, r].
    let up: WeightMatrix
    /// α / r.
    let scale: Float
    /// The outputs of the joined projection that it adds to.
    let outputs: Range<Int>
}

/// Keys and values before those of all tokens; keys are as they come out of the rotation, where there is one.
struct PrefixAdapter {
    /// [tokens, key/value width].
    let keys: WeightMatrix
    /// The same shape.
    let values: WeightMatrix
}
