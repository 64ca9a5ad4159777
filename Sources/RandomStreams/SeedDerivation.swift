/// Seeds for one purpose each, derived from one parent seed so that no two streams ever share their numbers.
///
/// A derived seed is the first two words of Philox4x32-10 with the parent as key, the purpose as the counter's
/// high half and an index as its low half. Noise itself uses purpose 0, which is no purpose here.
package enum SeedDerivation {
    /// What a derived seed or stream is for.
    ///
    /// Raw values are part of the format of results: never reuse one.
    package enum Purpose: UInt64, Sendable, Hashable, CaseIterable {
        /// The seed of one optimizer step, from a trial's noise seed and the step's number.
        case step = 1
        /// The layers that a step drops, from the step's seed.
        case layerSelection = 2
        /// One order of a row of them: of the training examples in an epoch, from a trial's noise seed and the epoch's
        /// number, or of the cells in a timing round, from their comparison's seed and the round's number.
        case order = 3
        /// Random weights of a tensor, from a model's seed and the tensor's place.
        case weights = 4
        /// Synthetic token ids of a timing workload, from a trial's noise seed and the step's number.
        case syntheticTokens = 5
        /// Generated text of the sandbox, from its seed and the file's place.
        case sandbox = 6
        /// The bits of stochastic rounding, from a step's seed.
        case rounding = 7
        /// The first values of adapters, from a trial's noise seed.
        case adapters = 8
        /// What a bootstrap draws, from a seed that is named beside its interval.
        case resampling = 16
    }

    /// A seed for `purpose` and `index` under `parent`, a pure function of the three.
    package static func seed(_ purpose: Purpose, index: UInt64, parent: UInt64) -> UInt64 {
        let words = Philox4x32.words(counter: index, domain: purpose.rawValue, key: parent)
        return UInt64(words[1]) << 32 | UInt64(words[0])
    }

    /// The seed of one optimizer step: of its noise and, through `layerSelection`, of its dropped layers.
    ///
    /// - Parameters:
    ///   - step: The step's number, from 1.
    ///   - noiseSeed: The trial's noise seed.
    package static func stepSeed(step: Int, noiseSeed: UInt64) -> UInt64 {
        seed(.step, index: UInt64(bitPattern: Int64(step)), parent: noiseSeed)
    }
}
