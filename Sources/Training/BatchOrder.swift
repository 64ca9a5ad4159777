import RandomStreams

/// The order in which training examples form batches: shuffled anew in each epoch, keyed by the noise seed.
///
/// As in the published code an epoch's last batch holds what is left over, so it may be smaller.
package struct BatchOrder: Sendable {
    private let exampleCount: Int
    private let batchSize: Int
    private let noiseSeed: UInt64
    private let batchesPerEpoch: Int

    /// An order over `exampleCount` examples (at least 1) in batches of `batchSize` (at least 1).
    package init(exampleCount: Int, batchSize: Int, noiseSeed: UInt64) {
        self.exampleCount = exampleCount
        self.batchSize = batchSize
        self.noiseSeed = noiseSeed
        batchesPerEpoch = (exampleCount + batchSize - 1) / batchSize
    }

    /// The indices of the examples in the batch of step `step`, counted from 1; a pure function of its arguments.
    package func indices(ofStep step: Int) -> [Int] {
        let (epoch, batch) = (step - 1).quotientAndRemainder(dividingBy: batchesPerEpoch)
        let order = Permutation.numbered(epoch, count: exampleCount, seed: noiseSeed)
        let start = batch * batchSize
        return Array(order[start..<min(start + batchSize, exampleCount)])
    }
}
