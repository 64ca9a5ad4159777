import Glibc
import Kernels
import ModelFiles

/// Keys and values of all tokens so far, for each layer, while a model generates.
///
/// A slot is one sequence with room for `capacity` tokens; the row of token i in slot s is `s * capacity +
/// i`.
final class KeyValueCache {
    /// Tokens that a slot has room for.
    let capacity: Int
    /// Slots.
    let slotCount: Int
    private let rowWidth: Int
    private let storage: AlignedBuffer<Float>

    /// An empty cache of `slotCount` sequences of at most `capacity` tokens.
    init(configuration: ModelConfiguration, slotCount: Int, capacity: Int) throws(LanguageModelError) {
        let headSize = configuration.hiddenSize / configuration.headCount
        rowWidth = 2 * configuration.keyValueHeadCount * headSize
        self.capacity = capacity
        self.slotCount = slotCount
        do {
            storage = try AlignedBuffer(
                count: configuration.layerCount * slotCount * capacity * rowWidth, purpose: .activations)
        } catch {
            throw .outOfMemory(error)
        }
    }

    /// One layer's rows, [slots · capacity, keys and values]: keys in the first half of the columns.
    func layer(_ index: Int) -> MatrixView {
        let rowCount = slotCount * capacity
        return MatrixView(
            base: storage.base + index * rowCount * rowWidth, rowCount: rowCount, columnCount: rowWidth)
    }

    /// Copies row i of `keysAndValues` to row `cacheRows[i]` of a layer.
    func store(_ keysAndValues: MatrixView, layer index: Int, at cacheRows: [Int]) {
        precondition(keysAndValues.columnCount == rowWidth && cacheRows.count == keysAndValues.rowCount)
        let destination = layer(index)
        for (row, cacheRow) in cacheRows.enumerated() {
            memcpy(
                destination.row(cacheRow), keysAndValues.row(row),
                rowWidth * MemoryLayout<Float>.stride)
        }
    }
}
