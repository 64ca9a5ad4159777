import RandomStreams

/// Which decoder layers a step leaves unperturbed (LeZO, arXiv 2410.09823, algorithm 1).
package struct LayerSelection: Sendable, Hashable {
    /// The decoder layers of the model.
    package let layerCount: Int
    /// How many of them each step drops, 0 to `layerCount`.
    package let droppedCount: Int

    /// A selection of `droppedCount` of `layerCount` layers.
    package init(layerCount: Int, droppedCount: Int) {
        self.layerCount = layerCount
        self.droppedCount = droppedCount
    }

    /// The layers dropped in the step with that seed, ascending: uniform, without replacement.
    package func droppedLayers(stepSeed: UInt64) -> [Int] {
        var integers = UniformIntegers(seed: stepSeed, purpose: .layerSelection)
        return UniformSubset.draw(droppedCount, of: layerCount, using: &integers)
    }
}
